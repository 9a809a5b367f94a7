/** Where a recipient stands, as columns of its row and back. */
import type { AttemptState } from '../../model/attempt.ts';
import type { Standing } from '../../model/standing.ts';
import type { Database } from './database.ts';
import { numberOf, textIn, textOf } from './row.ts';
import type { Row } from './row.ts';
import { isCancelledInQuery } from './stops.ts';
import { storedSkipReason, storedWait } from './stored.ts';

/** Moves a recipient to where its latest attempt puts it. */
export function writeStanding(database: Database, recipientId: number, standing: Standing, latest: AttemptState): void {
  switch (standing.kind) {
    case 'pending':
      writePending(database, recipientId, standing);
      break;
    case 'skipped':
      database.run(
        "UPDATE recipient SET state = 'skipped', reason = ?, outcome = NULL, reply = NULL WHERE id = ?",
        standing.reason,
        recipientId,
      );
      break;
    case 'open':
    case 'done':
    case 'rejected':
    case 'unresolved':
      database.run(
        'UPDATE recipient SET state = ?, reason = NULL, outcome = ?, reply = ? WHERE id = ?',
        standing.kind === 'open' ? latest.kind : standing.kind,
        standing.kind === 'done' && latest.kind === 'ended' ? latest.outcome : undefined,
        standing.kind === 'done' ? replyOf(latest) : undefined,
        recipientId,
      );
  }
}

/**
 * A recipient that no list has named yet (found at the provider by its reference alone) has nothing to be called with: it
 * waits as `removed`, until a list names it; so does one whose row went away during a call. Nobody of a cancelled wave is called again.
 */
function writePending(
  database: Database,
  recipientId: number,
  standing: Standing & { readonly kind: 'pending' },
): void {
  database.run(
    `UPDATE recipient SET
       state = iif(key IS NULL OR NOT listed OR ${isCancelledInQuery}, 'skipped', 'pending'),
       reason = CASE WHEN ${isCancelledInQuery} THEN 'cancelled' WHEN key IS NULL OR NOT listed THEN 'removed' END,
       next_n = ?, due_ms = ?, why = ?, alone = ? OR (alone AND ?), outcome = NULL, reply = NULL
     WHERE id = ?`,
    standing.n,
    standing.dueMs,
    standing.why,
    standing.alone ?? false,
    // One of a refused batch whose own request did not go out must not spoil a batch again.
    standing.why === 'voided',
    recipientId,
  );
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
