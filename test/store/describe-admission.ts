import { describe, expect, test } from 'vitest';
import type { Store } from '../../src/store/contract/store.ts';
import { Ledger, patient, phoneOf, tallying } from './ledger.ts';
import { present } from './present.ts';
import type { Opened } from './opened.ts';
import { answered, unanswered, voided } from './call-events.ts';

/** Whose call may begin now. */
export function describeAdmission(name: string, open: () => Promise<Opened>): void {
  describe(name, () => {
    test('asks in the order of due time and list, and admits so many at most', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      await ledger.enrol(...[5, 4, 3, 2, 1].map((id) => patient(id)));
      const later = ledger.nowMs + 10_000;
      await ledger.admit({
        grant: ({ key }) =>
          key === 'appointment-5' ? { kind: 'wait', untilMs: later, why: 'person' } : { kind: 'stop' },
      });
      const asked: string[] = [];
      const grant = (candidate: { readonly key: string; readonly n: number }): ReturnType<typeof ledger.granted> => {
        asked.push(candidate.key);
        return ledger.granted(candidate);
      };
      const first = await opened.store.admit(ledger.scope, { nowMs: ledger.tick(), max: 2, grant, tallying });
      expect(asked).toEqual(['appointment-4', 'appointment-3']);
      expect(first.more).toBe(true);
      expect(first.admitted.map(({ attempt }) => attempt)).toMatchObject([
        {
          key: 'appointment-4',
          n: 1,
          version: 1,
          state: { kind: 'intent' },
          intentMs: ledger.nowMs,
          polls: 0,
          earlier: [],
        },
        { key: 'appointment-3', dispatch: `dispatch-${String(ledger.nowMs)}`, resourceId: 'workflow-1' },
      ]);
      const rest = await opened.store.admit(ledger.scope, { nowMs: ledger.tick(), max: 10, grant, tallying });
      expect(rest.more).toBe(false);
      expect(rest.admitted).toHaveLength(2);
      expect(await opened.store.nextDueMs(ledger.scope.waveId, ['pending'])).toBe(later);
      expect(await ledger.standings()).toMatchObject({ 5: 'pending person', 4: 'intent' });
    });

    test('stops where it is told to, and says that more are due', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      await ledger.enrol(patient(1), patient(2));
      let shown = 0;
      const stopped = await opened.store.admit(ledger.scope, {
        nowMs: ledger.tick(),
        max: 10,
        tallying,
        grant: () => {
          shown += 1;
          return { kind: 'stop' };
        },
      });
      expect([shown, stopped]).toMatchObject([1, { admitted: [], more: true }]);
    });

    test('ends whom no retry can reach any more as the last attempt did', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      await ledger.enrol(patient(1), patient(2));
      for (const { attempt } of await ledger.admit()) await ledger.happens(attempt, unanswered);
      ledger.tick(60_000);
      await ledger.admit({ grant: () => ({ kind: 'skip', reason: 'expired' }) });
      expect(await ledger.standings()).toEqual({ 1: 'done no_answer', 2: 'done no_answer' });
      expect(await ledger.store.counts(ledger.scope.waveId)).toMatchObject({ outcomes: { no_answer: 2 }, skips: {} });
      expect(await ledger.admit()).toEqual([]);
      await ledger.enrol(patient(1), patient(2));
      expect(await ledger.standings()).toEqual({ 1: 'done no_answer', 2: 'done no_answer' });
    });

    test('writes waits and skips of those who are not admitted', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      await ledger.enrol(patient(1), patient(2));
      await ledger.admit({
        grant: ({ key }) =>
          key === 'appointment-1'
            ? { kind: 'wait', untilMs: 2_000_000, why: 'window' }
            : { kind: 'skip', reason: 'not_after' },
      });
      expect(await ledger.standings()).toEqual({ 1: 'pending window', 2: 'skipped not_after' });
      expect(await opened.store.counts(ledger.scope.waveId)).toMatchObject({
        recipients: 2,
        states: { pending: 1, skipped: 1 },
        waits: { window: 1 },
        skips: { not_after: 1 },
      });
      const waitsAt = async (nowMs: number): Promise<unknown> =>
        (await opened.store.counts(ledger.scope.waveId, nowMs)).waits;
      expect([await waitsAt(1_999_999), await waitsAt(2_000_000)]).toEqual([{ window: 1 }, { new: 1 }]);
    });

    test('writes nothing when a decision fails', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      await ledger.enrol(patient(1), patient(2));
      const failing = ledger.admit({
        grant: (candidate) => {
          if (candidate.key === 'appointment-2') throw new Error('no such zone');
          return ledger.granted(candidate);
        },
      });
      await expect(failing).rejects.toThrow('no such zone');
      expect(await ledger.standings()).toEqual({ 1: 'pending new', 2: 'pending new' });
      expect(await opened.events()).toEqual([]);
    });

    test('bounds how many it looks at in one transaction', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      await ledger.enrol(...Array.from({ length: 5_200 }, (_, index) => patient(index)));
      let shown = 0;
      const look = (): ReturnType<Store['admit']> =>
        opened.store.admit(ledger.scope, {
          nowMs: ledger.tick(),
          max: 10,
          tallying,
          grant: () => {
            shown += 1;
            return { kind: 'wait', untilMs: 9_000_000, why: 'window' };
          },
        });
      expect(await look()).toMatchObject({ admitted: [], more: true });
      expect(shown).toBe(5_000);
      expect(await look()).toMatchObject({ admitted: [], more: false });
      expect(shown).toBe(5_200);
    });

    test('shows that a phone is busy, in whatever campaign, and never grants it twice', async () => {
      await using opened = await open();
      const clinic = await Ledger.open(opened.store, { callEach: true });
      const garage = await Ledger.open(await opened.another(), { campaign: 'garage-recall' });
      await clinic.enrol(patient(1), patient(2, { number: 1 }));
      await garage.enrol(patient(1));
      const [first] = await clinic.admit();
      expect(await clinic.standings()).toEqual({ 1: 'intent', 2: 'pending phone_busy' });
      expect(await garage.admit()).toEqual([]);
      expect(await garage.standings()).toEqual({ 1: 'pending phone_busy' });
      garage.tick(10_000);
      await expect(garage.admit({ grant: (candidate) => garage.granted(candidate) })).rejects.toThrow('open attempt');
      await clinic.happens(present(first).attempt, answered);
      garage.tick(10_000);
      expect(await garage.admit()).toHaveLength(1);
    });

    test('counts the calls of a person over all campaigns, but not the voided and refused', async () => {
      await using opened = await open();
      const clinic = await Ledger.open(opened.store);
      const garage = await Ledger.open(opened.store, { campaign: 'garage-recall' });
      const shop = await Ledger.open(opened.store, { campaign: 'shop-survey' });
      const started: number[] = [];
      for (const [ledger, event] of [
        [clinic, answered],
        [garage, unanswered],
        [shop, voided],
      ] as const) {
        await ledger.enrol(patient(1));
        ledger.nowMs = clinic.nowMs + started.length * 1_000;
        const [admitted] = await ledger.admit();
        started.push(present(admitted).attempt.intentMs);
        await ledger.happens(present(admitted).attempt, event);
      }
      const bank = await Ledger.open(opened.store, { campaign: 'bank-lending' });
      await bank.enrol(patient(1));
      const [first, second] = started;
      const seen: (readonly (readonly number[])[])[] = [];
      const looking = (ledger: Ledger) =>
        ledger.admit({
          person: [
            { calls: 5, sinceMs: 0, in: 'store' },
            { calls: 1, sinceMs: 0, in: 'store' },
            { calls: 5, sinceMs: present(second), in: 'store' },
            { calls: 5, sinceMs: 0, in: 'campaign' },
          ],
          grant: ({ personCallsMs }) => {
            seen.push(personCallsMs);
            return { kind: 'stop' };
          },
        });
      await looking(bank);
      expect(seen).toEqual([[[second, first], [second], [second], []]]);
      const again = await Ledger.open(opened.store, { campaign: 'garage-recall', wave: 'december' });
      await again.enrol(patient(1));
      await looking(again);
      expect(seen.at(-1)).toEqual([[second, first], [second], [second], [second]]);
      const [admitted] = await bank.admit();
      await bank.happens(present(admitted).attempt, { kind: 'refused', reason: 'HTTP 400' });
      expect(await bank.standings()).toEqual({ 1: 'rejected' });
    });

    test.each([
      ['', 0],
      [', though engine time fell behind', 2_099_000],
    ])('counts a call of a person from when it was to be dialled, where it was scheduled%s', async (_, behindMs) => {
      await using opened = await open();
      const clinic = await Ledger.open(opened.store);
      await clinic.enrol(patient(1));
      const scheduledMs = clinic.nowMs + 2_000_000;
      const [admitted] = await clinic.admit({
        grant: (candidate) => {
          const granted = clinic.granted(candidate);
          return granted.kind === 'grant' ? { ...granted, event: { ...granted.event, scheduledMs } } : granted;
        },
      });
      const overMs = clinic.tick(2_100_000);
      await clinic.happens(present(admitted).attempt, unanswered, overMs - behindMs);
      const garage = await Ledger.open(opened.store, { campaign: 'garage-recall' });
      garage.nowMs = clinic.nowMs;
      await garage.enrol(patient(1));
      const seen: (readonly (readonly number[])[])[] = [];
      await garage.admit({
        person: [
          { calls: 1, sinceMs: scheduledMs, in: 'store' },
          { calls: 1, sinceMs: scheduledMs + 1, in: 'store' },
        ],
        grant: ({ personCallsMs }) => {
          seen.push(personCallsMs);
          return { kind: 'stop' };
        },
      });
      expect(seen).toEqual([[[scheduledMs], []]]);
    });

    test('shows when the earlier attempts of the wave were started, or were to be dialled, where that is asked for', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      const other = await Ledger.open(await opened.another(), { campaign: 'garage-recall' });
      await other.enrol(patient(1));
      await other.happens(present((await other.admit())[0]).attempt, answered);
      await ledger.enrol(patient(1), patient(2), patient(3));
      const scheduledMs = ledger.nowMs + 2_000_000;
      const [first, second, third] = await ledger.admit({
        grant: (candidate) => {
          const granted = ledger.granted(candidate);
          if (candidate.phone !== phoneOf(2) || granted.kind !== 'grant') return granted;
          return { ...granted, event: { ...granted.event, scheduledMs } };
        },
      });
      await ledger.happens(present(first).attempt, unanswered);
      await ledger.happens(present(second).attempt, unanswered);
      await ledger.happens(present(third).attempt, voided);
      ledger.tick(3_000_000);
      const asked = new Map<string, readonly number[]>();
      const looking = (earlier: boolean) =>
        ledger.admit({
          earlier,
          grant: ({ key, earlierMs }) => {
            asked.set(key, earlierMs);
            return { kind: 'wait', untilMs: ledger.nowMs, why: 'time_of_day' };
          },
        });
      await looking(true);
      expect([...asked]).toEqual([
        ['appointment-3', []],
        ['appointment-1', [present(first).attempt.intentMs]],
        ['appointment-2', [scheduledMs]],
      ]);
      expect(await ledger.standings()).toMatchObject({ 1: 'pending time_of_day 2' });
      await looking(false);
      expect([...asked.values()]).toEqual([[], [], []]);
    });
  });
}
