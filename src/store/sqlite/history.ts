/** Everything that the ledger knows of one person, in the waves of one address. */
import type { RecipientHistory } from '../../model/wave.ts';
import type { Database } from './database.ts';
import { numberIn, numberOf, textIn, textOf } from './row.ts';
import { standingOf } from './standing.ts';
import { storedEvent, storedParent, storedPhone, storedState } from './stored.ts';
import { toldZone } from './told-zone.ts';

/** A person, by key or number. */
export type Who = { readonly key: string; readonly phone?: string };

/** In the order of the waves and of their lists. An address has few waves, so that a scan of their recipients is no matter. */
export function historyOf(database: Database, address: string, { key, phone }: Who): readonly RecipientHistory[] {
  const rows = database.all(
    `SELECT r.id, w.wave, w.parent, coalesce(r.key, r.tag) AS key, r.phone, ${toldZone} AS zone, r.enrolled_ms, r.state, r.next_n, r.due_ms,
       r.why, r.alone, r.reason, a.detail, a.due_ms AS look_ms
     FROM wave w JOIN recipient r ON r.wave_id = w.id
     LEFT JOIN attempt a ON a.recipient_id = r.id AND a.n = (SELECT max(b.n) FROM attempt b WHERE b.recipient_id = r.id)
     WHERE w.address = ?1 AND (r.key = ?2 OR r.phone = ?3) ORDER BY w.id, r.position, r.id`,
    address,
    key,
    phone,
  );
  return rows.map((row) => {
    const zone = textIn(row, 'zone');
    const detail = textIn(row, 'detail');
    const lookMs = numberIn(row, 'look_ms');
    const parent = textIn(row, 'parent');
    return {
      wave: textOf(row, 'wave'),
      ...(parent === undefined ? {} : { parent: storedParent(parent) }),
      key: textOf(row, 'key'),
      phone: storedPhone(textOf(row, 'phone')),
      ...(zone === undefined ? {} : { zone }),
      enrolledMs: numberOf(row, 'enrolled_ms'),
      standing: standingOf(row),
      ...(detail === undefined ? {} : { latest: storedState(detail) }),
      ...(lookMs === undefined ? {} : { lookMs }),
      events: eventsOf(database, numberOf(row, 'id')),
    };
  });
}

function eventsOf(database: Database, recipientId: number): RecipientHistory['events'] {
  const rows = database.all(
    `SELECT a.n, e.at_ms, e.detail FROM attempt a JOIN event e ON e.attempt_id = a.id
     WHERE a.recipient_id = ? ORDER BY a.n, e.seq`,
    recipientId,
  );
  return rows.map((row) => ({
    n: numberOf(row, 'n'),
    atMs: numberOf(row, 'at_ms'),
    event: storedEvent(textOf(row, 'detail')),
  }));
}
