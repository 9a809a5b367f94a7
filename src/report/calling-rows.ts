import type { Execution } from '../model/execution.ts';
import { limitWords, windowsWords, type SaidHours } from './hours-words.ts';
import type { NamedRow } from './named-lines.ts';
import type { CallingWords } from './plan-report.ts';
import { count, countOf } from './quantity.ts';
import { boundRows, type SaidBounds } from './bound-words.ts';

/** All that is said of when, how fast, how often and how long calls are made. */
export type SaidCalling = Pick<Execution, 'rate' | 'concurrency' | 'attempts'> & SaidHours & SaidBounds;

/** How calls are made, as people approve it. `people` are those to be called, where that is known. */
export function callingRows(execution: SaidCalling, people?: number): readonly NamedRow[] {
  return [
    ['windows', windowsWords(execution.windows)],
    ...limitWords(execution).map((words): NamedRow => ['', words]),
    ['pace', paceWords(execution)],
    ...boundRows(execution, people),
  ];
}

/** The same by their names: lines without one belong to the row before. */
export function callingWords(execution: SaidCalling): readonly CallingWords[] {
  const said: CallingWords[] = [];
  for (const [name, words = ''] of callingRows(execution)) {
    const last = said.at(-1);
    if (name === '' && last !== undefined) said.splice(-1, 1, { ...last, words: `${last.words}; ${words}` });
    else said.push({ name, words });
  }
  return said;
}

const paceUnits: Readonly<Record<number, string>> = { 1000: 'a second', 60_000: 'a minute', 3_600_000: 'an hour' };

function paceWords({ rate, concurrency, attempts }: SaidCalling): string {
  const unit = paceUnits[rate.perMs] ?? `in ${String(rate.perMs)} ms`;
  const tries = attempts.max > 1 ? `, up to ${count(attempts.max)} attempts each` : '';
  return `${countOf(rate.calls, 'call')} ${unit}, ${count(concurrency)} at once${tries}`;
}
