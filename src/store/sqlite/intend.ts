/** Writes an intent: durable before its request leaves. */
import { InternalError } from '../../model/internal-error.ts';
import { intentState, type Admitted, type Candidate } from '../../model/attempt.ts';
import type { GrantDecision } from '../contract/admission.ts';
import type { Scope } from '../contract/lease.ts';
import { addEvent, countsAttempts } from './attempt-columns.ts';
import { earlierOutcomes } from './attempts.ts';
import type { Database } from './database.ts';
import { numberOf, textOf } from './row.ts';
import type { Row } from './row.ts';
import { storedCells, storedScalars } from './stored.ts';

/** A recipient who may be called now. */
export type Granted = {
  readonly row: Row;
  readonly candidate: Candidate;
  readonly decision: GrantDecision & { readonly kind: 'grant' };
  readonly nowMs: number;
};

/** @throws InternalError when the phone is busy, or the attempt's number was used and not voided */
export function intend(database: Database, scope: Scope, { row, candidate, decision, nowMs }: Granted): Admitted {
  const { recipientId, key, phone, n, call, zone, alone } = candidate;
  if (candidate.phoneBusy) throw new InternalError('a call was granted to a phone with an open attempt');
  const { reference, event } = decision;
  const written = insertIntent(database, scope, { candidate, decision, nowMs });
  addEvent(database, written.id, written.version, { event, atMs: nowMs });
  database.run(`UPDATE recipient SET state = 'intent', ${countsAttempts} WHERE id = ?1`, recipientId);
  return {
    attempt: {
      recipientId,
      key,
      phone,
      n,
      version: written.version,
      reference,
      dispatch: event.dispatch,
      resourceId: event.resourceId,
      account: event.account,
      intentMs: nowMs,
      state: intentState(event),
      polls: 0,
      earlier: earlierOutcomes(database, recipientId, n),
    },
    row: storedCells(textOf(row, 'row')),
    variables: storedScalars(textOf(row, 'variables')),
    call,
    ...(zone === undefined ? {} : { zone }),
    alone,
  };
}

/** A voided attempt's number is used again: its row is set anew, its events stay. */
function insertIntent(
  database: Database,
  scope: Scope,
  { candidate, decision, nowMs }: Pick<Granted, 'candidate' | 'decision' | 'nowMs'>,
): { readonly id: number; readonly version: number } {
  const { reference, event } = decision;
  const row = database.get(
    `INSERT INTO attempt (recipient_id, wave_id, n, phone, version, reference, dispatch, resource_id, account, definition,
       intent_ms, state, detail, holds_phone)
     VALUES (?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, 'intent', ?, 1)
     ON CONFLICT (recipient_id, n) DO UPDATE SET phone = excluded.phone, version = version + 1,
       reference = excluded.reference, dispatch = excluded.dispatch, resource_id = excluded.resource_id,
       account = excluded.account, definition = excluded.definition, intent_ms = excluded.intent_ms,
       state = excluded.state, detail = excluded.detail, ended_ms = NULL, polls = 0, holds_phone = 1
       WHERE state = 'voided'
     RETURNING id, version`,
    candidate.recipientId,
    scope.waveId,
    candidate.n,
    candidate.phone,
    reference,
    event.dispatch,
    event.resourceId,
    event.account,
    event.definition,
    nowMs,
    JSON.stringify(intentState(event)),
  );
  if (row === undefined) throw new InternalError('a call was granted whose attempt exists and is not voided');
  return { id: numberOf(row, 'id'), version: numberOf(row, 'version') };
}
