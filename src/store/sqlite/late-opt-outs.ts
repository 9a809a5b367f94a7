/** Opt-outs that a provider tells later than the end of the call, or of a call that nobody asks for any more. */
import type { Sighting } from '../../model/sighting.ts';
import { parseReference } from '../../model/reference.ts';
import { maybeSamePhone } from '../../model/same-phone.ts';
import type { Scope } from '../contract/lease.ts';
import type { Database } from './database.ts';
import { writeUnder } from './fence.ts';
import { optOutByCall } from './opt-outs.ts';
import { numberOf, textOf } from './row.ts';

/** Heeds those calls of the address in which somebody asked not to be called again. */
export function heedOptOuts(database: Database, scope: Scope, calls: readonly Sighting[], wallMs: number): void {
  const attempts = calls.flatMap((call) => (call.optOut ? attemptsOf(database, scope, call) : []));
  const news = attempts.filter((id) => !isHeeded(database, id));
  if (news.length === 0) return;
  writeUnder(database, scope, () => {
    for (const id of news) optOutByCall(database, id, wallMs);
  });
}

function attemptsOf(database: Database, scope: Scope, call: Sighting): readonly number[] {
  const reference = parseReference(call.reference ?? '');
  const named =
    reference === undefined
      ? []
      : database.all(
          `SELECT a.id FROM wave w CROSS JOIN recipient r ON r.wave_id = w.id AND r.tag = ?
           CROSS JOIN attempt a ON a.recipient_id = r.id AND a.n = ? AND a.reference = ? WHERE w.address = ?`,
          reference.recipient,
          reference.n,
          call.reference,
          scope.address,
        );
  // Calls of an address that was renamed are known by their id alone.
  const found = named.length > 0 ? named : calledAs(database, call);
  return found.map((row) => numberOf(row, 'id'));
}

function calledAs(database: Database, { callId, phone }: Sighting): ReturnType<Database['all']> {
  if (callId === undefined) return [];
  const rows = database.all('SELECT id, phone FROM attempt WHERE call_id = ?', callId);
  return rows.filter((row) => maybeSamePhone(phone, textOf(row, 'phone')));
}

function isHeeded(database: Database, attemptId: number): boolean {
  return database.get('SELECT 1 FROM opt_out WHERE attempt_id = ?', attemptId) !== undefined;
}
