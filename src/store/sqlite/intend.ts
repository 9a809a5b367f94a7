/** Writes an intent: durable before its request leaves. */
import { InternalError } from '../../model/internal-error.ts';
import { intentState } from '../../model/attempt.ts';
import type { Admitted, Candidate } from '../../model/candidate.ts';
import type { GrantDecision } from '../contract/admission.ts';
import type { Scope } from '../contract/lease.ts';
import { addEvent } from './attempt-columns.ts';
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
  database.run("UPDATE recipient SET state = 'intent', attempts = attempts + 1 WHERE id = ?", recipientId);
  return {
    attempt: {
      id: written.id,
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

type Written = { readonly id: number; readonly version: number };

function insertIntent(
  database: Database,
  scope: Scope,
  { candidate, decision, nowMs }: Pick<Granted, 'candidate' | 'decision' | 'nowMs'>,
): Written {
  const { recipientId, n, phone } = candidate;
  const { reference, event } = decision;
  const { dispatch, resourceId, account, definition } = event;
  const detail = JSON.stringify(intentState(event));
  const values = [phone, reference, dispatch, resourceId, account, definition, nowMs, detail] as const;
  const id = database.insert(
    `INSERT INTO attempt (recipient_id, wave_id, n, phone, version, reference, dispatch, resource_id, account, definition,
       intent_ms, state, detail, holds_phone)
     VALUES (?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, 'intent', ?, 1) ON CONFLICT (recipient_id, n) DO NOTHING`,
    recipientId,
    scope.waveId,
    n,
    ...values,
  );
  return id === undefined ? intendAnew(database, candidate, values) : { id, version: 1 };
}

/** A voided attempt's number is used again: its row is set anew, its events stay. */
function intendAnew(database: Database, { recipientId, n }: Candidate, values: readonly (string | number)[]): Written {
  const row = database.get(
    `UPDATE attempt SET phone = ?, version = version + 1, reference = ?, dispatch = ?, resource_id = ?, account = ?,
       definition = ?, intent_ms = ?, state = 'intent', detail = ?, ended_ms = NULL, polls = 0, holds_phone = 1
     WHERE recipient_id = ? AND n = ? AND state = 'voided' RETURNING id, version`,
    ...values,
    recipientId,
    n,
  );
  if (row === undefined) throw new InternalError('a call was granted whose attempt exists and is not voided');
  return { id: numberOf(row, 'id'), version: numberOf(row, 'version') };
}
