import { describe, expect, test } from 'vitest';
import type { AttemptEvent } from '../../src/model/attempt.ts';
import type { Sighting } from '../../src/model/sighting.ts';
import type { OptOut } from '../../src/model/opt-out.ts';
import type { Opened } from './opened.ts';
import { Ledger, patient, phoneOf } from './ledger.ts';
import { present } from './present.ts';

const refused: AttemptEvent = { kind: 'ended', outcome: 'answered', optOut: true };
const unansweredButRefused: AttemptEvent = { kind: 'ended', outcome: 'no_answer', optOut: true };
const unanswered: AttemptEvent = { kind: 'ended', outcome: 'no_answer' };
const byAmina = { atMs: 5_000, by: 'amina', because: 'asked at the desk' };
const byBola = { atMs: 9_000, by: 'bola' };

function phonesOn(list: readonly OptOut[]): readonly string[] {
  return list.flatMap(({ phone, removed }) => (removed === undefined ? [phone] : []));
}

/** What every store promises of those who opted out. */
export function describeOptOuts(name: string, open: () => Promise<Opened>): void {
  describe(name, () => {
    test('keeps who is not to be called, and who took whom off the list', async () => {
      await using opened = await open();
      const { store } = opened;
      expect(await store.addOptOuts([phoneOf(1), phoneOf(2)], byAmina)).toEqual([phoneOf(1), phoneOf(2)]);
      expect(await store.addOptOuts([phoneOf(2), phoneOf(3)], byBola)).toEqual([phoneOf(3)]);
      expect(await store.removeOptOuts([phoneOf(2), phoneOf(4)], byBola)).toEqual([phoneOf(2)]);
      expect(await store.removeOptOuts([phoneOf(2)], byBola)).toEqual([]);
      expect(await store.addOptOuts([phoneOf(2)], byBola)).toEqual([phoneOf(2)]);
      const reader = await opened.toRead();
      expect(await reader.optOuts()).toEqual([
        { phone: phoneOf(1), source: { kind: 'person', ...byAmina } },
        { phone: phoneOf(2), source: { kind: 'person', ...byAmina }, removed: byBola },
        { phone: phoneOf(3), source: { kind: 'person', ...byBola } },
        { phone: phoneOf(2), source: { kind: 'person', ...byBola } },
      ]);
      expect(await Promise.all([1, 2, 4].map((id) => reader.isOptedOut(phoneOf(id))))).toEqual([true, true, false]);
    });

    test('writes down with the end of a call that the person asked not to be called', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      await ledger.enrol(patient(1), patient(2));
      const [first, second] = await ledger.admit();
      await ledger.happens(present(second).attempt, unanswered);
      await ledger.happens(present(first).attempt, unansweredButRefused);
      expect(await opened.store.optOuts()).toEqual([
        {
          phone: phoneOf(1),
          source: {
            kind: 'call',
            atMs: ledger.nowMs,
            address: 'clinic-reminders/prod',
            wave: '2026-11-24',
            attempt: 1,
          },
        },
      ]);
      expect(await ledger.standings()).toEqual({ 1: 'done no_answer', 2: 'pending retry 2' });
    });

    test('writes down nothing of a call whose end was not written', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      await ledger.enrol(patient(1));
      const [admitted] = await ledger.admit();
      await ledger.happens(present(admitted).attempt, { kind: 'accepted', handle: { callId: 'call-1' } });
      expect(await ledger.happens(present(admitted).attempt, refused)).toBeUndefined();
      expect(await opened.store.optOuts()).toEqual([]);
    });

    test('holds for all campaigns, those that wait for a retry among them, until it is taken back', async () => {
      await using opened = await open();
      const clinic = await Ledger.open(opened.store);
      const garage = await Ledger.open(await opened.another(), { campaign: 'garage-recall' });
      await garage.enrol(patient(1), patient(2));
      for (const { attempt } of await garage.admit()) await garage.happens(attempt, unanswered);
      clinic.nowMs = garage.tick(120_000);
      await clinic.enrol(patient(1), patient(3));
      const [first, third] = await clinic.admit();
      await clinic.happens(present(first).attempt, refused);
      await clinic.happens(present(third).attempt, refused);
      garage.nowMs = clinic.tick();
      expect((await garage.admit()).map(({ attempt }) => attempt.phone)).toEqual([phoneOf(2)]);
      expect(await garage.standings()).toEqual({ 1: 'skipped opted_out', 2: 'intent' });
      const survey = await Ledger.open(opened.store, { campaign: 'shop-survey' });
      await survey.enrol(patient(3));
      expect(await survey.admit()).toEqual([]);
      await opened.store.removeOptOuts([phoneOf(3)], byBola);
      await survey.enrol(patient(3));
      expect(await survey.admit()).toHaveLength(1);
    });

    test('holds from the next admission on, whichever process wrote it', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      await ledger.enrol(patient(1), patient(2), patient(3));
      expect(await ledger.admit({ max: 1 })).toHaveLength(1);
      const desk = await opened.another();
      await desk.addOptOuts([phoneOf(2)], byAmina);
      expect((await ledger.admit()).map(({ attempt }) => attempt.phone)).toEqual([phoneOf(3)]);
      expect(await ledger.standings()).toEqual({ 1: 'intent', 2: 'skipped opted_out', 3: 'intent' });
    });

    test('knows of a call that was found at the provider', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      await ledger.enrol(patient(1), patient(2));
      await ledger.import({ id: 1, n: 1, outcome: 'answered', optOut: true }, { id: 2, n: 1, outcome: 'answered' });
      expect(phonesOn(await opened.store.optOuts())).toEqual([phoneOf(1)]);
    });

    test('takes the number of the list where the provider shows it as the country dials it', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      await ledger.import({ id: 1, n: 1, phone: '080 0000 0001' });
      await ledger.enrol(patient(1));
      const [attempt] = await ledger.store.openAttempts(ledger.scope.waveId, ['accepted']);
      await ledger.happens(present(attempt), refused);
      expect(phonesOn(await opened.store.optOuts())).toEqual([phoneOf(1)]);
    });

    test('lets a person take back what a call said, whatever the same call says again', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      await ledger.enrol(patient(1));
      await ledger.import({ id: 1, n: 1, outcome: 'answered', optOut: true });
      await opened.store.removeOptOuts([phoneOf(1)], byBola);
      const [attempt] = await ledger.store.openAttempts(ledger.scope.waveId, ['accepted']);
      await ledger.happens(present(attempt), refused);
      expect(phonesOn(await opened.store.optOuts())).toEqual([]);
    });

    test('heeds what is told of calls that are over, by their reference or their id, and of no others', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      await ledger.enrol(patient(1), patient(2), patient(3), patient(4));
      const references: string[] = [];
      for (const { attempt } of await ledger.admit()) {
        references.push(attempt.reference);
        await ledger.happens(attempt, {
          kind: 'ended',
          outcome: 'answered',
          handle: { callId: `call-${attempt.key}` },
        });
      }
      const [first = '', , third = ''] = references;
      const heed = (...calls: readonly Sighting[]): Promise<void> =>
        opened.store.heedOptOuts(ledger.scope, calls, ledger.tick());
      await heed(
        { reference: first, phone: phoneOf(1), optOut: true },
        { callId: 'call-appointment-2', phone: `0${phoneOf(2).slice(4)}`, optOut: true },
        { reference: third, phone: phoneOf(3) },
        { callId: 'call-appointment-4', phone: phoneOf(7), optOut: true },
        { reference: first.replace(/\d$/, '2'), phone: phoneOf(5), optOut: true },
      );
      expect(phonesOn(await opened.store.optOuts())).toEqual([phoneOf(1), phoneOf(2)]);
    });

    test('heeds a call that began after a person took the number back, though engine time fell behind', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      await ledger.enrol(patient(1));
      const beforeMs = ledger.tick();
      await opened.store.addOptOuts([phoneOf(1)], { ...byAmina, atMs: ledger.tick() });
      await opened.store.removeOptOuts([phoneOf(1)], { ...byBola, atMs: ledger.tick() });
      const [admitted] = await ledger.admit();
      await ledger.happens(present(admitted).attempt, refused, beforeMs);
      expect(phonesOn(await opened.store.optOuts())).toEqual([phoneOf(1)]);
    });

    test('leaves to a person what they took back after the call, though it is told only now', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      await ledger.enrol(patient(1));
      const [admitted] = await ledger.admit();
      const { attempt } = present(admitted);
      await ledger.happens(attempt, { kind: 'ended', outcome: 'answered' });
      const call = { reference: attempt.reference, phone: phoneOf(1), optOut: true } as const;
      await opened.store.addOptOuts([phoneOf(1)], { ...byAmina, atMs: ledger.tick() });
      await opened.store.heedOptOuts(ledger.scope, [call], ledger.tick());
      await opened.store.removeOptOuts([phoneOf(1)], { ...byBola, atMs: ledger.tick() });
      await opened.store.heedOptOuts(ledger.scope, [call], ledger.tick());
      expect(phonesOn(await opened.store.optOuts())).toEqual([]);
    });

    test('counts them apart before anybody is called', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      const list = [patient(1), patient(2), patient(3, { suppressed: true }), patient(4)];
      await opened.store.addOptOuts([phoneOf(1), phoneOf(3)], byAmina);
      const expected = {
        fresh: 2,
        called: 0,
        changed: 0,
        pending: 0,
        suppressed: 1,
        removed: 0,
        skips: { opted_out: 1 },
      };
      expect(await ledger.store.compare(undefined, asBatches(list), ledger.enrolOptions)).toEqual(expected);
      expect(await ledger.compare(...list)).toEqual(expected);
      expect(await ledger.enrol(...list)).toEqual(expected);
      const late = { ...ledger.enrolOptions, certainSkip: () => 'not_after' as const };
      expect(await ledger.store.compare(ledger.scope.waveId, asBatches(list), late)).toMatchObject({
        skips: { opted_out: 1, not_after: 2 },
      });
    });
  });
}

async function* asBatches<T>(list: readonly T[]): AsyncIterable<readonly T[]> {
  yield list;
}
