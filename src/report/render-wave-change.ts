import { cleanLine } from './clean.ts';
import { count, countOf } from './quantity.ts';
import { renderHeading } from './render-resource.ts';
import { stopWords } from './stop-words.ts';
import type { View } from './style.ts';
import type { PausedReport, ResolvedReport, ResumedReport, UnderWay, WaveChange } from './wave-change-report.ts';
import { wrap } from './width.ts';

/** Recipients listed one by one; the JSON has all of them. */
const listed = 20;

/** Whom a person settled, and as what. */
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

/** A wave that may be run again, and what had stopped it. */
export function renderResumed({ was, stopped, ...change }: ResumedReport, view: View): string {
  const lines = [
    ...(stopped === null ? [] : [`It had been ${stopWords(stopped)}.`]),
    ...(was === null ? [] : [`It had stopped because ${cleanLine(was)}`]),
  ];
  const words = lines.length === 0 ? ['It was not stopped; nothing was changed.'] : ['It may be run again.', ...lines];
  return page(change, words, view);
}

/** A wave that was paused, and what of it goes on. */
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
