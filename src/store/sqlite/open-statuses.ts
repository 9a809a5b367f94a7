import type { OpenStatus } from '../contract/wave-state.ts';
import type { Database } from './database.ts';
import { numberOf, textOf } from './row.ts';

/**
 * Accepted attempts by the provider's own word for how they stand, the most common first.
 * The list of states is the partial index's.
 */
export function openStatuses(database: Database, waveId: number): readonly OpenStatus[] {
  const rows = database.all(
    `SELECT json_extract(detail, '$.status') AS status, count(*) AS calls, min(since_ms) AS since_ms
     FROM attempt INDEXED BY attempt_unsettled
     WHERE wave_id = ? AND state IN ('intent', 'accepted', 'in_doubt', 'unresolved') AND state = 'accepted' AND json_extract(detail, '$.status') IS NOT NULL
     GROUP BY 1 ORDER BY calls DESC, status`,
    waveId,
  );
  return rows.map((row) => ({
    status: textOf(row, 'status'),
    calls: numberOf(row, 'calls'),
    sinceMs: numberOf(row, 'since_ms'),
  }));
}
