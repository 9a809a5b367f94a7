/** Waves, what they remember beyond their recipients, and the runs that carried them. */
import type { RunRecord, WaveParent } from '../../model/wave.ts';
import { testWavePrefix } from '../../model/test-wave.ts';
import { InternalError } from '../../model/internal-error.ts';
import type { Scope } from '../contract/lease.ts';
import type { Store } from '../contract/store.ts';
import type { WaveState } from '../contract/wave-state.ts';
import type { Database } from './database.ts';
import { writeUnder } from './fence.ts';
import { numberIn, numberOf, textIn, textOf } from './row.ts';
import type { Row } from './row.ts';
import { storedParent, storedStop, storedTrip } from './stored.ts';
import { tallyIn } from './tallies.ts';

export type WaveChange = Parameters<Store['saveWave']>[1];

/** The wave under this lease; it is made where there is none. */
export function openWave(
  database: Database,
  address: string,
  wave: string,
  {
    fence,
    nowMs,
    parent,
  }: { readonly fence: number; readonly nowMs: number; readonly parent?: WaveParent | undefined },
): Scope {
  return writeUnder(database, { address, fence }, () => {
    database.run(
      `INSERT INTO wave (address, wave, opened_ms, parent) VALUES (?, ?, ?, ?)
       ON CONFLICT (address, wave) DO NOTHING`,
      address,
      wave,
      nowMs,
      parent === undefined ? undefined : JSON.stringify(parent),
    );
    const opened = waveOf(database, address, wave);
    if (opened === undefined) throw new InternalError('a wave that was opened is not there');
    return { address, wave, waveId: opened.waveId, fence };
  });
}

/** What is remembered of a wave; undefined where there is none. */
export function waveOf(database: Database, address: string, wave: string): WaveState | undefined {
  const row = database.get('SELECT * FROM wave WHERE address = ? AND wave = ?', address, wave);
  return row === undefined ? undefined : waveState(row);
}

/** In the order of their opening. */
export function wavesOf(
  database: Database,
  address: string,
): readonly { readonly wave: string; readonly state: WaveState }[] {
  const rows = database.all('SELECT * FROM wave WHERE address = ? ORDER BY id', address);
  return rows.map((row) => ({ wave: textOf(row, 'wave'), state: waveState(row) }));
}

/** A test call says nothing of whether the store knows the calls of real waves. */
export function lastEventMs(database: Database, address: string): number | undefined {
  const row = database.get(
    'SELECT max(last_event_ms) AS last_ms FROM wave WHERE address = ?1 AND substr(wave, 1, length(?2)) <> ?2',
    address,
    testWavePrefix,
  );
  return row === undefined ? undefined : numberIn(row, 'last_ms');
}

/** What the change leaves out stays; null forgets. */
export function saveWave(database: Database, scope: Scope, change: WaveChange): void {
  const { tripped, tally, echo } = change;
  writeUnder(database, scope, () => {
    if (tripped !== undefined) {
      const json = tripped === null ? undefined : JSON.stringify(tripped);
      database.run('UPDATE wave SET tripped = ? WHERE id = ?', json, scope.waveId);
    }
    if (tally !== undefined) {
      database.run('UPDATE wave SET tally = ? WHERE id = ?', JSON.stringify(tally), scope.waveId);
    }
    if (echo !== undefined) database.run('UPDATE wave SET echo = ? WHERE id = ?', echo, scope.waveId);
  });
}

/** Adds a run, or writes down how it ended. */
export function recordRun(database: Database, scope: Scope, run: RunRecord): void {
  writeUnder(database, scope, () => {
    database.run(
      `INSERT INTO run (wave_id, run, started_ms, ended_ms, exit, definition, tool_version, list)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (wave_id, run) DO UPDATE SET ended_ms = excluded.ended_ms, exit = excluded.exit`,
      scope.waveId,
      run.run,
      run.startedMs,
      run.endedMs,
      run.exit,
      run.definition,
      run.toolVersion,
      run.list,
    );
  });
}

/** The runs that carried a wave, in the order of their starts. */
export function runsOf(database: Database, waveId: number): readonly RunRecord[] {
  const rows = database.all('SELECT * FROM run WHERE wave_id = ? ORDER BY started_ms, run', waveId);
  return rows.map((row) => {
    const endedMs = numberIn(row, 'ended_ms');
    const exit = numberIn(row, 'exit');
    const list = textIn(row, 'list');
    return {
      run: textOf(row, 'run'),
      startedMs: numberOf(row, 'started_ms'),
      ...(endedMs === undefined ? {} : { endedMs }),
      ...(exit === undefined ? {} : { exit }),
      definition: textOf(row, 'definition'),
      toolVersion: textOf(row, 'tool_version'),
      ...(list === undefined ? {} : { list }),
    };
  });
}

function waveState(row: Row): WaveState {
  const tripped = textIn(row, 'tripped');
  const stopped = textIn(row, 'stopped');
  const lastMs = numberIn(row, 'last_event_ms');
  const parent = textIn(row, 'parent');
  return {
    waveId: numberOf(row, 'id'),
    openedMs: numberOf(row, 'opened_ms'),
    ...(tripped === undefined ? {} : { tripped: storedTrip(tripped) }),
    ...(stopped === undefined ? {} : { stopped: storedStop(stopped) }),
    tally: tallyIn(textIn(row, 'tally')),
    echo: numberOf(row, 'echo') === 1,
    ...(lastMs === undefined ? {} : { lastEventMs: lastMs }),
    ...(parent === undefined ? {} : { parent: storedParent(parent) }),
  };
}
