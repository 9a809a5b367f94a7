/**
 * Whom reruns of a wave have called, or reruns of these: the wave calls them no more. Its own run is the only other that
 * could, and neither works while the other holds the address, so it is enough to look whenever a list is enrolled.
 */
import type { Database } from './database.ts';

const reruns = `
  WITH RECURSIVE rerun (id, address, wave) AS (
    SELECT c.id, c.address, c.wave FROM wave p JOIN wave c ON c.address = p.address AND c.parent ->> 'wave' = p.wave
    WHERE p.id = ?1
    UNION
    SELECT c.id, c.address, c.wave FROM rerun JOIN wave c ON c.address = rerun.address AND c.parent ->> 'wave' = rerun.wave)`;

/** Whether anybody repeats the wave. */
export function hasReruns(database: Database, waveId: number): boolean {
  return database.get(`${reruns} SELECT 1 FROM rerun LIMIT 1`, waveId) !== undefined;
}

/** By key and, unless each row is called, by number: as whoever was called in the wave itself. */
const isRecalled = `(
  key IN (SELECT r.key FROM recipient r WHERE r.wave_id IN (SELECT id FROM rerun) AND r.attempts > 0)
  OR (NOT ?2 AND phone IN (SELECT a.phone FROM attempt a WHERE a.wave_id IN (SELECT id FROM rerun) AND a.state <> 'voided')))`;

/** Part of the comparison: says so of the staged rows. */
export function markRecalled(database: Database, waveId: number, callEach: boolean): void {
  if (!hasReruns(database, waveId)) return;
  database.run(`${reruns} UPDATE listed SET skip = 'rerun' WHERE skip IS NULL AND ${isRecalled}`, waveId, callEach);
}

/** Part of the merge: who would wait for a first call. */
export function skipRecalled(database: Database, waveId: number, callEach: boolean): void {
  if (!hasReruns(database, waveId)) return;
  database.run(
    `${reruns} UPDATE recipient SET state = 'skipped', reason = 'rerun'
     WHERE wave_id = ?1 AND state = 'pending' AND attempts = 0 AND ${isRecalled}`,
    waveId,
    callEach,
  );
}
