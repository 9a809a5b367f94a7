/** Calls at the provider that nothing binds to an attempt: whether the ledger may know them all the same. */
import type { Sighting } from '../../model/sighting.ts';
import { clocksApartMs } from '../../model/clocks-apart.ts';
import { isUnreadable, maybeSamePhone, phoneEnding } from '../../model/same-phone.ts';
import type { Database } from './database.ts';
import { numberOf, textOf } from './row.ts';

/** A retry may follow a call that is under way; of one in doubt the look-up says which call it is. */
const mayBeCalled = "(attempts = 0 OR state IN ('pending', 'accepted'))";

/** Which of these calls may be to people who are called first or again, and are of no attempt that the ledger knows. */
export function unknownCalls(database: Database, waveId: number, calls: readonly Sighting[]): readonly Sighting[] {
  const rows = database.all(
    `SELECT DISTINCT phone FROM recipient
     WHERE wave_id = ? AND ${mayBeCalled} AND substr(phone, -7) IN (SELECT value FROM json_each(?))`,
    waveId,
    JSON.stringify(calls.map(({ phone }) => phoneEnding(phone))),
  );
  const phones = rows.map((row) => textOf(row, 'phone'));
  const callable = phones.map((phone) => ({ phone, unbound: unboundOf(database, waveId, phone) }));
  const byEnding = Map.groupBy(callable, ({ phone }) => phoneEnding(phone));
  const isAnyDue = database.get(`SELECT 1 FROM recipient WHERE wave_id = ? AND ${mayBeCalled} LIMIT 1`, waveId);
  return calls.filter((call) => {
    const meant = (byEnding.get(phoneEnding(call.phone)) ?? []).filter(({ phone }) =>
      maybeSamePhone(call.phone, phone),
    );
    const isMeant = isUnreadable(call.phone) ? isAnyDue !== undefined : meant.length > 0;
    return isMeant && !meant.some(({ unbound }) => accountFor(unbound, call));
  });
}

/** When an attempt may have been a call. */
type Unbound = { readonly fromMs: number; readonly untilMs: number };

/** Attempts to a number that may have been calls which nothing binds to them, in all waves of the address. */
function unboundOf(database: Database, waveId: number, phone: string): Unbound[] {
  const rows = database.all(
    `SELECT intent_ms, max(intent_ms, coalesce(ended_ms, 9e999)) AS until_ms FROM attempt a JOIN wave w ON w.id = a.wave_id
     WHERE a.phone = ? AND a.call_id IS NULL AND a.batch_id IS NULL AND a.state NOT IN ('voided', 'rejected')
       AND w.address = (SELECT address FROM wave WHERE id = ?)`,
    phone,
    waveId,
  );
  return rows.map((row) => ({
    fromMs: numberOf(row, 'intent_ms') - clocksApartMs,
    untilMs: numberOf(row, 'until_ms') + clocksApartMs,
  }));
}

/** Each attempt accounts for one call. */
function accountFor(unbound: Unbound[], { createdMs }: Sighting): boolean {
  const index = unbound.findIndex(
    ({ fromMs, untilMs }) => createdMs === undefined || (createdMs >= fromMs && createdMs <= untilMs),
  );
  if (index >= 0) unbound.splice(index, 1);
  return index >= 0;
}
