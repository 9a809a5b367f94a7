import { cleanLine } from './clean.ts';
import type { Finding } from './finding.ts';
import { count, countOf } from './quantity.ts';
import { renderHeading } from './render-resource.ts';
import { stopWords, type StopReport } from './stop-words.ts';
import type { View } from './style.ts';
import { wrap } from './width.ts';

type WaveChange = {
  readonly tool_version: string;
  readonly address: string;
  readonly file: string;
  readonly wave: string;
  readonly diagnostics: readonly Finding[];
};

/** What a person settled: what `resolve --format json` prints, described by schema/resolved.schema.json. */
export type ResolvedReport = WaveChange & {
  readonly as: 'called' | 'not-called';
  /** Ids of the recipients, numbers in them masked. */
  readonly recipients: readonly string[];
};

/** A wave that was let go on: what `resume --format json` prints, described by schema/resumed.schema.json. */
export type ResumedReport = WaveChange & {
  /** Why it had stopped itself; null where it had not. */
  readonly was: string | null;
  /** The pause that was lifted; null where there was none. */
  readonly stopped: StopReport | null;
};

/** A process that runs a wave. */
export type UnderWay = { readonly hostname: string; readonly pid: number };

/** A wave that was paused: what `pause --format json` prints, described by schema/paused.schema.json. */
export type PausedReport = WaveChange & {
  /** What had stopped the wave already, which stays; null where nothing had. */
  readonly was: StopReport | null;
  readonly stopped: StopReport;
  /** Recipients whose call is under way or in doubt. */
  readonly under_way: number;
  readonly run: UnderWay | null;
};

/** Recipients listed one by one; the JSON has all of them. */
const listed = 20;

export function renderResolved({ recipients, as, ...change }: ResolvedReport, view: View): string {
  const more = recipients.length - listed;
  const lines =
    recipients.length === 0
      ? ['Nobody is unresolved; nothing was changed.']
      : [
          `${countOf(recipients.length, 'recipient')} settled ${settled[as]}`,
          ...recipients.slice(0, listed).map((id) => `  ${cleanLine(id)}`),
          ...(more > 0 ? [`  and ${count(more)} more; --format json lists all`] : []),
        ];
  return page(change, lines, view);
}

const settled = {
  called: 'as called: not called again in this wave',
  'not-called': 'as not called: the next run may call them',
} as const;

export function renderResumed({ was, stopped, ...change }: ResumedReport, view: View): string {
  const lines = [
    ...(stopped === null ? [] : [`It had been ${stopWords(stopped)}.`]),
    ...(was === null ? [] : [`It had stopped because ${cleanLine(was)}`]),
  ];
  const words = lines.length === 0 ? ['It was not stopped; nothing was changed.'] : ['It may be run again.', ...lines];
  return page(change, words, view);
}

export function renderPaused({ was, stopped, under_way: open, run, ...change }: PausedReport, view: View): string {
  const words = {
    paused: 'Nobody is called until it is resumed.',
    cancelled: 'Nobody is called any more in this wave.',
  }[stopped.kind];
  const lines = [
    ...(was === null ? ['Paused.', words] : [`It was ${stopWords(was)}; nothing was changed.`, words]),
    ...(run === null ? [] : [`${runWords(run)} ends once its requests are answered.`]),
    ...(open === 0
      ? []
      : [
          `${countOf(open, 'call goes', 'calls go')} on; the next run follows ${open === 1 ? 'it' : 'them'}, and calls nobody.`,
        ]),
  ];
  return page(change, lines, view);
}

/** `The run under way (process 4711 on reception)`. */
export function runWords({ hostname, pid }: UnderWay): string {
  return `The run under way (process ${String(pid)} on ${cleanLine(hostname)})`;
}

function page(change: WaveChange, lines: readonly string[], view: View): string {
  const wrapped = lines.flatMap((line) => {
    const indent = line.startsWith('  ') ? 4 : 2;
    return wrap(line.trimStart(), view.columns - indent).map((part) => ' '.repeat(indent) + part);
  });
  return `${[...renderHeading(change, view), '', ...wrapped].join('\n')}\n`;
}
