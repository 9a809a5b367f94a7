import { describe, expect, test } from 'vitest';
import { placeOf } from '../../src/model/place-of.ts';
import type { CallZones } from '../../src/model/recipient.ts';
import { Ledger, listOf, patient, phoneOf } from './ledger.ts';
import { present } from './present.ts';
import type { Opened } from './opened.ts';
import { accepted, doubted } from './call-events.ts';

/** What is asked of a wave while it is called. */
export function describeReading(name: string, open: () => Promise<Opened>): void {
  describe(name, () => {
    test('reads what another writes, and compares without writing', async () => {
      await using opened = await open();
      const reader = await opened.toRead();
      const ledger = await Ledger.open(opened.store);
      await ledger.enrol(patient(1), patient(2));
      const comparison = await reader.compare(ledger.scope.waveId, listOf(patient(2), patient(3)), ledger.enrolOptions);
      expect(comparison).toEqual({ fresh: 1, called: 0, changed: 0, pending: 1, suppressed: 0, removed: 1 });
      expect(await reader.counts(ledger.scope.waveId)).toMatchObject({ states: { pending: 2 } });
      expect(await reader.wave(ledger.scope.address, ledger.scope.wave)).toMatchObject({ waveId: ledger.scope.waveId });
      expect(await ledger.standings()).toEqual({ 1: 'pending new', 2: 'pending new' });
    });

    test('tells what those without a final state wait for, and who they are', async () => {
      await using opened = await open();
      const { store } = opened;
      const ledger = await Ledger.open(store);
      await ledger.enrol(patient(1), patient(2), patient(3), patient(4), patient(5, { zone: 'Africa/Accra' }));
      const [first, second, third] = await ledger.admit({ max: 3 });
      await ledger.happens(present(first).attempt, { kind: 'ended', outcome: 'no_answer' });
      const calledMs = present(second).attempt.intentMs;
      await ledger.happens(present(second).attempt, { kind: 'accepted', handle: { callId: 'c-2' } });
      await ledger.happens(present(third).attempt, { kind: 'ended', outcome: 'answered' });
      const { waveId } = ledger.scope;
      expect(await store.waitGroups(waveId)).toEqual([
        { state: 'accepted', dueMs: expect.any(Number), recipients: 1 },
        { state: 'pending', why: 'new', zone: 'Africa/Accra', dueMs: expect.any(Number), recipients: 1 },
        { state: 'pending', why: 'new', zone: 'Africa/Lagos', dueMs: expect.any(Number), recipients: 1 },
        { state: 'pending', why: 'retry', zone: 'Africa/Lagos', dueMs: expect.any(Number), recipients: 1 },
      ]);
      const [retried, underWay, ...others] = await store.unfinished(waveId, 3);
      expect(retried).toMatchObject({
        key: 'appointment-1',
        phone: phoneOf(1),
        state: 'pending',
        why: 'retry',
        attempts: 1,
      });
      expect(underWay).toMatchObject({ key: 'appointment-2', state: 'accepted', attempts: 1, calledMs });
      expect(others.map(({ key, attempts }) => [key, attempts])).toEqual([['appointment-4', 0]]);
    });

    test.each<readonly [CallZones, string | undefined]>([
      [{ from: 'number', zones: ['Africa/Accra'] }, 'Africa/Accra'],
      [{ from: 'number', zones: ['America/Chicago', 'America/New_York'] }, undefined],
      [{ from: 'nowhere', why: 'zone_unknown' }, undefined],
    ])('tells the zone of the number where the row has none, if it is one: %o', async (known, told) => {
      await using opened = await open();
      const { store } = opened;
      const ledger = await Ledger.open(store);
      const { zone: _, ...zoneless } = patient(1);
      await store.enrol(ledger.scope, listOf(zoneless, patient(2)), {
        ...ledger.enrolOptions,
        placeOf: ({ zone }) => placeOf(zone === undefined ? known : { from: 'row', zones: [zone] }),
        nowMs: 0,
      });
      const groups = await store.waitGroups(ledger.scope.waveId);
      expect(groups.map(({ zone }) => zone)).toEqual([told, 'Africa/Lagos']);
      const waiting = await store.unfinished(ledger.scope.waveId, 2);
      expect(waiting.map(({ zone }) => zone)).toEqual([told, 'Africa/Lagos']);
      const [one] = await store.history(ledger.scope.address, { key: zoneless.key });
      expect(one?.zone).toBe(told);
    });

    test('names the columns of the rows in their order, those of later rows behind', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      await ledger.enrol(
        patient(1),
        patient(2, { row: { appointment_id: 'appointment-2', doctor: 'Bello', first_name: 'Bola' } }),
      );
      expect(await opened.store.columns(ledger.scope.waveId)).toEqual(['appointment_id', 'first_name', 'doctor']);
    });

    test('reads results in pages, in list order', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      const list = Array.from({ length: 1_203 }, (_, index) => patient(5_000 - index));
      await ledger.enrol(...list);
      expect((await ledger.results()).map(({ key }) => key)).toEqual(list.map(({ key }) => key));
    });

    test('finds those who may be called among numbers, however these are written', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      await ledger.enrol(patient(1), patient(2), patient(3));
      await ledger.admit({ max: 1 });
      const due = (...shown: readonly string[]): Promise<readonly string[]> => unknownPhones(ledger, shown);
      expect(await due(...[1, 2, 4].map(phoneOf))).toEqual([phoneOf(2)]);
      const national = [1, 2, 3, 4].map((number) => `0${phoneOf(number).slice('+234'.length)}`);
      expect(await due(...national)).toEqual(national.slice(1, 3));
      const withoutPlus = phoneOf(2).slice(1);
      expect(await due(withoutPlus, `+1${phoneOf(3).slice(-10)}`)).toEqual([withoutPlus]);
    });

    test('counts those who wait for a retry, or whose call may still lead to one, among those who may be called', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      await ledger.enrol(patient(1), patient(2), patient(3));
      const [, second, third] = await ledger.admit();
      await ledger.happens(present(second).attempt, accepted);
      const ringing = present(await ledger.happens(present(third).attempt, accepted));
      await ledger.happens(ringing, { kind: 'ended', outcome: 'no_answer', handle: { callId: 'c3' } });
      expect(await unknownPhones(ledger, [1, 2, 3].map(phoneOf))).toEqual([phoneOf(2), phoneOf(3)]);
    });

    test('takes a call for that of an attempt that nothing is bound to, one for each', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      await ledger.enrol(patient(1), patient(2, { phone: phoneOf(1) }));
      const [first] = await ledger.admit({ max: 1 });
      await ledger.happens(present(first).attempt, { kind: 'doubted', why: 'the connection was reset', needs: 2 });
      expect(await unknownPhones(ledger, [phoneOf(1)])).toEqual([]);
      expect(await unknownPhones(ledger, [phoneOf(1), phoneOf(1)])).toEqual([phoneOf(1)]);
    });

    test('takes no call for that of an attempt that was given up before, or begun after it', async () => {
      await using opened = await open();
      const before = await Ledger.open(opened.store);
      await before.enrol(patient(1));
      const [first] = await before.admit();
      const { attempt } = present(first);
      const lost = present(await before.happens(attempt, doubted));
      await before.happens(lost, { kind: 'gave_up', reason: 'two calls could be this one' });
      const wave = { wave: '2026-12-01' };
      const ledger = await Ledger.open(opened.store, wave);
      await ledger.enrol(patient(1));
      const dayMs = 86_400_000;
      const unknown = async (...times: readonly number[]): Promise<readonly (number | undefined)[]> => {
        const calls = times.map((createdMs) => ({ phone: phoneOf(1), createdMs }));
        return (await opened.store.unknownCalls(ledger.scope.waveId, calls)).map(({ createdMs }) => createdMs);
      };
      const { intentMs } = attempt;
      expect(await unknown(intentMs)).toEqual([]);
      expect(await unknown(intentMs + dayMs)).toEqual([intentMs + dayMs]);
      expect(await unknown(intentMs - dayMs, intentMs)).toEqual([intentMs - dayMs]);
    });

    test('takes a number that cannot be read for that of anybody who may be called', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      await ledger.enrol(patient(1));
      const masked = '+234******99';
      expect(await unknownPhones(ledger, [masked])).toEqual([masked]);
      await ledger.admit();
      expect(await unknownPhones(ledger, [masked])).toEqual([]);
    });
  });
}

async function unknownPhones({ store, scope }: Ledger, shown: readonly string[]): Promise<readonly string[]> {
  const calls = await store.unknownCalls(
    scope.waveId,
    shown.map((phone) => ({ phone })),
  );
  return calls.map(({ phone }) => phone);
}
