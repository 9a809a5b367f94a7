import type { Counts } from '../../model/wave.ts';
import type { Database } from './database.ts';
import { numberOf, textIn, textOf } from './row.ts';

/** Of a gate whose time has come nothing is left: who waited is to be called. */
const overIn = "('window', 'not_before', 'start_at', 'time_of_day', 'person')";

/**
 * Counts a wave's recipients: their states sum to all of them, the outcomes to those that are done.
 * @param nowMs waits that are over by then are none. @default all are told as they were written
 */
export function countsOf(database: Database, waveId: number, nowMs?: number): Counts {
  const rows = database.all(
    `SELECT state, iif(state = 'pending', iif(due_ms <= ?2 AND why IN ${overIn}, 'new', why), NULL) AS wait, reason, outcome, reply,
       count(*) AS recipients, sum(attempts) AS attempts, sum(seconds) AS seconds
     FROM recipient WHERE wave_id = ?1 GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5`,
    waveId,
    nowMs,
  );
  const states = new Map<string, number>();
  const waits = new Map<string, number>();
  const skips = new Map<string, number>();
  const outcomes = new Map<string, number>();
  const replies = new Map<string, number>();
  let [recipients, attempts, seconds] = [0, 0, 0];
  for (const row of rows) {
    const count = numberOf(row, 'recipients');
    add(states, textOf(row, 'state'), count);
    add(waits, textIn(row, 'wait'), count);
    add(skips, textIn(row, 'reason'), count);
    add(outcomes, textIn(row, 'outcome'), count);
    add(replies, textIn(row, 'reply'), count);
    recipients += count;
    attempts += numberOf(row, 'attempts');
    seconds += numberOf(row, 'seconds');
  }
  return {
    recipients,
    states: Object.fromEntries(states),
    outcomes: Object.fromEntries(outcomes),
    replies: Object.fromEntries(replies),
    attempts,
    seconds,
    waits: Object.fromEntries(waits),
    skips: Object.fromEntries(skips),
  };
}

function add(counts: Map<string, number>, name: string | undefined, count: number): void {
  if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + count);
}
