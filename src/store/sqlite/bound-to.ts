/** Attempts by the ids that the provider gave them. */
import type { Attempt } from '../../model/attempt.ts';
import { digitsOf, isUnreadable, maybeSamePhone, phoneEnding } from '../../model/same-phone.ts';
import type { Sighting } from '../../model/sighting.ts';
import type { Database } from './database.ts';
import { textIn, textOf, type Row } from './row.ts';

/**
 * The reference of the attempt whose handle a sighting shows. The number must be the same as well, as far as it can be read:
 * two accounts may count their calls alike.
 */
export function boundTo(
  database: Database,
  { batchId, callId, phone }: Pick<Sighting, 'batchId' | 'callId' | 'phone'>,
): string | undefined {
  const called =
    callId === undefined ? [] : database.all('SELECT reference, phone FROM attempt WHERE call_id = ?', callId);
  const byCall = theOne(called, phone);
  if (byCall !== undefined || batchId === undefined || isUnreadable(phone)) return byCall;
  const batch = database.all(
    'SELECT reference, phone FROM attempt WHERE batch_id = ? AND substr(phone, -7) = ?',
    batchId,
    phoneEnding(phone),
  );
  return theOne(batch, phone);
}

/** The reference of the attempt to the number; undefined where it may be that of several. */
function theOne(rows: readonly Row[], phone: string): string | undefined {
  const same = rows.filter((row) => maybeSamePhone(phone, textOf(row, 'phone')));
  const exact = same.find((row) => digitsOf(textOf(row, 'phone')) === digitsOf(phone));
  const [only, ...others] = exact === undefined ? same : [exact];
  return only === undefined || others.length > 0 ? undefined : textOf(only, 'reference');
}

/** All of a dispatch are intended at one moment. */
export function batchOf(
  database: Database,
  waveId: number,
  { dispatch, intentMs }: Pick<Attempt, 'dispatch' | 'intentMs'>,
): string | undefined {
  const row = database.get(
    `SELECT batch_id FROM attempt INDEXED BY attempt_started
     WHERE wave_id = ? AND intent_ms = ? AND dispatch = ? AND batch_id IS NOT NULL LIMIT 1`,
    waveId,
    intentMs,
    dispatch,
  );
  return row === undefined ? undefined : textIn(row, 'batch_id');
}
