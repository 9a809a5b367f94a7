import type { Step } from '../../model/attempt.ts';
import { remember } from '../../model/remember.ts';
import type { AttemptChange } from '../../model/tally.ts';
import type { Scope } from '../contract/lease.ts';
import type { Store } from '../contract/store.ts';
import { addEvent, columnsOf, handleOf, isOpen, isPhoneBusy, passPhonesOn, sumAttempts } from './attempt-columns.ts';
import type { Database } from './database.ts';
import { writeUnder } from './fence.ts';
import { optOutByCall } from './opt-outs.ts';
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
    passPhonesOn(
      database,
      steps.filter(isOver).map(({ attempt }) => attempt.phone),
    );
    open.close();
    const { tally, tripped } = open;
    return { lost, tally, ...(tripped === undefined ? {} : { tripped }) };
  });
}

function isOver({ attempt, state }: Step): boolean {
  return isOpen(attempt.state) && !isOpen(state);
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
  if (!writeState(database, scope, step, wallMs)) return false;
  addEvent(database, attempt.id, attempt.version + 1, { event, atMs: nowMs });
  if (event.kind === 'ended' && event.optOut) optOutByCall(database, attempt.id, wallMs);
  if (!writeStanding(database, attempt, standing, state)) sumAttempts(database, attempt.recipientId);
  return true;
}

/** False where the attempt has moved on. */
function writeState(database: Database, scope: Scope, { attempt, state, dueMs }: Step, wallMs: number): boolean {
  const columns = columnsOf(state, wallMs);
  const before = handleOf(attempt.state);
  const changed: [column: string, value: string | boolean | undefined][] = [];
  if (columns.batchId !== before?.batchId) changed.push(['batch_id', columns.batchId]);
  if (columns.callId !== before?.callId) changed.push(['call_id', columns.callId]);
  if (isOpen(state) !== isOpen(attempt.state))
    changed.push(['holds_phone', isOpen(state) && !isPhoneBusy(database, attempt.phone)]);
  const written = database.run(
    updateWith(changed.map(([column]) => `, ${column} = ?`).join('')),
    state.kind,
    columns.detail,
    columns.sinceMs,
    dueMs,
    columns.endedMs,
    columns.outcome,
    columns.seconds,
    ...changed.map(([, value]) => value),
    attempt.id,
    attempt.version,
    scope.waveId,
  );
  return written > 0;
}

/** SQLite moves the index entries of every column that is named, be its value the same: only what changes is named. */
const updateWith = remember(
  (changed) => `UPDATE attempt SET version = version + 1, state = ?, detail = ?, since_ms = ?, due_ms = ?, ended_ms = ?,
    outcome = ?, seconds = ?${changed} WHERE id = ? AND version = ? AND wave_id = ?`,
);
