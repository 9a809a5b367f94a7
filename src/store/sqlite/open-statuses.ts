import type { OpenStatus } from '../contract/wave-state.ts';
import { unsettled } from './attempts.ts';
import type { Database } from './database.ts';
import { numberOf, textOf } from './row.ts';

/** Accepted attempts by the provider's own word for how they stand, the most common first. */
export function openStatuses(database: Database, waveId: number): readonly OpenStatus[] {
  const rows = database.all(
    `SELECT json_extract(detail, '$.status') AS status, count(*) AS calls, min(since_ms) AS since_ms
     FROM attempt a INDEXED BY attempt_unsettled
     WHERE wave_id = ? AND ${unsettled} AND a.state = 'accepted' AND json_extract(detail, '$.status') IS NOT NULL
     GROUP BY 1 ORDER BY calls DESC, status`,
    waveId,
  );
  return rows.map((row) => ({
    status: textOf(row, 'status'),
    calls: numberOf(row, 'calls'),
    sinceMs: numberOf(row, 'since_ms'),
  }));
}
