import { cleanLine } from './clean.ts';
import type { Finding } from './finding.ts';
import { count, countOf } from './quantity.ts';
import { renderHeading } from './render-resource.ts';
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
  /** Why it had stopped; null where it had not. */
  readonly was: string | null;
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

export function renderResumed({ was, ...change }: ResumedReport, view: View): string {
  const lines =
    was === null
      ? ['It was not stopped; nothing was changed.']
      : ['It may be run again.', `It had stopped because ${cleanLine(was)}`];
  return page(change, lines, view);
}

function page(change: WaveChange, lines: readonly string[], view: View): string {
  const wrapped = lines.flatMap((line) => {
    const indent = line.startsWith('  ') ? 4 : 2;
    return wrap(line.trimStart(), view.columns - indent).map((part) => ' '.repeat(indent) + part);
  });
  return `${[...renderHeading(change, view), '', ...wrapped].join('\n')}\n`;
}
