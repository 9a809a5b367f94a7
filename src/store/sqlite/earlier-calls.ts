/** When somebody was called before, for the gates that keep a distance. Calls count unless nobody took them. */
import type { Scope } from '../contract/lease.ts';
import type { Store } from '../contract/store.ts';
import type { Database } from './database.ts';
import { planned } from './planned.ts';
import { numberOf } from './row.ts';

type Cap = NonNullable<Parameters<Store['admit']>[1]['person']>[number];

/** When an attempt `a` was to be dialled: at once, unless it was scheduled for later. */
const startMs = `max(a.intent_ms, coalesce((
  SELECT e.detail ->> 'scheduledMs' FROM event e WHERE e.attempt_id = a.id AND e.kind = 'intended'
  ORDER BY e.seq DESC LIMIT 1), 0))`;

/** Starts of calls to a phone, newest first: of the whole store, or of the address in all its waves. */
export function personCalls(database: Database, { address }: Scope, phone: string, cap: Cap): readonly number[] {
  const own = cap.in === 'campaign';
  const rows = database.all(
    `SELECT ${startMs} AS start_ms FROM attempt a
     WHERE a.phone = ? AND a.state NOT IN ('voided', 'rejected') AND start_ms >= ?
       ${own ? 'AND a.wave_id IN (SELECT id FROM wave WHERE address = ?)' : ''}
     ORDER BY start_ms DESC LIMIT ${planned('?')}`,
    phone,
    cap.sinceMs,
    ...(own ? [address] : []),
    cap.calls,
  );
  return rows.map((row) => numberOf(row, 'start_ms'));
}

/** Starts of a recipient's attempts in its wave, the latest first; of one that was scheduled, when it was to be dialled. */
export function earlierStarts(database: Database, recipientId: number): readonly number[] {
  const rows = database.all(
    `SELECT ${startMs} AS start_ms
       FROM attempt a WHERE a.recipient_id = ? AND a.state NOT IN ('voided', 'rejected') ORDER BY a.n DESC`,
    recipientId,
  );
  return rows.map((row) => numberOf(row, 'start_ms'));
}
