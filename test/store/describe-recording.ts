import { describe, expect, test } from 'vitest';
import type { Attempt } from '../../src/model/attempt.ts';
import type { E164 } from '../../src/model/recipient.ts';
import { Ledger, patient, phoneOf, tallying } from './ledger.ts';
import { present } from './present.ts';
import type { Opened } from './opened.ts';
import { accepted, answered, unanswered, doubted, voided } from './call-events.ts';

/** What happens to attempts. */
export function describeRecording(name: string, open: () => Promise<Opened>): void {
  describe(name, () => {
    test('knows when the address began its last calls, in whatever wave; test calls are beside it', async () => {
      await using opened = await open();
      const started: number[] = [];
      for (const [id, wave] of ['2026-11-24', 'test:1', '2026-12-01'].entries()) {
        const ledger = await Ledger.open(opened.store, { wave });
        await ledger.enrol(patient(id));
        ledger.nowMs += id * 60_000;
        const [admitted] = await ledger.admit();
        started.push(present(admitted).attempt.intentMs);
      }
      const { scope } = await Ledger.open(opened.store, { wave: '2027-01-01' });
      expect(await opened.store.lastStarts(scope, 5)).toEqual([started[0], started[2]]);
      expect(await opened.store.lastStarts(scope, 1)).toEqual([started[2]]);
      const other = await Ledger.open(opened.store, { campaign: 'garage-recall' });
      expect(await opened.store.lastStarts(other.scope, 5)).toEqual([]);
    });

    test('counts the slots of all waves of the address, but for test calls', async () => {
      await using opened = await open();
      const others = [{ wave: '2026-11-24' }, { wave: 'test:1' }, { campaign: 'garage-recall' }];
      for (const [id, of] of others.entries()) {
        const ledger = await Ledger.open(opened.store, of);
        await ledger.enrol(patient(id));
        expect(await ledger.admit()).toHaveLength(1);
      }
      const { store, scope } = await Ledger.open(opened.store, { wave: '2026-12-01' });
      expect(await store.slots(scope, { sinceMs: 0, startedMs: 0 })).toBe(1);
    });

    test('leaves out attempts that are due by their own ids', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      const { store, scope } = ledger;
      await ledger.enrol(patient(1, { suppressed: true }), patient(2));
      const [admitted] = await ledger.admit();
      const ringing = present(await ledger.happens(present(admitted).attempt, accepted));
      expect(ringing.id).not.toBe(ringing.recipientId);
      const all = { kinds: ['accepted'], nowMs: Number.MAX_SAFE_INTEGER, max: 9 } as const;
      expect(await store.due(scope, { ...all, except: [ringing.recipientId] })).toEqual([ringing]);
      expect(await store.due(scope, { ...all, except: [ringing.id] })).toEqual([]);
    });

    test('takes a call of an earlier run for no older than its intent, whose engine time fell behind', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      await ledger.enrol(patient(1));
      const [admitted] = await ledger.admit();
      const { attempt } = present(admitted);
      ledger.nowMs -= 300_000;
      await ledger.happens(attempt, { kind: 'accepted', handle: { callId: 'c1' } });
      const sinceMs = attempt.intentMs - 180_000;
      const held = (startedMs: number): Promise<number> => opened.store.slots(ledger.scope, { sinceMs, startedMs });
      expect(await held(attempt.intentMs)).toBe(1);
      expect(await held(attempt.intentMs - 1)).toBe(0);
    });

    test('follows an attempt to its end, and says what became of the recipient', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      const { store, scope } = ledger;
      await ledger.enrol(patient(1));
      const [admitted] = await ledger.admit();
      const { attempt } = present(admitted);
      expect(await store.slots(scope, { sinceMs: 0, startedMs: 0 })).toBe(1);
      const ringing = present(
        await ledger.happens(attempt, { kind: 'accepted', handle: { batchId: 'b1', callId: 'c1' } }),
      );
      const [read] = await store.openAttempts(scope.waveId, ['accepted']);
      expect(read).toEqual(ringing);
      expect(await store.slots(scope, { sinceMs: ledger.nowMs - 1, startedMs: 0 })).toBe(1);
      expect(await store.slots(scope, { sinceMs: ledger.nowMs, startedMs: 0 })).toBe(0);
      expect(await store.lastStarts(scope, 5)).toEqual([attempt.intentMs]);
      const dueMs = present(await store.nextDueMs(scope.waveId, ['open']));
      expect(await store.nextDueMs(scope.waveId, ['open'], dueMs - 1)).toBe(dueMs);
      expect(await store.nextDueMs(scope.waveId, ['open'], dueMs)).toBeUndefined();
      expect(await store.due(scope, { kinds: ['accepted'], nowMs: dueMs - 1, max: 9 })).toEqual([]);
      expect(await store.due(scope, { kinds: ['in_doubt'], nowMs: dueMs, max: 9 })).toEqual([]);
      expect(await store.due(scope, { kinds: ['accepted', 'in_doubt'], nowMs: dueMs, max: 9 })).toEqual([ringing]);
      await ledger.happens(ringing, answered);
      expect(await store.nextDueMs(scope.waveId, ['open', 'pending'])).toBeUndefined();
      expect(await store.counts(scope.waveId)).toEqual({
        recipients: 1,
        states: { done: 1 },
        outcomes: { answered: 1 },
        replies: { Confirm: 1 },
        attempts: 1,
        seconds: 31,
        waits: {},
        skips: {},
      });
      expect(await ledger.results()).toEqual([
        {
          key: 'appointment-1',
          phone: phoneOf(1),
          standing: { kind: 'done' },
          row: patient(1).row,
          variables: patient(1).variables,
          attempts: [
            {
              n: 1,
              intentMs: attempt.intentMs,
              endedMs: ledger.nowMs,
              state: answered,
              definition: 'definition-1',
              resourceId: 'workflow-1',
              events: ['intended', 'accepted', 'ended'],
            },
          ],
        },
      ]);
    });

    test('tells when a call was over by the wall clock, though engine time fell behind', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      await ledger.enrol(patient(1));
      const engineMs = ledger.tick();
      const [admitted] = await ledger.admit();
      await ledger.happens(present(admitted).attempt, answered, engineMs);
      expect((await ledger.results())[0]?.attempts[0]?.endedMs).toBe(ledger.nowMs);
    });

    test('lets the first of two writers win, and says which writes lost', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      await ledger.enrol(patient(1), patient(2));
      const [first, second] = await ledger.admit();
      const { attempt } = present(first);
      await ledger.happens(attempt, accepted);
      expect(await ledger.happens(attempt, doubted)).toBeUndefined();
      expect(await ledger.happens({ ...present(second).attempt, id: 7 }, accepted)).toBeUndefined();
      expect(await ledger.standings()).toEqual({ 1: 'accepted', 2: 'intent' });
      expect((await opened.events()).map(({ event }) => event.kind)).toEqual(['intended', 'accepted', 'intended']);
      expect(await ledger.store.record(ledger.scope, [], { nowMs: 1, wallMs: 1, tallying })).toMatchObject({
        lost: [],
      });
    });

    test('uses the number of a voided attempt again, and keeps its events', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      await ledger.enrol(patient(1));
      const [first] = await ledger.admit();
      const doubtful = present(await ledger.happens(present(first).attempt, doubted));
      await ledger.store.postpone(ledger.scope, [{ attempt: doubtful, dueMs: ledger.nowMs }]);
      await ledger.happens(doubtful, voided);
      expect(await ledger.standings()).toEqual({ 1: 'pending voided' });
      expect(await ledger.store.counts(ledger.scope.waveId)).toMatchObject({ attempts: 0 });
      ledger.tick();
      const [again] = await ledger.admit();
      expect(again).toMatchObject({ attempt: { n: 1, version: 4, polls: 0 } });
      expect(await ledger.store.openAttempts(ledger.scope.waveId, ['intent'])).toEqual([present(again).attempt]);
      expect(await ledger.happens(present(first).attempt, accepted)).toBeUndefined();
      expect((await ledger.results())[0]?.attempts[0]?.endedMs).toBeUndefined();
      await ledger.happens(present(again).attempt, accepted);
      const [row] = await ledger.results();
      expect(row?.attempts.map(({ events }) => events)).toEqual([
        ['intended', 'doubted', 'voided', 'intended', 'accepted'],
      ]);
    });

    test('lets one of a refused batch go alone until it is answered, however often it is voided', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      await ledger.enrol(patient(1));
      const [first] = await ledger.admit();
      const refused = await ledger.happens(present(first).attempt, {
        kind: 'doubted',
        why: 'the batch was refused',
        needs: 1,
      });
      await ledger.happens(present(refused), { kind: 'voided', reason: 'not at the provider, by complete listings' });
      const [second] = await ledger.admit();
      expect(present(second).alone).toBe(true);
      await ledger.happens(present(second).attempt, voided);
      ledger.tick();
      const [third] = await ledger.admit();
      expect(present(third).alone).toBe(true);
      await ledger.happens(present(await ledger.happens(present(third).attempt, accepted)), unanswered);
      ledger.tick(60_000);
      expect((await ledger.admit()).map(({ alone, attempt }) => [attempt.n, alone])).toEqual([[2, false]]);
    });

    test('never makes a second call under a number that was used', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      await ledger.enrol(patient(1));
      const [admitted] = await ledger.admit();
      const { attempt } = present(admitted);
      const standing = { kind: 'pending', n: 1, dueMs: 0, why: 'new' } as const;
      const wrong = { attempt, event: unanswered, state: { kind: 'ended', outcome: 'no_answer' }, standing } as const;
      await ledger.store.record(ledger.scope, [wrong], { nowMs: ledger.tick(), wallMs: ledger.nowMs, tallying });
      await expect(ledger.admit()).rejects.toThrow('not voided');
      expect((await opened.events()).map(({ event }) => event.kind)).toEqual(['intended', 'ended']);
    });

    test('retries by policy, and ends with the last outcome', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      await ledger.enrol(patient(1));
      for (const standing of ['pending retry 2', 'done no_answer']) {
        ledger.tick(60_000);
        const [admitted] = await ledger.admit();
        await ledger.happens(present(admitted).attempt, unanswered);
        expect(await ledger.standings()).toEqual({ 1: standing });
      }
      expect(await ledger.store.counts(ledger.scope.waveId)).toMatchObject({ attempts: 2, outcomes: { no_answer: 1 } });
    });

    test('only moves the due time of a poll that brought nothing', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      const { store, scope } = ledger;
      await ledger.enrol(patient(1));
      const [admitted] = await ledger.admit();
      const ringing = present(await ledger.happens(present(admitted).attempt, accepted));
      await store.postpone(scope, [{ attempt: ringing, dueMs: 5_000_000.5 }]);
      expect(await store.nextDueMs(scope.waveId, ['open'])).toBe(5_000_000.5);
      const [polled] = await store.openAttempts(scope.waveId, ['accepted']);
      expect(polled).toEqual({ ...ringing, polls: 1 });
      const ended = present(await ledger.happens(ringing, answered));
      await store.postpone(scope, [
        { attempt: ringing, dueMs: 1 },
        { attempt: ended, dueMs: 1 },
      ]);
      expect(await store.nextDueMs(scope.waveId, ['open'])).toBeUndefined();
    });

    test('finds accepted attempts by their batch or call, and no others', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      await ledger.enrol(patient(1), patient(2), patient(3), patient(4));
      const [one, two, three, four] = (await ledger.admit()).map(({ attempt }) => attempt);
      const batched = await ledger.happens(present(one), { kind: 'accepted', handle: { batchId: 'b', callId: 'c1' } });
      const single = await ledger.happens(present(two), { kind: 'accepted', handle: { callId: 'c2' } });
      const over = await ledger.happens(present(three), { kind: 'accepted', handle: { batchId: 'b', callId: 'c3' } });
      await ledger.happens(present(over), answered);
      await ledger.happens(present(four), doubted);
      const { waveId } = ledger.scope;
      const { acceptedAs } = ledger.store;
      expect(await acceptedAs(waveId, [{ batchId: 'b' }])).toEqual([batched]);
      expect(await acceptedAs(waveId, [{ callId: 'c2' }, { batchId: 'b' }, { callId: 'c1' }])).toEqual([
        batched,
        single,
      ]);
      expect(await acceptedAs(waveId, [{ callId: 'b' }, { batchId: 'c1' }, { callId: 'c3' }, {}])).toEqual([]);
      expect(await acceptedAs(waveId + 1, [{ batchId: 'b' }])).toEqual([]);
    });

    test('knows which attempt a handle belongs to, by its ids and number', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      await ledger.enrol(patient(1), patient(2));
      const [one, two] = await ledger.admit();
      await ledger.happens(present(one).attempt, { kind: 'accepted', handle: { batchId: 'b', callId: 'c1' } });
      await ledger.happens(present(two).attempt, { kind: 'accepted', handle: { batchId: 'b' } });
      const { boundTo } = ledger.store;
      const [first, second] = [present(one).attempt.reference, present(two).attempt.reference];
      expect(await boundTo({ callId: 'c1', phone: phoneOf(1).slice(1) })).toBe(first);
      expect(await boundTo({ callId: 'c1', phone: phoneOf(2) })).toBeUndefined();
      expect(await boundTo({ batchId: 'b', phone: phoneOf(2) })).toBe(second);
      expect(await boundTo({ batchId: 'b', callId: 'c2', phone: phoneOf(2) })).toBe(second);
      expect(await boundTo({ batchId: 'b', phone: phoneOf(3) })).toBeUndefined();
      expect(await boundTo({ phone: phoneOf(1) })).toBeUndefined();
      const [national, masked] = [`0${phoneOf(1).slice('+234'.length)}`, '+234******01'];
      expect(await boundTo({ callId: 'c1', phone: national })).toBe(first);
      expect(await boundTo({ batchId: 'b', phone: national })).toBe(first);
      expect(await boundTo({ callId: 'c1', phone: masked })).toBe(first);
      expect(await boundTo({ batchId: 'b', phone: masked })).toBeUndefined();
    });

    test('binds nothing to a handle where its number may be that of two', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      const nigerian = patient(1, { number: 30_000_001 });
      const american = { ...patient(2), phone: '+18030000001' as E164 };
      await ledger.enrol(nigerian, american);
      const admitted = await ledger.admit();
      for (const { attempt } of admitted) {
        await ledger.happens(attempt, { kind: 'accepted', handle: { batchId: 'b' } });
      }
      const references = admitted.map(({ attempt }) => attempt.reference);
      const { boundTo } = ledger.store;
      expect(await boundTo({ batchId: 'b', phone: '08030000001' })).toBeUndefined();
      expect(await boundTo({ batchId: 'b', phone: american.phone })).toBe(references[1]);
    });

    test('knows the batch of a dispatch by any of its attempts', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      await ledger.enrol(patient(1), patient(2), patient(3));
      const [one, two] = await ledger.admit({ max: 2 });
      const [three] = await ledger.admit();
      const batchOf = (attempt: Attempt) => ledger.store.batchOf(ledger.scope.waveId, attempt);
      await ledger.happens(present(two).attempt, doubted);
      expect(await batchOf(present(two).attempt)).toBeUndefined();
      await ledger.happens(present(one).attempt, accepted);
      expect(await batchOf(present(two).attempt)).toBe('batch-1');
      expect(await batchOf(present(three).attempt)).toBeUndefined();
    });

    test('lets a person settle what could not be resolved', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      const { store, scope } = ledger;
      await ledger.enrol(patient(1), patient(2));
      for (const { attempt } of await ledger.admit()) {
        const doubtful = present(await ledger.happens(attempt, doubted));
        expect(await store.slots(scope, { sinceMs: ledger.nowMs, startedMs: 0 })).toBe(
          attempt.key === 'appointment-1' ? 2 : 1,
        );
        await ledger.happens(doubtful, { kind: 'gave_up', reason: 'two calls could be this one' });
      }
      expect(await ledger.standings()).toEqual({ 1: 'unresolved', 2: 'unresolved' });
      const [one, two] = await store.openAttempts(scope.waveId, ['unresolved']);
      await ledger.happens(present(one), { kind: 'settled', as: 'called', by: 'ada' });
      await ledger.happens(present(two), { kind: 'settled', as: 'not-called', by: 'ada' });
      expect(await ledger.standings()).toEqual({ 1: 'done unknown', 2: 'pending voided' });
    });
  });
}
