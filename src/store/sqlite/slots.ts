/** What an address has under way and began last: it is bounded as a whole, as a wave may follow upon another at once. */
import { testWavePrefix } from '../../model/test-wave.ts';
import type { SlotAge } from '../contract/admission.ts';
import type { Scope } from '../contract/lease.ts';
import { unsettled } from './attempts.ts';
import type { Database } from './database.ts';
import { planned } from './planned.ts';
import { numberOf } from './row.ts';

/** Waves of the address ?1, but for test calls, whose names begin with ?2: they are beside what a campaign may do. */
const calledWaves = 'SELECT id FROM wave WHERE address = ?1 AND substr(wave, 1, length(?2)) <> ?2';

/** How many attempts of the address hold a slot. */
export function slots(database: Database, { address }: Scope, { sinceMs, startedMs }: SlotAge): number {
  const row = database.get(
    `SELECT count(*) AS held FROM attempt a INDEXED BY attempt_unsettled
     WHERE a.wave_id IN (${calledWaves}) AND ${unsettled} AND a.state <> 'unresolved'
       AND (a.state <> 'accepted' OR a.since_ms > ?3 OR (a.intent_ms > ?3 AND a.intent_ms <= ?4))`,
    address,
    testWavePrefix,
    sinceMs,
    startedMs,
  );
  return row === undefined ? 0 : numberOf(row, 'held');
}

/** The last so many starts of calls of the address, oldest first. */
export function lastStarts(database: Database, { address }: Scope, count: number): readonly number[] {
  const waves = database.all(calledWaves, address, testWavePrefix);
  const starts = waves.flatMap((wave) =>
    database.all(
      `SELECT intent_ms FROM attempt WHERE wave_id = ? ORDER BY intent_ms DESC LIMIT ${planned('?')}`,
      numberOf(wave, 'id'),
      count,
    ),
  );
  const inOrder = starts.map((row) => numberOf(row, 'intent_ms')).toSorted((a, b) => a - b);
  return inOrder.slice(-count);
}
