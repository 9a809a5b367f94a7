/** How many recipients stand where, as rows of a list of counts. */
import type { Counts } from '../model/wave.ts';
import { listCounts, outcomeWords, replyWords, skipWords, waitWords } from './count-words.ts';
import { countTable, type CountRow } from './count-table.ts';
import { indented } from './indented.ts';
import { count } from './quantity.ts';
import type { View } from './style.ts';

/** The rows as a part of a report; no lines for nobody. */
export function countLines(rows: readonly CountRow[], view: View): readonly string[] {
  return rows.length === 0 ? [] : ['', ...indented(4, countTable(rows, { ...view, columns: view.columns - 4 }))];
}

/** Outcomes first, then who is under way, who waits, and who is not called. */
export function countRows({ outcomes, states, replies, waits, skips }: Counts): readonly CountRow[] {
  const ended = Object.entries(outcomes)
    .filter(([, value]) => value > 0)
    .map(([outcome, value]) => ({
      sign: '+',
      count: count(value),
      name: outcomeWords[outcome] ?? outcome,
      note: outcome === 'answered' ? replyWords({ outcomes, replies }) : '',
    }));
  const notes = {
    in_doubt: 'may have been called; looked up by the next run',
    pending: listCounts(waits, waitWords),
    skipped: listCounts(skips, skipWords),
  };
  return [...ended, ...stateRows(states, notes)];
}

/** All states but `done`, which counts tell by outcomes. */
const shownStates = [
  { sign: ' ', state: 'accepted', name: 'under way' },
  { sign: ' ', state: 'intent', name: 'being sent' },
  { sign: '!', state: 'in_doubt', name: 'in doubt' },
  { sign: '!', state: 'unresolved', name: 'unresolved', note: 'not called again until a person decides' },
  { sign: ' ', state: 'pending', name: 'pending' },
  { sign: '-', state: 'rejected', name: 'rejected', note: 'refused by the provider' },
  { sign: '-', state: 'skipped', name: 'skipped' },
] as const;

/** A row for each state that somebody is in but `done`. `notes`: what is said of a state, where it says nothing by itself. */
export function stateRows(
  states: Counts['states'],
  notes: { readonly [State in (typeof shownStates)[number]['state']]?: string },
): readonly CountRow[] {
  return shownStates
    .map((row) => ({ note: notes[row.state] ?? '', ...row, value: states[row.state] ?? 0 }))
    .filter(({ value }) => value > 0)
    .map(({ sign, value, name, note }) => ({ sign, count: count(value), name, note }));
}
