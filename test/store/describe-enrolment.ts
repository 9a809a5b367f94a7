import { describe, expect, test } from 'vitest';
import { Ledger, listOf, patient, phoneOf } from './ledger.ts';
import { present } from './present.ts';
import type { Opened } from './opened.ts';
import { accepted, answered, unanswered, doubted, voided } from './call-events.ts';

/** How recipients get into a wave. */
export function describeEnrolment(name: string, open: () => Promise<Opened>): void {
  describe(name, () => {
    const nobody = { fresh: 0, called: 0, changed: 0, pending: 0, suppressed: 0, removed: 0 };

    test('makes new rows pending and suppressed ones skipped, in list order', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      const list = [patient(2), patient(1), patient(3, { suppressed: true })];
      expect(await ledger.store.compare(undefined, listOf(...list), ledger.enrolOptions)).toEqual({
        ...nobody,
        fresh: 2,
        suppressed: 1,
      });
      expect(await ledger.enrol(...list)).toEqual({ ...nobody, fresh: 2, suppressed: 1 });
      expect((await ledger.results()).map(({ key }) => key)).toEqual([
        'appointment-2',
        'appointment-1',
        'appointment-3',
      ]);
      expect(await ledger.standings()).toEqual({ 1: 'pending new', 2: 'pending new', 3: 'skipped suppressed' });
      expect(await ledger.compare(...list)).toEqual({ ...nobody, pending: 2, suppressed: 1 });
      expect(await ledger.enrol(...list)).toEqual({ ...nobody, pending: 2, suppressed: 1 });
    });

    test('refreshes those not called yet wholly', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      await ledger.enrol(patient(1, { notAfterMs: 5 }), patient(2));
      const { zone: _, ...zoneless } = patient(1, { number: 77, notBeforeMs: 6 });
      const changed = {
        ...zoneless,
        row: { first_name: 'Bisi' },
        variables: { n: 1, yes: true },
        call: { deep: { a: [1] } },
      };
      expect(await ledger.enrol(changed, patient(2))).toEqual({ ...nobody, pending: 2 });
      const candidates: unknown[] = [];
      const admitted = await ledger.admit({
        grant: (candidate) => {
          candidates.push(candidate);
          return ledger.granted(candidate);
        },
      });
      expect(candidates[0]).toEqual({
        recipientId: admitted[0]?.attempt.recipientId,
        key: 'appointment-1',
        tag: ledger.tagOf('appointment-1'),
        phone: phoneOf(77),
        notBeforeMs: 6,
        enrolledMs: expect.any(Number) as unknown,
        n: 1,
        alone: false,
        call: changed.call,
        phoneBusy: false,
        optedOut: false,
        earlierMs: [],
        personCallsMs: [],
      });
      expect(admitted[0]).toMatchObject({ row: changed.row, variables: changed.variables, call: changed.call });
    });

    test('freezes the inputs of those called, but not the options of their next call', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      await ledger.enrol(patient(1), patient(2));
      for (const { attempt } of await ledger.admit()) await ledger.happens(attempt, unanswered);
      const changed = patient(1, {
        number: 77,
        variables: { patient_name: 'Bisi' },
        call: { tts_voice_accent: 'igbo' },
      });
      const list = [changed, patient(2, { call: { tts_voice_accent: 'igbo' } })];
      expect(await ledger.enrol(...list)).toEqual({ ...nobody, called: 2, changed: 1 });
      expect(await ledger.compare(...list)).toEqual({ ...nobody, called: 2, changed: 1 });
      ledger.tick(60_000);
      const common = { variables: { patient_name: 'Adaeze' }, call: { tts_voice_accent: 'igbo' } };
      expect(await ledger.admit()).toMatchObject([
        { ...common, attempt: { n: 2, phone: phoneOf(1), earlier: ['no_answer'] } },
        { ...common, attempt: { n: 2, phone: phoneOf(2), earlier: ['no_answer'] } },
      ]);
    });

    test('follows the order of the list, for those called as well', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      await ledger.enrol(patient(1), patient(2), patient(3), patient(4));
      await ledger.admit({ max: 2 });
      await ledger.enrol(patient(4), patient(3), patient(2), patient(1));
      const keys = (await ledger.results()).map(({ key }) => key);
      expect(keys).toEqual(['appointment-4', 'appointment-3', 'appointment-2', 'appointment-1']);
      const [next] = await ledger.admit({ max: 1 });
      expect(next?.attempt.key).toBe('appointment-4');
    });

    test('does not take another order of columns for other values', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      await ledger.enrol(patient(1), patient(2));
      await ledger.admit();
      const turned = patient(1, { row: { first_name: 'Adaeze', appointment_id: 'appointment-1' } });
      expect(await ledger.compare(turned, patient(2))).toEqual({ ...nobody, called: 2 });
    });

    test('skips those no longer listed, and takes them back when they are', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      await ledger.enrol(patient(1), patient(2), patient(3, { suppressed: true }));
      expect(await ledger.compare(patient(2))).toEqual({ ...nobody, pending: 1, removed: 2 });
      expect(await ledger.enrol(patient(2))).toEqual({ ...nobody, pending: 1, removed: 2 });
      expect(await ledger.standings()).toEqual({ 1: 'skipped removed', 2: 'pending new', 3: 'skipped removed' });
      expect(await ledger.enrol(patient(2))).toEqual({ ...nobody, pending: 1, removed: 2 });
      expect(await ledger.enrol(patient(1), patient(2), patient(3))).toEqual({ ...nobody, pending: 3 });
      expect(await ledger.standings()).toEqual({ 1: 'pending new', 2: 'pending new', 3: 'pending new' });
    });

    test('skips the suppressed who were never dialled, and leaves a pending retry to the gate', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      await ledger.enrol(patient(1), patient(2));
      const [first] = await ledger.admit({ max: 1 });
      const ringing = await ledger.happens(present(first).attempt, accepted);
      await ledger.happens(present(ringing), unanswered);
      const list = [patient(1, { suppressed: true }), patient(2, { suppressed: true })];
      expect(await ledger.enrol(...list)).toEqual({ ...nobody, called: 1, suppressed: 1 });
      expect(await ledger.standings()).toEqual({ 1: 'pending retry 2', 2: 'skipped suppressed' });
    });

    test('keeps those called when the list lacks them', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      await ledger.enrol(patient(1), patient(2));
      const [first, second] = await ledger.admit();
      await ledger.happens(present(first).attempt, voided);
      await ledger.happens(present(second).attempt, doubted);
      expect(await ledger.enrol()).toEqual({ ...nobody, removed: 1 });
      expect(await ledger.standings()).toEqual({ 1: 'skipped removed', 2: 'in_doubt' });
    });

    test('does not try again whose row went away during the call, unless it comes back', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      await ledger.enrol(patient(1), patient(2));
      const ringing = [];
      for (const { attempt } of await ledger.admit()) ringing.push(present(await ledger.happens(attempt, accepted)));
      await ledger.enrol(patient(2));
      for (const attempt of ringing) await ledger.happens(attempt, unanswered);
      expect(await ledger.standings()).toEqual({ 1: 'skipped removed', 2: 'pending retry 2' });
      await ledger.enrol(patient(1), patient(2));
      expect(await ledger.standings()).toEqual({ 1: 'pending retry 2', 2: 'pending retry 2' });
    });

    test('asks the gates again after an edit, but lets a voided attempt wait', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      await ledger.enrol(patient(1), patient(2), patient(3));
      const tomorrowMs = ledger.nowMs + 86_400_000;
      const [, third] = await ledger.admit({
        grant: (candidate) =>
          candidate.key === 'appointment-1'
            ? { kind: 'wait', untilMs: tomorrowMs, why: 'window' }
            : ledger.granted(candidate),
      });
      await ledger.happens(present(third).attempt, { kind: 'doubted', why: 'the batch was refused', needs: 1 });
      const [open3] = await ledger.store.openAttempts(ledger.scope.waveId, ['in_doubt']);
      await ledger.happens(present(open3), voided);
      expect(await ledger.standings()).toEqual({ 1: 'pending window', 2: 'intent', 3: 'pending voided' });
      await ledger.enrol(patient(1), patient(2), patient(3, { call: { tts_voice_accent: 'igbo' } }));
      expect(await ledger.standings()).toEqual({ 1: 'pending new', 2: 'intent', 3: 'pending voided' });
      const standings = (await ledger.results()).map(({ standing }) => standing);
      expect(standings).toMatchObject([{ dueMs: 0 }, { kind: 'open' }, { dueMs: ledger.nowMs - 1_000, alone: true }]);
      expect((await ledger.admit()).map(({ alone, attempt }) => [attempt.key, alone])).toEqual([
        ['appointment-1', false],
        ['appointment-3', true],
      ]);
    });

    test('asks the gates again about a retry, too', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      await ledger.enrol(patient(1));
      const [first] = await ledger.admit();
      await ledger.happens(present(first).attempt, unanswered);
      await ledger.enrol(patient(1));
      expect(await ledger.admit()).toEqual([]);
      ledger.tick(60_000);
      await ledger.admit({ grant: () => ({ kind: 'wait', untilMs: ledger.nowMs + 86_400_000, why: 'window' }) });
      await ledger.enrol(patient(1));
      expect(await ledger.admit()).toHaveLength(1);
    });

    test('takes back what the gate skipped, if nobody was called yet', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      await ledger.enrol(patient(1));
      await ledger.admit({ grant: () => ({ kind: 'skip', reason: 'zone_unknown' }) });
      expect(await ledger.standings()).toEqual({ 1: 'skipped zone_unknown' });
      await ledger.enrol(patient(1));
      expect(await ledger.standings()).toEqual({ 1: 'pending new' });
    });

    test('tells when somebody entered the wave, whatever list names them again', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      await ledger.enrol(patient(1));
      const enteredMs = ledger.nowMs;
      await ledger.enrol(patient(1), patient(2));
      const told: (number | undefined)[] = [];
      await ledger.store.compare(ledger.scope.waveId, listOf(patient(1), patient(3)), {
        ...ledger.enrolOptions,
        certainSkip: (_, enrolledMs) => {
          told.push(enrolledMs?.());
          return undefined;
        },
      });
      expect(told).toEqual([enteredMs, undefined]);
    });

    test('writes nothing when the list breaks off', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      await ledger.enrol(patient(1));
      async function* broken(): AsyncIterable<readonly ReturnType<typeof patient>[]> {
        yield [patient(2), patient(3)];
        throw new Error('the disk was pulled out');
      }
      const options = { ...ledger.enrolOptions, nowMs: 5 };
      await expect(ledger.store.enrol(ledger.scope, broken(), options)).rejects.toThrow('pulled out');
      expect(await ledger.standings()).toEqual({ 1: 'pending new' });
    });

    test('keeps waves apart: a new one calls everybody again', async () => {
      await using opened = await open();
      const first = await Ledger.open(opened.store);
      await first.enrol(patient(1));
      const [admitted] = await first.admit();
      await first.happens(present(admitted).attempt, answered);
      const second = await Ledger.open(opened.store, { wave: '2026-11-25' });
      expect(await second.enrol(patient(1))).toEqual({ ...nobody, fresh: 1 });
      expect(await second.admit()).toHaveLength(1);
    });
  });
}
