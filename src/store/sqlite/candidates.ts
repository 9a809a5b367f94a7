/** Recipients of a wave that are due, as the gates see them. */
import type { Candidate } from '../../model/candidate.ts';
import type { Scope } from '../contract/lease.ts';
import type { Store } from '../contract/store.ts';
import { isPhoneBusy } from './attempt-columns.ts';
import type { Database } from './database.ts';
import { earlierStarts, personCalls } from './earlier-calls.ts';
import { isOptedOutInQuery } from './opt-outs.ts';
import { planned } from './planned.ts';
import { numberIn, numberOf, textIn, textOf } from './row.ts';
import type { Row } from './row.ts';
import type { Reached } from './shared-waits.ts';
import { storedFields, storedPhone } from './stored.ts';

export type AdmitOptions = Parameters<Store['admit']>[1];

const pageSize = 250;

/** At least so many attempts that were made since then, or were not over: a call may have been scheduled long before it was dialled. */
const isOftenCalled = `(
  SELECT 1 FROM attempt a INDEXED BY attempt_phone
  WHERE a.phone = r.phone AND (a.intent_ms >= ?7 OR coalesce(a.ended_ms, ?7) >= ?7) LIMIT 1 OFFSET ?8) IS NOT NULL`;

type Page = { readonly rows: readonly Row[]; readonly reached: Reached };

/** Due recipients in due and list order; those that wait from now on have left the order before the next page is read. */
export function* pages(database: Database, scope: Scope, options: AdmitOptions): Generator<Page> {
  const { person = [] } = options;
  if (database.get(anyDue, scope.waveId, options.nowMs) === undefined) return;
  const size = Math.min(pageSize, options.max + 1);
  let reached: Reached = { dueMs: Number.MIN_SAFE_INTEGER, position: 0, id: 0 };
  for (;;) {
    const rows = database.all(
      `SELECT r.id, r.key, r.tag, r.phone, r.zone, r.not_before_ms, r.not_after_ms, r.enrolled_ms, r.next_n, r.due_ms, r.position,
         r.alone, r.place, r.call_digest,
         i.row, i.variables, i.call, ${isOptedOutInQuery} AS opted_out,
         ${person.length === 0 ? '0' : isOftenCalled} AS often_called
       FROM recipient r JOIN recipient_inputs i ON i.recipient_id = r.id
       WHERE r.wave_id = ?1 AND r.state = 'pending' AND r.due_ms <= ?2 AND (r.due_ms, r.position, r.id) > (?3, ?4, ?5)
       ORDER BY r.due_ms, r.position, r.id LIMIT ${planned('?6')}`,
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

/** Asked first, as it costs next to nothing where nobody is due. */
const anyDue = "SELECT 1 FROM recipient WHERE wave_id = ? AND state = 'pending' AND due_ms <= ? LIMIT 1";

/** A recipient as `grant` sees it. */
export function candidateOf(database: Database, scope: Scope, row: Row, options: AdmitOptions): Candidate {
  const phone = storedPhone(textOf(row, 'phone'));
  const zone = textIn(row, 'zone');
  const notBeforeMs = numberIn(row, 'not_before_ms');
  const notAfterMs = numberIn(row, 'not_after_ms');
  const n = numberOf(row, 'next_n');
  return {
    recipientId: numberOf(row, 'id'),
    key: textOf(row, 'key'),
    tag: textOf(row, 'tag'),
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
