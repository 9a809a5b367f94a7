import { boundsOf } from '../model/bounds.ts';
import type { WaveParent } from '../model/wave.ts';
import { callingRows, type SaidCalling } from './calling-rows.ts';
import { cleanLine } from './clean.ts';
import { listCounts, skipWords } from './count-words.ts';
import { invalidNote } from './render-recipients.ts';
import { namedLines, type NamedRow } from './named-lines.ts';
import { count, countOf } from './quantity.ts';
import { renderHeading } from './render-resource.ts';
import { stopWords, type StopReport } from './stop-words.ts';
import type { View } from './style.ts';
import { parentWords } from './parent-words.ts';
import type { InvalidRows } from './validation-report.ts';

/** What a person sees before the number is asked for. */
export type BeforeRun = {
  readonly address: string;
  readonly file: string;
  readonly wave: string;
  /** The address whose object and record of calls move to this one. */
  readonly renamedFrom?: string;
  /** The wave that this one repeats, and whom of it. */
  readonly parent?: WaveParent;
  readonly provider: string;
  readonly resource: string;
  /** Nobody while the wave is stopped. */
  readonly toCall: number;
  readonly fresh: number;
  readonly called: number;
  readonly changed: number;
  readonly removed: number;
  /** Who certainly will not be called, by reason. */
  readonly skips: Readonly<Record<string, number>>;
  readonly suppressed: number;
  readonly repeated: number;
  readonly invalid: InvalidRows;
  /** The file that holds the invalid rows. */
  readonly rejects?: string;
  readonly execution: SaidCalling;
  /** As local text; undefined where nobody is to be called. */
  readonly first?: string;
  readonly last?: string;
  /** Why nobody is called until `resume`. */
  readonly tripped?: string;
  /** A person's word that nobody is called. */
  readonly stopped?: StopReport;
};

/** With its heading; ends with a line break. */
export function renderBeforeRun(before: BeforeRun, view: View): string {
  return `${[...renderHeading(before, view), '', ...beforeLines(before, view)].join('\n')}\n`;
}

/** The same without its heading. */
export function beforeLines(before: BeforeRun, view: View): readonly string[] {
  const { first, last, tripped, stopped } = before;
  const rows: readonly NamedRow[] = [
    ['renamed', renamedWords(before)],
    ['repeats', before.parent === undefined ? undefined : parentWords(before.parent)],
    ['resource', `${before.provider} ${cleanLine(before.resource)}`],
    ['stopped', stopped === undefined ? undefined : stopWords(stopped)],
    ['stopped', tripped === undefined ? undefined : cleanLine(tripped)],
    ['to call', toCall(before)],
    ['others', others(before)],
    ['invalid', before.invalid.rows === 0 ? undefined : invalidWords(before.invalid)],
    ['', before.rejects],
    ...callingRows(before.execution, before.toCall),
    ['first call', first],
    ['last call', last === undefined ? undefined : `about ${last}, not counting ${uncounted(before.execution)}`],
  ];
  return namedLines(rows, view);
}

/** What a forecast leaves out. */
function uncounted(execution: SaidCalling): string {
  return boundsOf(execution).per_person === undefined ? 'retries' : 'retries and waits for per_person';
}

function renamedWords({ renamedFrom }: BeforeRun): string | undefined {
  return renamedFrom === undefined ? undefined : `from ${renamedFrom}, whose record of calls moves along`;
}

function toCall({ toCall: people, fresh, tripped, stopped }: BeforeRun): string {
  if (stopped?.kind === 'cancelled') return 'nobody any more in this wave';
  if (tripped !== undefined || stopped !== undefined) return 'nobody, until the wave is resumed';
  const left = people - fresh;
  const words = people === 0 ? 'nobody' : countOf(people, 'person', 'people');
  return left > 0 ? `${words} (${count(left)} left from an earlier run)` : words;
}

function others(before: BeforeRun): string {
  const parts: readonly (readonly [number, string])[] = [
    [before.called, 'already called'],
    [before.changed, 'of them with other values now'],
    [before.suppressed, 'suppressed'],
    [before.repeated, 'repeated'],
    [before.removed, 'no longer listed'],
  ];
  return parts
    .filter(([value]) => value > 0)
    .map(([value, word]) => `${count(value)} ${word}`)
    .concat(listCounts(before.skips, skipWords))
    .filter((words) => words !== '')
    .join(', ');
}

function invalidWords(invalid: InvalidRows): string {
  return `${countOf(invalid.rows, 'row')}, ${invalidNote(invalid)}`;
}
