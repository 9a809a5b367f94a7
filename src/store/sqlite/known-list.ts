/**
 * The list that a wave's recipients were last made to match. Where the same is given again nothing is to be read: each of its
 * rows has its recipient, by its tag, and the ledger tells who was called since.
 */
import type { SkipReason } from '../../model/standing.ts';
import type { EnrolOptions, KnownComparison, KnownList } from '../contract/enrolment.ts';
import type { Scope } from '../contract/lease.ts';
import { unsettled } from './attempts.ts';
import type { Database } from './database.ts';
import { writeUnder } from './fence.ts';
import { numberIn, numberOf, textIn, textOf } from './row.ts';
import { isOptedOutInQuery } from './opt-outs.ts';
import { hasReruns } from './recalled.ts';
import type { Row } from './row.ts';
import { storedPhone, storedToldList } from './stored.ts';

type KnownOptions = Pick<EnrolOptions, 'certainSkip'> & { readonly nowMs: number };

/**
 * Part of the merge: keeps what a later comparison needs of the matched list. Nothing is kept where a row and its recipient
 * may part again without a list: where it was matched by its number, or where a call that is under way may turn out to be none,
 * and nobody lists its recipient, or the row says something else by now, or that it is suppressed.
 */
export function keepList(database: Database, waveId: number, { changed, suppressed }: KeptCounts): void {
  const isUncertain = [matchedOtherwise, mayComeBack].some((sql) => database.get(sql, waveId) !== undefined);
  database.run(
    `UPDATE wave SET list = iif(?, NULL, json_object('rows', (SELECT count(*) FROM listed), 'changed', ?, 'suppressed', ?))
     WHERE id = ?`,
    isUncertain,
    changed,
    suppressed,
    waveId,
  );
}

type KeptCounts = { readonly changed: number; readonly suppressed: number };

const matchedOtherwise = `
  SELECT 1 FROM matched m CROSS JOIN recipient r ON r.id = m.recipient_id AND r.wave_id = ?
  WHERE m.by_tag = 0 LIMIT 1`;

const mayComeBack = `
  SELECT 1 FROM attempt a INDEXED BY attempt_unsettled CROSS JOIN recipient r ON r.id = a.recipient_id
  LEFT JOIN kept k ON k.recipient_id = r.id LEFT JOIN listed l ON l.position = k.position
  WHERE a.wave_id = ? AND ${unsettled} AND (l.digest IS NOT r.digest OR l.suppressed = 1)
  LIMIT 1`;

/** A recipient came into the wave by no list. */
export function forgetList(database: Database, waveId: number): void {
  database.run('UPDATE wave SET list = NULL WHERE id = ?', waveId);
}

/** Names the list that was enrolled last. */
export function nameList(database: Database, scope: Scope, { fingerprint, told }: KnownList): void {
  writeUnder(database, scope, () => {
    database.run(
      "UPDATE wave SET list = json_set(list, '$.fingerprint', ?, '$.told', json(?)) WHERE id = ? AND list IS NOT NULL",
      fingerprint,
      JSON.stringify(told),
      scope.waveId,
    );
  });
}

/** `compare` for the list with this fingerprint. Undefined where it is not known, or where only its rows can tell. */
export function compareKnown(
  database: Database,
  waveId: number,
  fingerprint: string,
  { certainSkip, nowMs }: KnownOptions,
): KnownComparison | undefined {
  const list = database.get(
    `SELECT list ->> 'rows' AS total, list ->> 'changed' AS changed, list ->> 'suppressed' AS suppressed, list -> 'told' AS told
     FROM wave WHERE id = ? AND list ->> 'fingerprint' = ? AND stopped ->> 'kind' IS NOT 'cancelled'`,
    waveId,
    fingerprint,
  );
  if (list === undefined || wasClockAhead(database, waveId, nowMs) || hasReruns(database, waveId)) return undefined;
  let [pending, suppressed, removed, skipped] = [0, 0, 0, 0];
  const skips = new Map<SkipReason, number>();
  for (const group of uncalled(database, waveId, nowMs)) {
    if (group.kind === 'suppressed') suppressed += group.recipients;
    if (group.kind === 'removed') removed += group.recipients;
    if (group.kind !== 'asked') continue;
    // Of an older version, or of no list.
    if (!group.hasPlace) return undefined;
    const skip = skipOf(group, certainSkip);
    if (skip === undefined) pending += group.recipients;
    else {
      skips.set(skip, (skips.get(skip) ?? 0) + group.recipients);
      skipped += group.recipients;
    }
  }
  // A list of suppressed numbers may have been another for a while.
  if (suppressed !== numberOf(list, 'suppressed')) return undefined;
  const comparison = {
    fresh: 0,
    called: numberOf(list, 'total') - pending - suppressed - skipped,
    changed: numberOf(list, 'changed'),
    pending,
    ...(skips.size > 0 && { skips: Object.fromEntries(inOrder(skips)) }),
    suppressed,
    removed,
  };
  return { comparison, told: storedToldList(textOf(list, 'told')) };
}

/** Then people wait for times that mean nothing: the rows have the gates asked anew. */
function wasClockAhead(database: Database, waveId: number, nowMs: number): boolean {
  return database.get('SELECT 1 FROM run WHERE wave_id = ? AND started_ms > ? LIMIT 1', waveId, nowMs) !== undefined;
}

/** Recipients without a call who are alike in all that a certain skip depends on. */
type Group = {
  readonly kind: string;
  readonly hasPlace: boolean;
  readonly isOptedOut: boolean;
  readonly recipients: number;
  /** One of them. */
  readonly one: Row;
};

/** A time not to be called before that is over is none. One is looked up for each group: sorting goes by few columns. */
function uncalled(database: Database, waveId: number, nowMs: number): readonly Group[] {
  const anyOptOut = database.get('SELECT 1 FROM opt_out WHERE removed_ms IS NULL LIMIT 1') !== undefined;
  const groups = database.all(
    `SELECT CASE r.reason WHEN 'suppressed' THEN 'suppressed' WHEN 'removed' THEN 'removed' ELSE 'asked' END AS kind,
       r.place, ${anyOptOut ? isOptedOutInQuery : '0'} AS opted_out, min(r.id) AS id, count(*) AS recipients
     FROM recipient r WHERE r.wave_id = ?1 AND r.attempts = 0
     GROUP BY 1, 2, 3, iif(r.not_before_ms > ?2, r.not_before_ms, NULL), r.not_after_ms, r.enrolled_ms`,
    waveId,
    nowMs,
  );
  return groups.map((row) => ({
    kind: textOf(row, 'kind'),
    hasPlace: textIn(row, 'place') !== undefined,
    isOptedOut: numberOf(row, 'opted_out') === 1,
    recipients: numberOf(row, 'recipients'),
    one: database.get('SELECT * FROM recipient WHERE id = ?', numberOf(row, 'id')) ?? {},
  }));
}

function skipOf({ isOptedOut, one }: Group, certainSkip: EnrolOptions['certainSkip']): SkipReason | undefined {
  if (isOptedOut) return 'opted_out';
  const zone = textIn(one, 'zone');
  const notBeforeMs = numberIn(one, 'not_before_ms');
  const notAfterMs = numberIn(one, 'not_after_ms');
  const enrolledMs = numberOf(one, 'enrolled_ms');
  const timed = {
    phone: storedPhone(textOf(one, 'phone')),
    ...(zone !== undefined && { zone }),
    ...(notBeforeMs !== undefined && { notBeforeMs }),
    ...(notAfterMs !== undefined && { notAfterMs }),
  };
  return certainSkip?.(timed, () => enrolledMs);
}

function inOrder(skips: ReadonlyMap<SkipReason, number>): readonly (readonly [SkipReason, number])[] {
  return [...skips].toSorted(([a], [b]) => (a < b ? -1 : 1));
}

/**
 * `enrol` for the list with this fingerprint: whom a gate skipped before a first call, or held for the calls of others, it is
 * asked about again. False where the list is not known.
 */
export function enrolKnown(database: Database, scope: Scope, fingerprint: string): boolean {
  return writeUnder(database, scope, () => {
    const isKnown = database.get(
      "SELECT 1 FROM wave WHERE id = ? AND list ->> 'fingerprint' = ? AND stopped ->> 'kind' IS NOT 'cancelled'",
      scope.waveId,
      fingerprint,
    );
    if (isKnown === undefined || hasReruns(database, scope.waveId)) return false;
    database.run(askAgain, scope.waveId);
    return true;
  });
}

/** Calls that kept somebody from being called too often may have turned out to be none; other waits are as they were. */
const askAgain = `
  UPDATE recipient SET state = 'pending', reason = NULL, due_ms = 0, why = iif(attempts = 0, 'new', why)
  WHERE wave_id = ? AND (
    (state = 'skipped' AND attempts = 0 AND reason NOT IN ('suppressed', 'removed')) OR (state = 'pending' AND why = 'person'))`;
