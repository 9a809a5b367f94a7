import { describe, expect, test } from 'vitest';
import { emptyTally } from '../../src/model/tally.ts';
import type { Trip } from '../../src/model/trip.ts';
import { Ledger, patient } from './ledger.ts';
import type { Opened } from './opened.ts';

/** Waves and their runs. */
export function describeWaves(name: string, open: () => Promise<Opened>): void {
  describe(name, () => {
    test('admits nobody of a wave that stopped itself', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      await ledger.enrol(patient(1));
      await opened.store.saveWave(ledger.scope, { tripped: { kind: 'budget', limit: '1 call', atMs: 1 } });
      expect(await ledger.admit()).toEqual([]);
      await opened.store.saveWave(ledger.scope, { tripped: null });
      expect(await ledger.admit()).toHaveLength(1);
    });

    test('opens a wave once, and keeps what it remembers', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      const { store, scope } = ledger;
      expect(await store.openWave(scope.address, scope.wave, scope.fence, 9)).toEqual(scope);
      expect(await store.wave(scope.address, scope.wave)).toEqual({
        waveId: scope.waveId,
        openedMs: 1,
        tally: emptyTally,
        echo: false,
      });
      expect(await store.wave(scope.address, 'none')).toBeUndefined();
      const tripped: Trip = { kind: 'budget', limit: '900 minutes', atMs: 1 };
      const tally = { ...emptyTally, calls: 3, unmeasured: 1, seconds: 90 };
      await store.saveWave(scope, { tripped, tally, echo: true });
      expect(await store.wave(scope.address, scope.wave)).toMatchObject({
        tripped,
        tally,
        echo: true,
      });
      await store.saveWave(scope, { tripped: null });
      expect(await store.wave(scope.address, scope.wave)).toEqual({
        waveId: scope.waveId,
        openedMs: 1,
        tally,
        echo: true,
      });
      await store.saveWave(scope, { tally: emptyTally, echo: false });
      expect(await store.wave(scope.address, scope.wave)).toEqual({
        waveId: scope.waveId,
        openedMs: 1,
        tally: emptyTally,
        echo: false,
      });
      await store.openWave(scope.address, 'next', scope.fence, 9);
      const all = await store.waves(scope.address);
      expect(all.map(({ wave, counts }) => [wave, counts.recipients])).toEqual([
        [scope.wave, 0],
        ['next', 0],
      ]);
      expect(await store.waveStates(scope.address)).toEqual(all.map(({ wave, state }) => ({ wave, state })));
    });

    test('keeps runs, and how they ended', async () => {
      await using opened = await open();
      const { store, scope } = await Ledger.open(opened.store);
      const second = { run: 'b', startedMs: 2, definition: 'd', toolVersion: '0.1.0', list: '/lists/ward-3.csv' };
      await store.recordRun(scope, second);
      await store.recordRun(scope, { ...second, run: 'a', startedMs: 1 });
      await store.recordRun(scope, { ...second, endedMs: 5.5, exit: 0 });
      expect(await store.runs(scope.waveId)).toEqual([
        { ...second, run: 'a', startedMs: 1 },
        { ...second, endedMs: 5.5, exit: 0 },
      ]);
    });

    test('knows the newest event of an address, over its waves', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      expect(await opened.store.lastEventMs(ledger.scope.address)).toBeUndefined();
      await ledger.enrol(patient(1));
      expect(await opened.store.lastEventMs(ledger.scope.address)).toBeUndefined();
      await ledger.admit();
      expect(await opened.store.lastEventMs(ledger.scope.address)).toBe(ledger.nowMs);
      const before = ledger.nowMs;
      await ledger.import({ id: 2, n: 1, createdMs: 500 });
      expect(await opened.store.lastEventMs(ledger.scope.address)).toBe(before);
      expect(await opened.store.wave(ledger.scope.address, ledger.scope.wave)).toMatchObject({ lastEventMs: before });
    });
  });
}
