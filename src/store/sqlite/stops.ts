/** A person's word that stops a wave, from any terminal: a running process holds the lease, so it is written without. */
import type { Stop } from '../../model/stop.ts';
import type { Stopping } from '../contract/wave-state.ts';
import type { Database } from './database.ts';
import { textIn } from './row.ts';
import { storedStop } from './stored.ts';

/** Whether the wave of a recipient is cancelled, as a part of a query; the table `recipient` is meant. */
export const isCancelledInQuery =
  "(SELECT w.stopped ->> 'kind' IS 'cancelled' FROM wave w WHERE w.id = recipient.wave_id)";

/** The word that stands for a wave, if any. */
export function stopOf(database: Database, waveId: number): Stop | undefined {
  const row = database.get('SELECT stopped FROM wave WHERE id = ?', waveId);
  const json = row === undefined ? undefined : textIn(row, 'stopped');
  return json === undefined ? undefined : storedStop(json);
}

/** The first pause stays, and nothing takes a cancel back. */
export function stopWave(database: Database, waveId: number, stop: Stop | null): Stopping {
  return database.write(() => {
    const was = stopOf(database, waveId);
    if (was?.kind === 'cancelled' || was?.kind === stop?.kind) return { was, skipped: 0 };
    const json = stop === null ? undefined : JSON.stringify(stop);
    database.run('UPDATE wave SET stopped = ? WHERE id = ?', json, waveId);
    return { was, skipped: stop?.kind === 'cancelled' ? skipPending(database, waveId) : 0 };
  });
}

/** Part of the transactions after which nobody of a cancelled wave may wait for a call. */
export function skipPending(database: Database, waveId: number): number {
  return database.run(
    "UPDATE recipient SET state = 'skipped', reason = 'cancelled' WHERE wave_id = ? AND state = 'pending'",
    waveId,
  );
}
