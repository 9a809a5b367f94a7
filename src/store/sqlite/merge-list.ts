/** Makes the ledger's recipients what the matched list says; part of one transaction. Rows that are equal are not written. */
import type { Database } from './database.ts';
import { completeNumbers, numberOfNamed } from './found-number.ts';
import { numberOf } from './row.ts';

/** @param nowMs when the new ones entered the wave */
export function mergeList(database: Database, waveId: number, nowMs: number): void {
  database.run(borrowInputs);
  writeInputs(database);
  database.run(refreshUncalled);
  database.run(nameNameless);
  completeNumbers(database);
  database.run(refreshCalled);
  database.run(listAgain);
  database.run(rememberUnlisted, waveId);
  database.run(askGatesAgain, waveId);
  database.run(remove, waveId);
  insertNew(database, waveId, nowMs);
}

/** A row that means somebody else's recipient by its number, and whose own inputs are in the ledger already. */
const borrowInputs = `
  INSERT INTO listed_inputs
  SELECT m.position, i.row, i.variables, i.call
  FROM matched m
  CROSS JOIN listed l ON l.position = m.position
  CROSS JOIN recipient o ON o.id = m.recipient_id
  CROSS JOIN recipient r ON r.wave_id = o.wave_id AND r.tag = l.tag
  CROSS JOIN recipient_inputs i ON i.recipient_id = r.id
  WHERE m.by_tag = 0 AND NOT EXISTS (SELECT 1 FROM listed_inputs p WHERE p.position = m.position)`;

/** Those not called get all of it, those called the options of their next attempt. */
function writeInputs(database: Database): void {
  const insert = `
    INSERT INTO recipient_inputs (recipient_id, row, variables, call)
    SELECT k.recipient_id, i.row, i.variables, i.call
    FROM kept k CROSS JOIN listed_inputs i ON i.position = k.position`;
  database.run(`${insert} WHERE k.called = 0 OR k.nameless = 1 ON CONFLICT (recipient_id)
    DO UPDATE SET row = excluded.row, variables = excluded.variables, call = excluded.call`);
  database.run(`${insert} WHERE k.called = 1 AND k.nameless = 0 ON CONFLICT (recipient_id)
    DO UPDATE SET call = excluded.call`);
}

/** The gate's reasons to wait: whatever they were, it is asked again. */
const gateWaits = "('window', 'not_before', 'start_at', 'time_of_day', 'person', 'phone_busy')";

/**
 * Listed and not called: all is as the row says, and due now. A voided attempt keeps its wait and that it goes alone.
 */
const refreshUncalled = `
  UPDATE recipient SET key = n.key, phone = n.phone, zone = n.zone, not_before_ms = n.not_before_ms,
    not_after_ms = n.not_after_ms, place = n.place, digest = n.digest, call_digest = n.call_digest, position = n.position,
    state = iif(n.suppressed, 'skipped', 'pending'), reason = iif(n.suppressed, 'suppressed', NULL),
    due_ms = iif(state = 'pending' AND why = 'voided', due_ms, 0),
    why = iif(state = 'pending' AND why = 'voided', 'voided', 'new')
  FROM (SELECT k.recipient_id, l.* FROM kept k CROSS JOIN listed l ON l.position = k.position WHERE k.called = 0) n
  WHERE recipient.id = n.recipient_id AND (
    recipient.digest IS NOT n.digest OR recipient.call_digest IS NOT n.call_digest OR recipient.position <> n.position
    OR recipient.key IS NOT n.key OR recipient.place IS NOT n.place
    OR iif(n.suppressed, recipient.reason IS NOT 'suppressed', recipient.state = 'skipped' OR why IN ${gateWaits}))`;

/** Found at the provider by reference, and now a row tells who it is; as for anybody who was called, the number is that of the call. */
const nameNameless = `
  UPDATE recipient SET key = n.key, phone = ${numberOfNamed}, zone = n.zone, not_before_ms = n.not_before_ms,
    not_after_ms = n.not_after_ms, place = n.place, digest = n.digest, call_digest = n.call_digest, position = n.position
  FROM (SELECT k.recipient_id, l.* FROM kept k CROSS JOIN listed l ON l.position = k.position
    WHERE k.called = 1 AND k.nameless = 1) n
  WHERE recipient.id = n.recipient_id`;

/** Their number is that of the call; the place of the row is theirs where it is the row's, too. */
const refreshCalled = `
  UPDATE recipient SET call_digest = n.call_digest, position = n.position, place = n.place
  FROM (SELECT k.recipient_id, l.call_digest, l.position, iif(l.digest IS r.digest, l.place, r.place) AS place
    FROM kept k CROSS JOIN listed l ON l.position = k.position CROSS JOIN recipient r ON r.id = k.recipient_id
    WHERE k.called = 1 AND k.nameless = 0) n
  WHERE recipient.id = n.recipient_id AND (
    recipient.call_digest IS NOT n.call_digest OR recipient.position <> n.position OR recipient.place IS NOT n.place)`;

/** Had a retry due when the row was gone, or when nobody knew whose it was; see moveToPending in standing.ts. */
const listAgain = `
  UPDATE recipient SET state = 'pending', reason = NULL
  WHERE id IN (SELECT recipient_id FROM kept WHERE called = 1) AND state = 'skipped' AND reason = 'removed'`;

/**
 * Whoever is being called and is no longer listed is not tried again: see moveToPending in standing.ts. That a row names them
 * again counts also where the call turned out to be none.
 */
const rememberUnlisted = `
  UPDATE recipient SET listed = NOT listed
  WHERE wave_id = ? AND (attempts > 0 OR NOT listed) AND listed <> EXISTS (SELECT 1 FROM kept k WHERE k.recipient_id = recipient.id)`;

/** The file's windows may be others now. */
const askGatesAgain = `
  UPDATE recipient SET due_ms = 0
  WHERE wave_id = ? AND state = 'pending' AND attempts > 0 AND due_ms > 0 AND why IN ${gateWaits}`;

/** Who waits, for a first call or for a retry, and is no longer listed is not called. */
const remove = `
  UPDATE recipient SET state = 'skipped', reason = 'removed'
  WHERE wave_id = ? AND (attempts = 0 OR state = 'pending') AND reason IS NOT 'removed'
    AND NOT EXISTS (SELECT 1 FROM kept k WHERE k.recipient_id = recipient.id)`;

/** Ids follow the list, so that neighbours in the list are neighbours on the disk. */
function insertNew(database: Database, waveId: number, nowMs: number): void {
  const row = database.get('SELECT coalesce(max(id), 0) AS last FROM recipient');
  const base = row === undefined ? 0 : numberOf(row, 'last');
  database.run(
    `INSERT INTO recipient (id, wave_id, tag, key, phone, zone, not_before_ms, not_after_ms, place, digest, call_digest,
       position, enrolled_ms, state, next_n, due_ms, why, reason)
     SELECT ? + l.position, ?, l.tag, l.key, l.phone, l.zone, l.not_before_ms, l.not_after_ms, l.place, l.digest,
       l.call_digest, l.position, ?, iif(l.suppressed, 'skipped', 'pending'), 1, 0, 'new', iif(l.suppressed, 'suppressed', NULL)
     FROM listed l WHERE NOT EXISTS (SELECT 1 FROM matched m WHERE m.position = l.position) ORDER BY l.position`,
    base,
    waveId,
    nowMs,
  );
  database.run(
    `INSERT INTO recipient_inputs (recipient_id, row, variables, call)
     SELECT ? + i.position, i.row, i.variables, i.call
     FROM listed_inputs i WHERE NOT EXISTS (SELECT 1 FROM matched m WHERE m.position = i.position) ORDER BY i.position`,
    base,
  );
}
