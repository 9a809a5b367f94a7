import { describe, expect, test } from 'vitest';
import { Ledger, patient, phoneOf } from './ledger.ts';
import { present } from './present.ts';
import type { Opened } from './opened.ts';
import { answered, unanswered, voided } from './call-events.ts';

/** Calls of an earlier store, taken over. */
export function describeImports(name: string, open: () => Promise<Opened>): void {
  describe(name, () => {
    test('makes calls that only the provider knows open, so that nobody is called again', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      expect(await ledger.import({ id: 1, n: 1, createdMs: 900_000, status: 'RINGING' })).toBe(1);
      expect(await ledger.import({ id: 1, n: 1 })).toBe(0);
      expect(await ledger.import({ id: 1, n: 1 }, { id: 9, n: 1 }, { id: 9, n: 1 })).toBe(1);
      const [attempt] = await ledger.store.openAttempts(ledger.scope.waveId, ['accepted']);
      expect(attempt).toMatchObject({
        key: ledger.tagOf('appointment-1'),
        phone: phoneOf(1),
        intentMs: 900_000,
        state: { kind: 'accepted', handle: { callId: 'call-1-1' }, sinceMs: 900_000, status: 'RINGING' },
      });
      const list = [patient(1), patient(2)];
      const comparison = { fresh: 1, called: 1, changed: 0, pending: 0, suppressed: 0, removed: 0 };
      expect(await ledger.compare(...list)).toEqual(comparison);
      expect(await ledger.enrol(...list)).toEqual(comparison);
      expect(await ledger.standings()).toMatchObject({ 1: 'accepted', 2: 'pending new' });
      expect((await ledger.results())[0]).toMatchObject({ key: 'appointment-1', row: patient(1).row });
      expect(await ledger.enrol(...list)).toEqual({ ...comparison, fresh: 0, pending: 1 });
    });

    test('maps a call whose key nobody knows any more by its number', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      await ledger.import({ id: 1, n: 1 });
      const renamed = patient(11, { number: 1 });
      expect(await ledger.enrol(renamed)).toMatchObject({ called: 1, fresh: 0, changed: 0 });
      expect((await ledger.results()).map(({ key, variables }) => [key, variables])).toEqual([
        ['appointment-11', renamed.variables],
      ]);
      expect(await ledger.enrol(patient(1))).toMatchObject({ called: 1, fresh: 0 });
    });

    test('maps it by the number of a row that the ledger knows already', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      await ledger.enrol(patient(2, { number: 1 }));
      await ledger.import({ id: 1, n: 1 });
      expect(await ledger.enrol(patient(2, { number: 1 }))).toMatchObject({ called: 1, fresh: 0, pending: 0 });
      expect(await ledger.admit()).toEqual([]);
      const [attempt] = await ledger.store.openAttempts(ledger.scope.waveId, ['accepted']);
      await ledger.happens(present(attempt), unanswered);
      ledger.tick(60_000);
      const [retry] = await ledger.admit();
      expect(retry).toMatchObject({ attempt: { n: 2 }, variables: patient(2).variables, call: patient(2).call });
    });

    test('opens a recipient that was pending', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      await ledger.enrol(patient(1), patient(2));
      await ledger.import({ id: 1, n: 1 });
      expect(await ledger.standings()).toEqual({ 1: 'accepted', 2: 'pending new' });
      expect((await ledger.admit()).map(({ attempt }) => attempt.key)).toEqual(['appointment-2']);
    });

    test('follows the earlier of two calls without letting it decide', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      const { store, scope } = ledger;
      await ledger.import({ id: 1, n: 2 }, { id: 1, n: 1 });
      await ledger.enrol(patient(1));
      const byNumber = (await store.openAttempts(scope.waveId, ['accepted'])).toSorted((a, b) => a.n - b.n);
      const [first, second] = byNumber;
      await ledger.happens(present(first), unanswered);
      expect(await ledger.standings()).toEqual({ 1: 'accepted' });
      await ledger.happens(present(second), answered);
      expect(await ledger.standings()).toEqual({ 1: 'done answered' });
      expect(await store.counts(scope.waveId)).toMatchObject({ states: { done: 1 }, attempts: 2 });
    });

    test('adds up the earlier of two calls where it ends last', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      const { store, scope } = ledger;
      await ledger.import({ id: 1, n: 2 }, { id: 1, n: 1 });
      await ledger.enrol(patient(1));
      const latestFirst = (await store.openAttempts(scope.waveId, ['accepted'])).toSorted((a, b) => b.n - a.n);
      for (const attempt of latestFirst) await ledger.happens(attempt, answered);
      expect(await store.counts(scope.waveId)).toMatchObject({ states: { done: 1 }, attempts: 2, seconds: 62 });
    });

    test('keeps a phone busy until the last of its imported calls is over', async () => {
      await using opened = await open();
      const clinic = await Ledger.open(opened.store);
      await clinic.import({ id: 1, n: 2 }, { id: 1, n: 1 }, { id: 5, n: 1, phone: phoneOf(1) });
      const garage = await Ledger.open(opened.store, { campaign: 'garage-recall' });
      await garage.enrol(patient(1));
      for (const attempt of await opened.store.openAttempts(clinic.scope.waveId, ['accepted'])) {
        garage.tick(10_000);
        expect(await garage.admit()).toEqual([]);
        await clinic.happens(attempt, answered);
      }
      garage.tick(10_000);
      expect(await garage.admit()).toHaveLength(1);
    });

    test('frees the phones of calls that end in one commit, but for those to which others are open', async () => {
      await using opened = await open();
      const clinic = await Ledger.open(opened.store);
      const again = [1, 2, 1].map((number, index) => ({ id: 5 + index, n: 1, phone: phoneOf(number) }));
      await clinic.import({ id: 1, n: 1 }, { id: 2, n: 1 }, { id: 3, n: 1 }, ...again);
      const calls = await opened.store.openAttempts(clinic.scope.waveId, ['accepted']);
      const garage = await Ledger.open(opened.store, { campaign: 'garage-recall' });
      await garage.enrol(patient(1), patient(2), patient(3));
      const calledAfter = async (...over: readonly number[]): Promise<readonly string[]> => {
        await clinic.happenTogether(over.map((index) => [present(calls[index]), answered]));
        garage.tick(10_000);
        return (await garage.admit()).map(({ attempt }) => attempt.phone);
      };
      expect(await calledAfter(5, 2)).toEqual([phoneOf(3)]);
      expect(await calledAfter(0, 1)).toEqual([]);
      expect(await calledAfter(3, 4)).toEqual([phoneOf(1), phoneOf(2)]);
    });

    test('keeps a phone with the call that holds it, whichever other one to it is over', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      await ledger.enrol(patient(1));
      const [admitted] = await ledger.admit();
      await ledger.happens(present(admitted).attempt, voided);
      const same = { n: 1, phone: phoneOf(1) };
      await ledger.import({ id: 5, ...same }, { id: 1, ...same }, { id: 6, ...same });
      const calls = await opened.store.openAttempts(ledger.scope.waveId, ['accepted']);
      const garage = await Ledger.open(opened.store, { campaign: 'garage-recall' });
      await garage.enrol(patient(1));
      for (const call of calls.toReversed()) {
        garage.tick(10_000);
        expect(await garage.admit()).toEqual([]);
        expect(await ledger.happens(call, answered)).toBeDefined();
      }
      garage.tick(10_000);
      expect(await garage.admit()).toHaveLength(1);
    });

    test('does not retry somebody whom no list names, until one does', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      await ledger.import({ id: 1, n: 1 });
      const [attempt] = await ledger.store.openAttempts(ledger.scope.waveId, ['accepted']);
      await ledger.happens(present(attempt), unanswered);
      ledger.tick(60_000);
      expect(await ledger.admit()).toEqual([]);
      expect(await ledger.store.counts(ledger.scope.waveId)).toMatchObject({ skips: { removed: 1 } });
      await ledger.enrol(patient(1));
      expect(await ledger.standings()).toEqual({ 1: 'pending retry 2' });
      expect(await ledger.admit()).toHaveLength(1);
    });

    test('believes the provider where a voided attempt was called all the same', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      await ledger.enrol(patient(1));
      const [admitted] = await ledger.admit();
      await ledger.happens(present(admitted).attempt, voided);
      expect(await ledger.import({ id: 1, n: 1, createdMs: 99_999_999 })).toBe(1);
      expect(await ledger.standings()).toEqual({ 1: 'accepted' });
      const [row] = await ledger.results();
      expect(row?.attempts).toMatchObject([
        { n: 1, intentMs: ledger.nowMs, events: ['intended', 'voided', 'intended', 'seen'] },
      ]);
      const [open1] = await ledger.store.openAttempts(ledger.scope.waveId, ['accepted']);
      expect(present(open1).version).toBe(4);
      expect(await ledger.happens(present(open1), answered)).toBeDefined();
    });

    test('follows a later call than the ledger knows, though the recipient was done', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      await ledger.enrol(patient(1));
      const [admitted] = await ledger.admit();
      await ledger.happens(present(admitted).attempt, answered);
      await ledger.import({ id: 1, n: 2 });
      expect(await ledger.standings()).toEqual({ 1: 'accepted' });
      expect(await ledger.store.counts(ledger.scope.waveId)).toMatchObject({ outcomes: {}, replies: {}, attempts: 2 });
    });

    test('takes a number as a country dials it for the recipient that it ends like', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      await ledger.enrol(patient(1), patient(2));
      await ledger.import({ id: 1, n: 1, phone: '080 0000 0001' }, { id: 2, n: 1, phone: '+2348000000077' });
      const open2 = await ledger.store.openAttempts(ledger.scope.waveId, ['accepted']);
      expect(open2.map(({ phone }) => phone)).toEqual([phoneOf(1), phoneOf(77)]);
    });
  });
}
