/** Who is not to be called, in any campaign of the store; rows are added and taken back, never deleted. */
import type { OptOut, OptOutNote, OptOutSource } from '../../model/opt-out.ts';
import type { E164 } from '../../model/recipient.ts';
import type { Database } from './database.ts';
import { numberIn, numberOf, textIn, textOf } from './row.ts';
import type { Row } from './row.ts';
import { storedPhone } from './stored.ts';

/** Whether nobody may call the number now, as a part of a query; the column `phone` of table `r` is meant. */
export const isOptedOutInQuery = 'EXISTS (SELECT 1 FROM opt_out o WHERE o.phone = r.phone AND o.removed_ms IS NULL)';

/** Whether nobody may call the number now. */
export function isOptedOut(database: Database, phone: E164): boolean {
  return database.get('SELECT 1 FROM opt_out WHERE phone = ? AND removed_ms IS NULL', phone) !== undefined;
}

/** Most stores know of none: then nobody of a long list needs to be looked for. */
export function isAnybodyOptedOut(database: Database): boolean {
  return database.get('SELECT 1 FROM opt_out WHERE removed_ms IS NULL LIMIT 1') !== undefined;
}

/** In the order in which they were added. */
export function optOuts(database: Database): readonly OptOut[] {
  const rows = database.all(
    `SELECT o.*, w.address, w.wave, a.n FROM opt_out o
     LEFT JOIN attempt a ON a.id = o.attempt_id LEFT JOIN wave w ON w.id = a.wave_id ORDER BY o.id`,
  );
  return rows.map((row) => {
    const removed = removalOf(row);
    const phone = storedPhone(textOf(row, 'phone'));
    return { phone, source: sourceOf(row), ...(removed === undefined ? {} : { removed }) };
  });
}

/** Answers those that were not on the list. */
export function addOptOuts(database: Database, phones: readonly E164[], note: OptOutNote): readonly E164[] {
  return database.write(() =>
    phones.filter(
      (phone) =>
        database.run(
          'INSERT INTO opt_out (phone, at_ms, by, because) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
          phone,
          note.atMs,
          note.by,
          note.because,
        ) > 0,
    ),
  );
}

/** Answers those that were on the list. */
export function removeOptOuts(database: Database, phones: readonly E164[], note: OptOutNote): readonly E164[] {
  return database.write(() =>
    phones.filter(
      (phone) =>
        database.run(
          `UPDATE opt_out SET removed_ms = ?, removed_by = ?, removed_because = ?
           WHERE phone = ? AND removed_ms IS NULL`,
          note.atMs,
          note.by,
          note.because,
          phone,
        ) > 0,
    ),
  );
}

/**
 * Part of the transaction that learns of it from a call. A call found at the provider may show its number as it is dialled
 * within the country, so the number that the list gives the recipient counts as well. What a person took off the list
 * afterwards is not put there again by the same call.
 */
export function optOutByCall(database: Database, attemptId: number, atMs: number): void {
  database.run(
    `INSERT INTO opt_out (phone, at_ms, attempt_id)
     SELECT n.phone, ?2, ?1 FROM (
       SELECT phone FROM attempt WHERE id = ?1
       UNION SELECT r.phone FROM attempt a JOIN recipient r ON r.id = a.recipient_id WHERE a.id = ?1) n
     WHERE n.phone GLOB '+[1-9]*' AND NOT EXISTS (SELECT 1 FROM opt_out o WHERE o.phone = n.phone AND (o.attempt_id = ?1
       OR o.removed_ms >= (SELECT ended_ms FROM attempt WHERE id = ?1)))
     ON CONFLICT DO NOTHING`,
    attemptId,
    atMs,
  );
}

function sourceOf(row: Row): OptOutSource {
  const atMs = numberOf(row, 'at_ms');
  if (textIn(row, 'by') !== undefined)
    return { kind: 'person', ...noteOf(row, { atMs, by: 'by', because: 'because' }) };
  return {
    kind: 'call',
    atMs,
    address: textOf(row, 'address'),
    wave: textOf(row, 'wave'),
    attempt: numberOf(row, 'n'),
  };
}

function removalOf(row: Row): OptOutNote | undefined {
  const atMs = numberIn(row, 'removed_ms');
  return atMs === undefined ? undefined : noteOf(row, { atMs, by: 'removed_by', because: 'removed_because' });
}

function noteOf(
  row: Row,
  columns: { readonly atMs: number; readonly by: string; readonly because: string },
): OptOutNote {
  const because = textIn(row, columns.because);
  return { atMs: columns.atMs, by: textOf(row, columns.by), ...(because === undefined ? {} : { because }) };
}
