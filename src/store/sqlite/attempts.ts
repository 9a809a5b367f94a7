/** Attempts as they are read: those that are open, those that are due, and when the next one is. */
import type { Attempt, Handle, Outcome } from '../../model/attempt.ts';
import type { Scope } from '../contract/lease.ts';
import type { Store } from '../contract/store.ts';
import type { Database } from './database.ts';
import { planned } from './planned.ts';
import { numberIn, numberOf, textOf } from './row.ts';
import type { Row } from './row.ts';
import { storedOutcome, storedPhone, storedState } from './stored.ts';

/** As the partial index says it, so that it can be used. */
export const unsettled =
  "(a.state = 'intent' OR a.state = 'accepted' OR a.state = 'in_doubt' OR a.state = 'unresolved')";

const attemptColumns = `a.id, a.recipient_id, coalesce(r.key, r.tag) AS key, a.phone, a.n, a.version, a.reference,
  a.dispatch, a.resource_id, a.account, a.intent_ms, a.detail, a.polls`;

/** States in which an attempt may still change. */
export type OpenKind = 'intent' | 'accepted' | 'in_doubt' | 'unresolved';

/** In the order of their start. */
export function openAttempts(database: Database, waveId: number, kinds: readonly OpenKind[]): readonly Attempt[] {
  const rows = database.all(
    `SELECT ${attemptColumns} FROM attempt a INDEXED BY attempt_unsettled JOIN recipient r ON r.id = a.recipient_id
     WHERE a.wave_id = ? AND ${unsettled} AND a.state IN (SELECT value FROM json_each(?))
     ORDER BY a.intent_ms, a.id`,
    waveId,
    JSON.stringify(kinds),
  );
  return rows.map((row) => attemptOf(database, row));
}

/** Those that are to be polled now, in the order in which they fell due. */
export function dueAttempts(
  database: Database,
  scope: Scope,
  { kinds, nowMs, max, except = [] }: Parameters<Store['due']>[1],
): readonly Attempt[] {
  // Mostly nothing is due: to learn that from the columns of no row would take forty times as long.
  if (database.get(anyDue, scope.waveId, nowMs) === undefined) return [];
  const rows = database.all(
    `SELECT ${attemptColumns} FROM attempt a INDEXED BY attempt_due JOIN recipient r ON r.id = a.recipient_id
     WHERE a.wave_id = ? AND a.due_ms <= ? AND a.state IN (SELECT value FROM json_each(?))
       AND a.id NOT IN (SELECT value FROM json_each(?))
     ORDER BY a.due_ms, a.id LIMIT ${planned('?')}`,
    scope.waveId,
    nowMs,
    JSON.stringify(kinds),
    JSON.stringify(except),
    max,
  );
  return rows.map((row) => attemptOf(database, row));
}

const anyDue = 'SELECT 1 FROM attempt INDEXED BY attempt_due WHERE wave_id = ? AND due_ms <= ? LIMIT 1';

/** The unary plus keeps SQLite from going through all of the wave. */
export function acceptedAs(database: Database, waveId: number, handles: readonly Handle[]): readonly Attempt[] {
  const rows = database.all(
    `SELECT ${attemptColumns} FROM attempt a JOIN recipient r ON r.id = a.recipient_id
     WHERE +a.wave_id = ? AND +a.state = 'accepted' AND a.id IN (
       SELECT id FROM attempt INDEXED BY attempt_call WHERE call_id IN (SELECT value FROM json_each(?))
       UNION SELECT id FROM attempt INDEXED BY attempt_batch WHERE batch_id IN (SELECT value FROM json_each(?)))
     ORDER BY a.id`,
    waveId,
    JSON.stringify(handles.flatMap(({ callId }) => callId ?? [])),
    JSON.stringify(handles.flatMap(({ batchId }) => batchId ?? [])),
  );
  return rows.map((row) => attemptOf(database, row));
}

/** Moves due times of attempts that nobody changed meanwhile. */
export function postpone(
  database: Database,
  attempts: readonly { readonly attempt: Attempt; readonly dueMs: number }[],
): void {
  for (const { attempt, dueMs } of attempts) {
    database.run(
      `UPDATE attempt SET due_ms = ?, polls = polls + 1
       WHERE id = ? AND version = ? AND due_ms IS NOT NULL`,
      dueMs,
      attempt.id,
      attempt.version,
    );
  }
}

/** Addresses with open calls to those who wait, if all who wait do so for such a call. */
export function waitsFor(database: Database, waveId: number): readonly string[] {
  const other = database.get(
    "SELECT 1 FROM recipient WHERE wave_id = ? AND state = 'pending' AND why <> 'phone_busy' LIMIT 1",
    waveId,
  );
  if (other !== undefined) return [];
  const rows = database.all(
    `SELECT DISTINCT w.address FROM recipient r
     CROSS JOIN attempt a INDEXED BY attempt_holds_phone ON a.phone = r.phone AND a.holds_phone = 1
     CROSS JOIN wave w ON w.id = a.wave_id
     WHERE r.wave_id = ? AND r.state = 'pending' ORDER BY w.address`,
    waveId,
  );
  return rows.map((row) => textOf(row, 'address'));
}

/** Outcomes of a recipient's attempts before the n-th, by n; a refused one counts as `rejected`. */
export function earlierOutcomes(database: Database, recipientId: number, n: number): readonly Outcome[] {
  if (n === 1) return [];
  const rows = database.all(
    'SELECT outcome FROM attempt WHERE recipient_id = ? AND n < ? AND outcome IS NOT NULL ORDER BY n',
    recipientId,
    n,
  );
  return rows.map((row) => storedOutcome(textOf(row, 'outcome')));
}

function attemptOf(database: Database, row: Row): Attempt {
  const recipientId = numberOf(row, 'recipient_id');
  const n = numberOf(row, 'n');
  return {
    id: numberOf(row, 'id'),
    recipientId,
    key: textOf(row, 'key'),
    phone: storedPhone(textOf(row, 'phone')),
    n,
    version: numberOf(row, 'version'),
    reference: textOf(row, 'reference'),
    dispatch: textOf(row, 'dispatch'),
    resourceId: textOf(row, 'resource_id'),
    account: textOf(row, 'account'),
    intentMs: numberOf(row, 'intent_ms'),
    state: storedState(textOf(row, 'detail')),
    polls: numberOf(row, 'polls'),
    earlier: earlierOutcomes(database, recipientId, n),
  };
}

/** When the earliest is due: pending recipients by the wall clock, open attempts by engine time. */
export function nextDueMs(
  database: Database,
  waveId: number,
  options: { readonly kinds: readonly ('pending' | 'open')[]; readonly afterMs: number | undefined },
): number | undefined {
  const { kinds, afterMs = Number.NEGATIVE_INFINITY } = options;
  const times = kinds.flatMap((kind) => {
    const row = database.get(kind === 'pending' ? firstPending : firstOpen, waveId, afterMs);
    return row === undefined ? [] : (numberIn(row, 'due_ms') ?? []);
  });
  return times.length === 0 ? undefined : Math.min(...times);
}

const firstPending =
  "SELECT min(due_ms) AS due_ms FROM recipient WHERE wave_id = ? AND state = 'pending' AND due_ms > ?";
const firstOpen = 'SELECT min(due_ms) AS due_ms FROM attempt WHERE wave_id = ? AND due_ms > ?';
