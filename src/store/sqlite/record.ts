import type { AttemptState, Step } from '../../model/attempt.ts';
import type { AttemptChange } from '../../model/tally.ts';
import type { Scope } from '../contract/lease.ts';
import type { Store } from '../contract/store.ts';
import { addEvent, columnsOf, handleOf, isOpen, isPhoneBusy, passPhoneOn, sumAttempts } from './attempt-columns.ts';
import type { Database } from './database.ts';
import { writeUnder } from './fence.ts';
import { optOutByCall } from './opt-outs.ts';
import { numberOf, textOf } from './row.ts';
import { writeStanding } from './standing.ts';
import { OpenTally } from './tallies.ts';

export type RecordOptions = Parameters<Store['record']>[2];
export type Recorded = Awaited<ReturnType<Store['record']>>;

/** Writes what happened to attempts, each if nobody changed it since it was read. */
export function record(
  database: Database,
  scope: Scope,
  steps: readonly Step[],
  { nowMs, wallMs, tallying }: RecordOptions,
): Recorded {
  return writeUnder(database, scope, () => {
    const open = new OpenTally(database, scope, tallying);
    const lost: Step[] = [];
    for (const step of steps) {
      if (recordStep(database, scope, step, { nowMs, wallMs })) open.count(changeOf(step), nowMs);
      else lost.push(step);
    }
    open.close();
    const { tally, tripped } = open;
    return { lost, tally, ...(tripped === undefined ? {} : { tripped }) };
  });
}

function changeOf({ attempt, event, state }: Step): AttemptChange {
  const { recipientId, key, phone, n } = attempt;
  return { recipientId, key, phone, n, before: attempt.state, event, state };
}

/** False where the attempt has moved on. */
function recordStep(
  database: Database,
  scope: Scope,
  step: Step,
  { nowMs, wallMs }: Omit<RecordOptions, 'tallying'>,
): boolean {
  const { attempt, event, state, standing } = step;
  const { recipientId, n } = attempt;
  const row = database.get(
    `SELECT id, version, phone, state, holds_phone,
       NOT EXISTS (SELECT 1 FROM attempt b WHERE b.recipient_id = a.recipient_id AND b.n > a.n) AS latest
     FROM attempt a WHERE recipient_id = ? AND n = ? AND wave_id = ?`,
    recipientId,
    n,
    scope.waveId,
  );
  if (row === undefined || numberOf(row, 'version') !== attempt.version) return false;
  const id = numberOf(row, 'id');
  const phone = textOf(row, 'phone');
  const held = numberOf(row, 'holds_phone') === 1;
  const holds = isOpen(state) && (held || !isPhoneBusy(database, phone));
  writeState(database, id, step, { wallMs, held, holds });
  addEvent(database, id, attempt.version + 1, { event, atMs: nowMs });
  if (event.kind === 'ended' && event.optOut) optOutByCall(database, id, wallMs);
  if (held && !holds) passPhoneOn(database, phone);
  if (changesSums(textOf(row, 'state'), state)) sumAttempts(database, recipientId);
  if (numberOf(row, 'latest') === 1) writeStanding(database, recipientId, standing, state);
  return true;
}

/** Voided attempts do not count, and only ended ones have seconds. */
function changesSums(before: string, state: AttemptState): boolean {
  return state.kind === 'ended' || (before === 'voided') !== (state.kind === 'voided');
}

function writeState(
  database: Database,
  id: number,
  { attempt, state, dueMs }: Step,
  { wallMs, held, holds }: { readonly wallMs: number; readonly held: boolean; readonly holds: boolean },
): void {
  const columns = columnsOf(state, wallMs);
  const before = handleOf(attempt.state);
  const after = handleOf(state);
  // SQLite moves the index entries of every column that is named, be its value the same.
  const changed = [
    { column: 'batch_id', value: after?.batchId, was: before?.batchId },
    { column: 'call_id', value: after?.callId, was: before?.callId },
    { column: 'holds_phone', value: holds, was: held },
  ].filter(({ value, was }) => value !== was);
  database.run(
    `UPDATE attempt SET version = ?, state = ?, detail = ?, since_ms = ?, due_ms = ?, ended_ms = ?, outcome = ?, seconds = ?
       ${changed.map(({ column }) => `, ${column} = ?`).join('')}
     WHERE id = ?`,
    attempt.version + 1,
    state.kind,
    columns.detail,
    columns.sinceMs,
    dueMs,
    columns.endedMs,
    columns.outcome,
    columns.seconds,
    ...changed.map(({ value }) => value),
    id,
  );
}
