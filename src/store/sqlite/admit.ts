/**
 * The group commit of design 6: candidates that are due are shown to `grant` in due and list order; the intents of those
 * granted and the waits of the others are written in one transaction, before anything is sent.
 */
import { InternalError } from '../../model/internal-error.ts';
import { intentState, type Admitted, type Candidate, type SkipReason } from '../../model/attempt.ts';
import type { Admission, GrantDecision, Scope, Store } from '../contract.ts';
import { addEvent, countsAttempts, isPhoneBusy } from './attempt-columns.ts';
import { earlierOutcomes, slots } from './attempts.ts';
import { earlierStarts, personCalls } from './earlier-calls.ts';
import type { Database } from './database.ts';
import { writeUnder } from './fence.ts';
import { isOptedOutInQuery } from './opt-outs.ts';
import { numberIn, numberOf, textIn, textOf } from './row.ts';
import type { Row } from './row.ts';
import { writeStanding } from './standing.ts';
import { storedCells, storedFields, storedPhone, storedScalars, storedState } from './stored.ts';
import { SharedWaits, type Reached } from './shared-waits.ts';
import { stopOf } from './stops.ts';
import { OpenTally } from './tallies.ts';

export type AdmitOptions = Parameters<Store['admit']>[1];

/** Candidates shown to `grant` in one transaction: others may want to write, and answers must not wait. */
const mostShown = 5_000;
const pageSize = 250;

export function admit(database: Database, scope: Scope, asked: AdmitOptions): Admission {
  return writeUnder(database, scope, () => {
    const open = new OpenTally(database, scope, asked.tallying);
    const stopped = stopOf(database, scope.waveId);
    if (stopped !== undefined) return { admitted: [], more: false, tally: open.tally, stopped };
    open.judge();
    const { tripped } = open;
    if (tripped !== undefined) return { admitted: [], more: false, tally: open.tally, tripped };
    const options = { ...asked, max: room(database, scope, asked) };
    const admitted: Admitted[] = [];
    const more = options.max <= 0 || admitAll(database, scope, { options, open, admitted });
    open.close();
    return { admitted, more, tally: open.tally };
  });
}

type Admitting = { readonly options: AdmitOptions; readonly open: OpenTally; readonly admitted: Admitted[] };

/** Whether more candidates are due. */
function admitAll(database: Database, scope: Scope, admitting: Admitting): boolean {
  const shared = new SharedWaits();
  let shown = 0;
  for (const { rows, reached } of pages(database, scope, admitting.options)) {
    const isFirst = shared.isEmpty;
    let isShared = false;
    for (const row of rows) {
      if (admitting.admitted.length >= admitting.options.max || shown >= mostShown) return true;
      const decision = decide(database, scope, row, admitting);
      if (decision.kind === 'stop') return true;
      if (decision.kind === 'wait' && decision.shared) {
        isShared = true;
        shared.add(row, decision);
      }
      shown += 1;
    }
    // Once a turn: who shares a wait after those that were written is for the next.
    if (isShared && !isFirst) return true;
    if (!shared.isEmpty && isFirst) shared.write(database, scope, { nowMs: admitting.options.nowMs, after: reached });
  }
  return false;
}

/** Asks about one recipient, and carries out the answer. */
function decide(database: Database, scope: Scope, row: Row, { options, open, admitted }: Admitting): GrantDecision {
  const candidate = candidateOf(database, scope, row, options);
  const decision = options.grant(candidate, open.tally);
  const one = carryOut(database, scope, { row, candidate, decision, nowMs: options.nowMs });
  if (one !== undefined && decision.kind === 'grant') {
    const { recipientId, key, phone, n, state } = one.attempt;
    open.count({ recipientId, key, phone, n, event: decision.event, state }, options.nowMs);
    admitted.push(one);
  }
  return decision;
}

function room(database: Database, scope: Scope, { max, slots: bound }: AdmitOptions): number {
  return bound === undefined ? max : Math.min(max, bound.most - slots(database, scope, bound.acceptedSinceMs));
}

/** At least so many attempts, by the index alone. */
const isOftenCalled = `(
  SELECT 1 FROM attempt a INDEXED BY attempt_phone WHERE a.phone = r.phone AND a.intent_ms >= ?7 LIMIT 1 OFFSET ?8) IS NOT NULL`;

type Page = { readonly rows: readonly Row[]; readonly reached: Reached };

/** Due recipients; those that wait from now on have left the order before the next page is read. */
function* pages(database: Database, scope: Scope, options: AdmitOptions): Generator<Page> {
  const { person = [] } = options;
  const size = Math.min(pageSize, options.max + 1);
  let reached: Reached = { dueMs: Number.MIN_SAFE_INTEGER, position: 0, id: 0 };
  for (;;) {
    const rows = database.all(
      `SELECT r.id, r.key, r.phone, r.zone, r.not_before_ms, r.not_after_ms, r.enrolled_ms, r.next_n, r.due_ms, r.position,
         r.alone, r.place, r.call_digest,
         i.row, i.variables, i.call, ${isOptedOutInQuery} AS opted_out,
         ${person.length === 0 ? '0' : isOftenCalled} AS often_called
       FROM recipient r JOIN recipient_inputs i ON i.recipient_id = r.id
       WHERE r.wave_id = ?1 AND r.state = 'pending' AND r.due_ms <= ?2 AND (r.due_ms, r.position, r.id) > (?3, ?4, ?5)
       ORDER BY r.due_ms, r.position, r.id LIMIT ?6`,
      scope.waveId,
      options.nowMs,
      reached.dueMs,
      reached.position,
      reached.id,
      size,
      ...(person.length === 0 ? [] : [Math.min(...person.map(({ sinceMs }) => sinceMs)), fewestCalls(person) - 1]),
    );
    const end = rows.at(-1);
    if (end === undefined) return;
    reached = { dueMs: numberOf(end, 'due_ms'), position: numberOf(end, 'position'), id: numberOf(end, 'id') };
    yield { rows, reached };
    if (rows.length < size) return;
  }
}

function candidateOf(database: Database, scope: Scope, row: Row, options: AdmitOptions): Candidate {
  const phone = storedPhone(textOf(row, 'phone'));
  const zone = textIn(row, 'zone');
  const notBeforeMs = numberIn(row, 'not_before_ms');
  const notAfterMs = numberIn(row, 'not_after_ms');
  const n = numberOf(row, 'next_n');
  return {
    recipientId: numberOf(row, 'id'),
    key: textOf(row, 'key'),
    phone,
    ...(zone === undefined ? {} : { zone }),
    ...(notBeforeMs === undefined ? {} : { notBeforeMs }),
    ...(notAfterMs === undefined ? {} : { notAfterMs }),
    enrolledMs: numberOf(row, 'enrolled_ms'),
    n,
    alone: numberOf(row, 'alone') === 1,
    call: storedFields(textOf(row, 'call')),
    phoneBusy: isPhoneBusy(database, phone),
    optedOut: numberOf(row, 'opted_out') === 1,
    earlierMs: options.earlier === true && n > 1 ? earlierStarts(database, numberOf(row, 'id')) : [],
    personCallsMs: cappedCalls(database, scope, row, options),
  };
}

/** Most people were called less often than any cap allows: their calls need not be looked at. */
function cappedCalls(
  database: Database,
  scope: Scope,
  row: Row,
  { person = [] }: AdmitOptions,
): Candidate['personCallsMs'] {
  const isOften = numberOf(row, 'often_called') === 1;
  const phone = textOf(row, 'phone');
  return person.map((cap) => (isOften ? personCalls(database, scope, phone, cap) : []));
}

function fewestCalls(person: NonNullable<AdmitOptions['person']>): number {
  return Math.min(...person.map(({ calls }) => calls));
}

type Decided = {
  readonly row: Row;
  readonly candidate: Candidate;
  readonly decision: GrantDecision;
  readonly nowMs: number;
};

function carryOut(database: Database, scope: Scope, decided: Decided): Admitted | undefined {
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

/** Time that ran out does not come back; what else keeps somebody from being called may be taken back. */
const isForGood: Readonly<Partial<Record<SkipReason, true>>> = {
  not_after: true,
  end_at: true,
  expired: true,
  no_window: true,
};

/** Whom no retry can reach any more ends as the last attempt did. False where there was none. */
function endAsTried(database: Database, { recipientId, n }: Candidate): boolean {
  const row = database.get(
    `SELECT detail FROM attempt WHERE recipient_id = ? AND n < ? AND state IN ('ended', 'rejected') ORDER BY n DESC LIMIT 1`,
    recipientId,
    n,
  );
  if (row === undefined) return false;
  const last = storedState(textOf(row, 'detail'));
  writeStanding(database, recipientId, { kind: last.kind === 'rejected' ? 'rejected' : 'done' }, last);
  return true;
}

type Granted = Decided & { readonly decision: GrantDecision & { readonly kind: 'grant' } };

function intend(database: Database, scope: Scope, { row, candidate, decision, nowMs }: Granted): Admitted {
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
