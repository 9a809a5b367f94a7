/** Where a recipient stands, as columns of its row and back. */
import type { AttemptState } from '../../model/attempt.ts';
import type { Standing } from '../../model/standing.ts';
import { sums } from './attempt-columns.ts';
import type { Database } from './database.ts';
import { numberOf, textIn, textOf } from './row.ts';
import type { Row } from './row.ts';
import { isCancelledInQuery } from './stops.ts';
import { storedSkipReason, storedWait } from './stored.ts';

/**
 * Moves a recipient to where an attempt puts it, and sums up its attempts. False where it has a later one: that says where the
 * recipient stands.
 */
export function writeStanding(
  database: Database,
  { recipientId, n }: { readonly recipientId: number; readonly n: number },
  standing: Standing,
  state: AttemptState,
): boolean {
  return database.run(...movement(standing, state), recipientId, n) > 0;
}

type Movement = readonly [sql: string, ...values: readonly (string | number | boolean | undefined)[]];

function movement(standing: Standing, state: AttemptState): Movement {
  switch (standing.kind) {
    case 'pending': {
      // One of a refused batch whose own request did not go out must not spoil a batch again.
      const isVoided = standing.why === 'voided';
      return [moveToPending, standing.n, standing.dueMs, standing.why, standing.alone ?? false, isVoided];
    }
    case 'skipped':
      return [moveToSkipped, standing.reason];
    case 'open':
      return [moveOn, state.kind, undefined, undefined];
    case 'done':
      return [moveOn, 'done', state.kind === 'ended' ? state.outcome : undefined, replyOf(state)];
    case 'rejected':
    case 'unresolved':
      return [moveOn, standing.kind, undefined, undefined];
  }
}

const moveToSkipped = move("state = 'skipped', reason = ?, outcome = NULL, reply = NULL");

const moveOn = move('state = ?, reason = NULL, outcome = ?, reply = ?');

/**
 * A recipient that no list has named yet (found at the provider by its reference alone) has nothing to be called with: it
 * waits as `removed`, until a list names it; so does one whose row went away during a call. Nobody of a cancelled wave is called again.
 */
const moveToPending = move(`
  state = iif(key IS NULL OR NOT listed OR ${isCancelledInQuery}, 'skipped', 'pending'),
  reason = CASE WHEN ${isCancelledInQuery} THEN 'cancelled' WHEN key IS NULL OR NOT listed THEN 'removed' END,
  next_n = ?, due_ms = ?, why = ?, alone = ? OR (alone AND ?), outcome = NULL, reply = NULL`);

function move(columns: string): string {
  return `
    UPDATE recipient SET ${columns}, ${sums}
    WHERE id = ? AND NOT EXISTS (SELECT 1 FROM attempt b WHERE b.recipient_id = recipient.id AND b.n > ?)`;
}

/** Nobody waits for a retry until later than that. */
export function bringForward(database: Database, waveId: number, latestMs: number): void {
  database.run(
    `UPDATE recipient SET due_ms = ?2
     WHERE wave_id = ?1 AND state = 'pending' AND due_ms > ?2 AND why IN ('retry', 'voided')`,
    waveId,
    latestMs,
  );
}

/** Reads the columns state, next_n, due_ms, why, alone and reason. */
export function standingOf(row: Row): Standing {
  const state = textOf(row, 'state');
  switch (state) {
    case 'pending':
      return {
        kind: 'pending',
        n: numberOf(row, 'next_n'),
        dueMs: numberOf(row, 'due_ms'),
        why: storedWait(textOf(row, 'why')),
        ...(numberOf(row, 'alone') === 1 ? { alone: true } : {}),
      };
    case 'skipped':
      return { kind: 'skipped', reason: storedSkipReason(textIn(row, 'reason') ?? '') };
    case 'done':
    case 'rejected':
    case 'unresolved':
      return { kind: state };
    default:
      return { kind: 'open' };
  }
}

function replyOf(state: AttemptState): string | undefined {
  if (state.kind !== 'ended') return undefined;
  return state.reply?.label ?? state.reply?.option ?? state.reply?.classification;
}
