/** Recipients that have no final state yet, and what each of them waits for. */
import type { Unfinished, WaitGroup } from '../../model/wave.ts';
import type { Database } from './database.ts';
import { planned } from './planned.ts';
import { numberIn, numberOf, textIn, textOf } from './row.ts';
import type { Row } from './row.ts';
import { storedPhone, storedUnfinishedState, storedWait } from './stored.ts';
import { toldZone } from './told-zone.ts';

/** A recipient is looked at again when its latest attempt is; those of one window are due at one moment. */
export function waitGroups(database: Database, waveId: number): readonly WaitGroup[] {
  const rows = database.all(
    `SELECT 'pending' AS state, r.why, ${toldZone} AS zone, count(*) AS recipients, min(r.due_ms) AS due_ms
     FROM recipient r WHERE r.wave_id = ?1 AND r.state = 'pending' GROUP BY r.why, 3, iif(r.why = 'window', r.due_ms, NULL)
     UNION ALL
     SELECT r.state, NULL, NULL, count(*), min(a.due_ms)
     FROM recipient r LEFT JOIN attempt a ON a.recipient_id = r.id AND ${isLatest}
     WHERE r.wave_id = ?1 AND r.state IN ('intent', 'accepted', 'in_doubt') GROUP BY r.state
     ORDER BY 4 DESC, 1, 2, 3, 5`,
    waveId,
  );
  return rows.map((row) => ({ ...waitOf(row), recipients: numberOf(row, 'recipients') }));
}

/** Pending ones and those under way, in list order. */
export function unfinished(database: Database, waveId: number, most: number): readonly Unfinished[] {
  const rows = database.all(
    `SELECT coalesce(r.key, r.tag) AS key, r.phone, r.state, iif(r.state = 'pending', r.why, NULL) AS why, ${toldZone} AS zone,
       iif(r.state = 'pending', r.due_ms, a.due_ms) AS due_ms, a.intent_ms, coalesce(a.n, 0) AS attempts
     FROM recipient r LEFT JOIN attempt a ON a.recipient_id = r.id AND ${isLatest}
     WHERE r.wave_id = ? AND r.state IN ('pending', 'accepted')
     ORDER BY r.position, r.id LIMIT ${planned('?')}`,
    waveId,
    most,
  );
  return rows.map((row) => {
    const calledMs = numberIn(row, 'intent_ms');
    return {
      ...waitOf(row),
      key: textOf(row, 'key'),
      phone: storedPhone(textOf(row, 'phone')),
      attempts: numberOf(row, 'attempts'),
      ...(calledMs === undefined ? {} : { calledMs }),
    };
  });
}

const isLatest = 'a.n = (SELECT max(b.n) FROM attempt b WHERE b.recipient_id = r.id)';

function waitOf(row: Row): Omit<WaitGroup, 'recipients'> {
  const why = textIn(row, 'why');
  const zone = textIn(row, 'zone');
  const dueMs = numberIn(row, 'due_ms');
  return {
    state: storedUnfinishedState(textOf(row, 'state')),
    ...(why === undefined ? {} : { why: storedWait(why) }),
    ...(zone === undefined ? {} : { zone }),
    ...(dueMs === undefined ? {} : { dueMs }),
  };
}
