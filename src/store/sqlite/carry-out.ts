/** What an answer of the gates makes of a recipient: a wait, an end, or an intent. */
import type { Admitted, Candidate } from '../../model/candidate.ts';
import type { SkipReason } from '../../model/standing.ts';
import type { GrantDecision } from '../contract/admission.ts';
import type { Scope } from '../contract/lease.ts';
import type { Database } from './database.ts';
import { intend, type Granted } from './intend.ts';
import { textOf } from './row.ts';
import { writeStanding } from './standing.ts';
import { storedState } from './stored.ts';

type Decided = Omit<Granted, 'decision'> & { readonly decision: GrantDecision };

/** Answers whose intent was written. */
export function carryOut(database: Database, scope: Scope, decided: Decided): Admitted | undefined {
  const { candidate, decision } = decided;
  switch (decision.kind) {
    case 'wait':
      database.run(
        'UPDATE recipient SET due_ms = ?, why = ? WHERE id = ?',
        decision.untilMs,
        decision.why,
        candidate.recipientId,
      );
      return undefined;
    case 'skip':
      if (isForGood[decision.reason] && candidate.n > 1 && endAsTried(database, candidate)) return undefined;
      database.run(
        "UPDATE recipient SET state = 'skipped', reason = ? WHERE id = ?",
        decision.reason,
        candidate.recipientId,
      );
      return undefined;
    case 'stop':
      return undefined;
    case 'grant':
      return intend(database, scope, { ...decided, decision });
  }
}

/** Time that ran out does not come back, and who was tried is over; what else keeps somebody from being called may be taken back. */
const isForGood: Readonly<Partial<Record<SkipReason, true>>> = {
  not_after: true,
  end_at: true,
  expired: true,
  no_window: true,
  attempts: true,
};

/** Whom no retry can reach any more ends as the last attempt did. False where there was none. */
function endAsTried(database: Database, candidate: Candidate): boolean {
  const row = database.get(
    `SELECT detail FROM attempt WHERE recipient_id = ? AND n < ? AND state IN ('ended', 'rejected') ORDER BY n DESC LIMIT 1`,
    candidate.recipientId,
    candidate.n,
  );
  if (row === undefined) return false;
  const last = storedState(textOf(row, 'detail'));
  writeStanding(database, candidate, { kind: last.kind === 'rejected' ? 'rejected' : 'done' }, last);
  return true;
}
