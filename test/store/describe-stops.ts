import { describe, expect, test } from 'vitest';
import type { AttemptEvent } from '../../src/model/attempt.ts';
import type { Stop } from '../../src/model/stop.ts';
import type { Opened } from './opened.ts';
import { emptyTally } from '../../src/model/tally.ts';
import { Ledger, patient, tallying } from './ledger.ts';
import { present } from './present.ts';

const paused: Stop = { kind: 'paused', atMs: 5_000, by: 'amina' };
const pausedAgain: Stop = { kind: 'paused', atMs: 6_000, by: 'bola' };
const cancelled: Stop = { kind: 'cancelled', atMs: 9_000, by: 'bola' };
const accepted: AttemptEvent = { kind: 'accepted', handle: { callId: 'call-1' } };
const unanswered: AttemptEvent = { kind: 'ended', outcome: 'no_answer' };

/** What every store promises of waves that a person stopped. */
export function describeStops(name: string, open: () => Promise<Opened>): void {
  describe(name, () => {
    test('admits nobody of a wave that another connection paused, and again once that is lifted', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      const { waveId } = ledger.scope;
      await ledger.enrol(patient(1), patient(2));
      const elsewhere = await opened.another();
      expect(await elsewhere.stopWave(waveId, paused)).toEqual({ was: undefined, skipped: 0 });
      const asked = { nowMs: ledger.tick(), max: 9, grant: ledger.granted.bind(ledger), tallying };
      expect(await opened.store.admit(ledger.scope, asked)).toMatchObject({
        admitted: [],
        more: false,
        stopped: paused,
      });
      expect(await ledger.standings()).toEqual({ 1: 'pending new', 2: 'pending new' });
      expect(await elsewhere.stopWave(waveId, pausedAgain)).toEqual({ was: paused, skipped: 0 });
      expect(await elsewhere.wave(ledger.scope.address, ledger.scope.wave)).toMatchObject({ stopped: paused });
      expect(await elsewhere.stopWave(waveId, null)).toEqual({ was: paused, skipped: 0 });
      expect(await elsewhere.stopWave(waveId, null)).toEqual({ was: undefined, skipped: 0 });
      expect(await elsewhere.wave(ledger.scope.address, ledger.scope.wave)).toEqual({
        waveId,
        openedMs: 1,
        tally: emptyTally,
        echo: false,
      });
      expect(await ledger.admit()).toHaveLength(2);
    });

    test('stops one wave and no other', async () => {
      await using opened = await open();
      const first = await Ledger.open(opened.store);
      await first.enrol(patient(1));
      await opened.store.stopWave(first.scope.waveId, cancelled);
      expect(await first.admit()).toEqual([]);
      const second = await Ledger.open(opened.store, { wave: '2026-12-01' });
      await second.enrol(patient(2));
      expect(await second.admit()).toHaveLength(1);
    });

    test('cancels for good, whoever waits, and leaves calls under way alone', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      const { waveId } = ledger.scope;
      await ledger.enrol(patient(1), patient(2), patient(3), patient(4));
      const [first, second, third] = await ledger.admit({ max: 3 });
      await ledger.happens(present(await ledger.happens(present(first).attempt, accepted)), unanswered);
      const ringing = present(await ledger.happens(present(second).attempt, accepted));
      await opened.store.stopWave(waveId, paused);
      expect(await opened.store.stopWave(waveId, cancelled)).toEqual({ was: paused, skipped: 2 });
      expect(await ledger.standings()).toEqual({
        1: 'skipped cancelled',
        2: 'accepted',
        3: 'intent',
        4: 'skipped cancelled',
      });
      for (const stop of [paused, null, { ...cancelled, by: 'amina' }]) {
        expect(await opened.store.stopWave(waveId, stop)).toEqual({ was: cancelled, skipped: 0 });
      }
      expect(await ledger.admit()).toEqual([]);
      await ledger.happens(ringing, unanswered);
      await ledger.happens(present(third).attempt, { kind: 'voided', reason: 'HTTP 429' });
      expect(await ledger.standings()).toMatchObject({ 2: 'skipped cancelled', 3: 'skipped cancelled' });
      expect(await ledger.admit()).toEqual([]);
    });

    test('skips whoever is listed in a cancelled wave later on', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      await ledger.enrol(patient(1), patient(2), patient(3));
      const [first] = await ledger.admit({ max: 1 });
      await ledger.happens(present(await ledger.happens(present(first).attempt, accepted)), unanswered);
      await opened.store.stopWave(ledger.scope.waveId, cancelled);
      await ledger.enrol(
        patient(1),
        patient(2, { zone: 'Africa/Accra' }),
        patient(4),
        patient(5, { suppressed: true }),
      );
      expect(await ledger.standings()).toEqual({
        1: 'skipped cancelled',
        2: 'skipped cancelled',
        3: 'skipped removed',
        4: 'skipped cancelled',
        5: 'skipped suppressed',
      });
    });

    test('keeps the retry of a call that only the provider knew of from being made', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      await opened.store.stopWave(ledger.scope.waveId, cancelled);
      await ledger.import({ id: 1, n: 1 });
      const [found] = await opened.store.openAttempts(ledger.scope.waveId, ['accepted']);
      await ledger.happens(present(found), unanswered);
      await ledger.enrol(patient(1));
      expect(await ledger.standings()).toEqual({ 1: 'skipped cancelled' });
    });
  });
}
