/**
 * Which recipient of the ledger each staged row means (design 6): one called under the same key; else, unless call_each, one
 * called at the same number; else one with the same key that was not called yet. Reads the ledger, writes temporary tables.
 */
import { InternalError } from '../../model/internal-error.ts';
import type { Comparison } from '../contract/enrolment.ts';
import type { Database } from './database.ts';
import { markRecalled } from './recalled.ts';
import { numberOf, textOf } from './row.ts';

/** Finds the recipient of each staged row, and counts how the list compares with the wave. */
export function matchList(database: Database, waveId: number, callEach: boolean): Comparison {
  database.run(matchByTag, waveId);
  if (!callEach) database.run(matchByPhone, waveId);
  markRecalled(database, waveId, callEach);
  // The row with its key speaks for a recipient that two rows mean.
  database.run(keepMatched, true);
  database.run(keepMatched, false);
  const row = database.get(count);
  const gone = database.get(countRemoved, waveId);
  if (row === undefined || gone === undefined) throw new InternalError('an aggregate without GROUP BY has one row');
  return {
    fresh: numberOf(row, 'fresh'),
    called: numberOf(row, 'called'),
    changed: numberOf(row, 'changed'),
    pending: numberOf(row, 'pending'),
    ...skipsIn(database),
    suppressed: numberOf(row, 'suppressed'),
    removed: numberOf(gone, 'removed'),
  };
}

function skipsIn(database: Database): Pick<Comparison, 'skips'> {
  const rows = database.all(countSkips);
  if (rows.length === 0) return {};
  return { skips: Object.fromEntries(rows.map((row) => [textOf(row, 'skip'), numberOf(row, 'recipients')])) };
}

// CROSS JOIN and INDEXED BY: SQLite does not know how long these tables are, and another order of loops would look at all of
// one for each row of the other. https://www.sqlite.org/optoverview.html#crossjoin
const matchByTag = `
  INSERT INTO matched (position, recipient_id, by_tag, called)
  SELECT l.position, r.id, 1, r.attempts > 0
  FROM listed l CROSS JOIN recipient r ON r.wave_id = ? AND r.tag = l.tag`;

const matchByPhone = `
  INSERT INTO matched (position, recipient_id, by_tag, called)
  SELECT l.position, min(a.recipient_id), 0, 1
  FROM listed l CROSS JOIN attempt a INDEXED BY attempt_phone ON a.phone = l.phone AND a.wave_id = ? AND a.state <> 'voided'
  WHERE NOT EXISTS (SELECT 1 FROM matched m WHERE m.position = l.position AND m.called = 1)
  GROUP BY l.position
  ON CONFLICT (position) DO UPDATE SET recipient_id = excluded.recipient_id, by_tag = 0, called = 1`;

const keepMatched = `
  INSERT INTO kept (recipient_id, position, called, nameless)
  SELECT m.recipient_id, m.position, m.called, r.key IS NULL
  FROM matched m CROSS JOIN recipient r ON r.id = m.recipient_id
  WHERE m.by_tag = ?
  ON CONFLICT (recipient_id) DO NOTHING`;

const count = `
  SELECT
    count(*) FILTER (WHERE m.position IS NULL AND l.suppressed = 0 AND l.skip IS NULL) AS fresh,
    count(*) FILTER (WHERE m.called = 1) AS called,
    count(*) FILTER (WHERE m.called = 1 AND r.digest <> l.digest) AS changed,
    count(*) FILTER (WHERE m.called = 0 AND l.suppressed = 0 AND l.skip IS NULL) AS pending,
    count(*) FILTER (WHERE coalesce(m.called, 0) = 0 AND l.suppressed = 1) AS suppressed
  FROM listed l
  LEFT JOIN matched m ON m.position = l.position
  LEFT JOIN recipient r ON r.id = m.recipient_id AND m.called = 1`;

const countSkips = `
  SELECT l.skip, count(*) AS recipients
  FROM listed l LEFT JOIN matched m ON m.position = l.position
  WHERE l.skip IS NOT NULL AND l.suppressed = 0 AND coalesce(m.called, 0) = 0
  GROUP BY 1 ORDER BY 1`;

const countRemoved = `
  SELECT count(*) AS removed FROM recipient r
  WHERE r.wave_id = ? AND (r.attempts = 0 OR r.state = 'pending')
    AND NOT EXISTS (SELECT 1 FROM kept k WHERE k.recipient_id = r.id)`;
