import { describe, expect, test } from 'vitest';
import { LeaseLost } from '../../src/store/contract/failure.ts';
import { holder, Ledger, patient } from './ledger.ts';
import { present } from './present.ts';
import type { Opened } from './opened.ts';
import { accepted } from './call-events.ts';

/** Who may write to an address. */
export function describeLeases(name: string, open: () => Promise<Opened>): void {
  describe(name, () => {
    const other = { ...holder, pid: 2, command: 'apply' };
    const address = 'clinic-reminders/prod';

    test('gives an address to one process at a time, and says who has it', async () => {
      await using opened = await open();
      const { store } = opened;
      const rival = await opened.another();
      expect(await store.acquire(address, holder, 1)).toEqual({ kind: 'held', fence: 1 });
      expect(await rival.acquire(address, other, 2)).toEqual({ kind: 'busy', holder, fence: 1, beat: 1 });
      expect(await rival.acquire('garage-recall/prod', other, 2)).toEqual({ kind: 'held', fence: 1 });
      expect(await rival.holding(address)).toEqual({ holder, fence: 1, beat: 1 });
      expect(await store.holding('nobody/prod')).toBeUndefined();
    });

    test('counts fences up for ever, over releases too', async () => {
      await using opened = await open();
      const { store } = opened;
      await store.acquire(address, holder, 1);
      await store.release(address, 1);
      expect(await store.holding(address)).toBeUndefined();
      expect(await store.beat(address, 1, 2)).toBe(false);
      await expect(store.openWave(address, 'late', 1, 2)).rejects.toThrow(LeaseLost);
      expect(await store.acquire(address, other, 2)).toEqual({ kind: 'held', fence: 2 });
      expect(await store.acquire(address, other, 3)).toEqual({ kind: 'held', fence: 3 });
      await store.release(address, 2);
      expect(await store.holding(address)).toMatchObject({ holder: other, fence: 3 });
    });

    test('lets a contender take over only what stood still', async () => {
      await using opened = await open();
      const { store } = opened;
      await store.acquire(address, holder, 1);
      const seen = { fence: 1, beat: 1 };
      expect(await store.beat(address, 1, 2)).toBe(true);
      expect(await store.takeOver(address, other, seen, 3)).toEqual({ kind: 'busy', holder, fence: 1, beat: 2 });
      expect(await store.takeOver(address, other, { fence: 1, beat: 2 }, 4)).toEqual({ kind: 'held', fence: 2 });
      expect(await store.beat(address, 1, 5)).toBe(false);
      expect(await store.beat(address, 2, 5)).toBe(true);
    });

    test('takes what was given back meanwhile', async () => {
      await using opened = await open();
      const { store } = opened;
      await store.acquire(address, holder, 1);
      await store.release(address, 1);
      expect(await store.takeOver(address, other, { fence: 1, beat: 1 }, 4)).toEqual({ kind: 'held', fence: 2 });
      expect(await store.beat(address, 1, 5)).toBe(false);
    });

    test('refuses every write of a process whose lease was taken over, and writes nothing of it', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      const { store, scope } = ledger;
      await ledger.enrol(patient(1));
      const [admitted] = await ledger.admit();
      const { attempt } = present(admitted);
      const rival = await opened.another();
      await rival.takeOver(scope.address, other, { fence: 1, beat: 2 }, 9);
      const fenced = [
        () => ledger.enrol(patient(2)),
        () => ledger.admit(),
        () => ledger.happens(attempt, accepted),
        () => ledger.import({ id: 3, n: 1 }),
        () => store.postpone(scope, []),
        () => store.saveWave(scope, { echo: true }),
        () => store.recordRun(scope, { run: 'r', startedMs: 1, definition: 'd', toolVersion: '1' }),
        () => store.openWave(scope.address, 'next', scope.fence, 1),
        () => store.intendCreate({ address: scope.address, account: 'a', atMs: 1 }, scope.fence),
        () => store.forgetCreateIntent(scope.address, scope.fence),
        () => store.bind({ address: scope.address, resourceId: 'r', account: 'a' }, 'f', scope.fence, 1),
      ];
      for (const write of fenced) await expect(write()).rejects.toThrow(LeaseLost);
      expect(await ledger.standings()).toEqual({ 1: 'intent' });
      expect((await rival.waves(scope.address)).map(({ wave }) => wave)).toEqual([scope.wave]);
    });

    test('shows its beat going on after an enrolment, however long that took', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      await ledger.enrol(patient(1));
      expect(await opened.store.acquire(ledger.scope.address, other, 1)).toMatchObject({ kind: 'busy', beat: 2 });
    });
  });
}
