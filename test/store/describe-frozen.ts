import { describe, expect, test } from 'vitest';
import type { AttemptEvent } from '../../src/model/attempt.ts';
import { recipientTag } from '../../src/model/reference.ts';
import type { FrozenRecipient, Only, WaveParent } from '../../src/model/wave.ts';
import type { Store } from '../../src/store/contract/store.ts';
import type { FrozenChoice } from '../../src/store/contract/wave-state.ts';
import type { Opened } from './opened.ts';
import { Ledger, patient, phoneOf } from './ledger.ts';
import { present } from './present.ts';

const parent: WaveParent = { wave: '2026-11-24', run: 'a', only: ['busy', 'no_answer'] };

async function chosen(
  store: Store,
  waveId: number,
  only: readonly Only[],
  others: FrozenChoice['others'] = [],
): Promise<readonly FrozenRecipient[]> {
  const all: FrozenRecipient[] = [];
  for await (const page of store.frozen(waveId, { only, others })) all.push(...page);
  return all;
}

const ends: readonly AttemptEvent[] = [
  { kind: 'ended', outcome: 'answered' },
  { kind: 'ended', outcome: 'busy' },
  { kind: 'refused', reason: 'HTTP 400' },
  { kind: 'ended', outcome: 'rejected' },
];

/** Four who were called, one suppressed and one who was taken off the list. */
async function endedWave(store: Store): Promise<Ledger> {
  const ledger = await Ledger.open(store);
  const listed = [1, 2, 3, 4].map((id) => patient(id));
  await ledger.enrol(...listed, patient(5, { suppressed: true }), patient(6));
  const admitted = await ledger.admit({ max: 4 });
  for (const [index, { attempt }] of admitted.entries()) await ledger.happens(attempt, present(ends[index]));
  await ledger.enrol(...listed, patient(5, { suppressed: true }));
  return ledger;
}

/** What every store promises to a wave that repeats another. */
export function describeFrozen(name: string, open: () => Promise<Opened>): void {
  describe(name, () => {
    test('remember what a new wave repeats, and never change it', async () => {
      await using opened = await open();
      const { store, scope } = await Ledger.open(opened.store);
      const opening = (of?: WaveParent): Promise<unknown> => store.openWave(scope.address, 'again', scope.fence, 9, of);
      await opening(parent);
      await opening();
      await opening({ ...parent, run: 'b' });
      expect(await store.wave(scope.address, 'again')).toMatchObject({ parent });
      await store.openWave(scope.address, scope.wave, scope.fence, 9, parent);
      expect(await store.wave(scope.address, scope.wave)).not.toHaveProperty('parent');
    });

    test.each<readonly [string, readonly Only[], readonly number[]]>([
      ['those of an outcome', ['busy'], [2]],
      ['those of several', ['answered', 'busy'], [1, 2]],
      ['whom the provider refused with those who refused the call', ['rejected'], [3, 4]],
      ['the skipped, but not who was taken off the list', ['skipped'], [5]],
      ['nobody where nobody is', ['voicemail'], []],
    ])('give %s', async (_, only, ids) => {
      await using opened = await open();
      const { store, scope } = await endedWave(opened.store);
      expect((await chosen(store, scope.waveId, only)).map(({ key }) => key)).toEqual(ids.map((id) => patient(id).key));
    });

    test('give the inputs of the first attempt, whatever the list says now', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      const told = { notBeforeMs: 5, notAfterMs: 9e12, variables: { patient_name: 'Ada' }, row: { first_name: 'Ada' } };
      await ledger.enrol(patient(1, told));
      const [admitted] = await ledger.admit();
      await ledger.happens(present(admitted).attempt, present(ends[0]));
      await ledger.enrol(patient(1, { number: 7, variables: { patient_name: 'Eze' } }));
      const { key, phone, zone } = patient(1);
      const frozen = { key, phone, zone, ...told, position: 1, isNameless: false };
      expect(await chosen(opened.store, ledger.scope.waveId, ['answered'])).toEqual([frozen]);
      expect(phone).toBe(phoneOf(1));
    });

    test('say who was called by another wave that repeats the same, whatever came of it', async () => {
      await using opened = await open();
      const { store, scope, address } = await endedWave(opened.store);
      await store.release(scope.address, scope.fence);
      const other = await Ledger.open(store, { wave: 'again' });
      await other.enrol(patient(2), patient(4));
      const [open2] = await other.admit({ max: 1 });
      const others = [
        { wave: 'again', waveId: other.scope.waveId, tagOf: (key: string) => recipientTag(address, 'again', key) },
      ];
      const callers = async (): Promise<unknown> =>
        (await chosen(store, scope.waveId, ['busy', 'rejected'], others)).map(({ calledBy }) => calledBy);
      expect(await callers()).toEqual(['again', undefined, undefined]);
      await other.happens(present(open2).attempt, { kind: 'voided', reason: 'HTTP 429' });
      expect(await callers()).toEqual([undefined, undefined, undefined]);
    });

    test('know that a call whose person no list has named has no inputs', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      await ledger.import({ id: 2, n: 1, createdMs: 500 });
      const [attempt] = await opened.store.openAttempts(ledger.scope.waveId, ['accepted']);
      await ledger.happens(present(attempt), present(ends[0]));
      const [found] = await chosen(opened.store, ledger.scope.waveId, ['answered']);
      expect(found).toMatchObject({ isNameless: true, row: {}, variables: {}, key: ledger.tagOf(patient(2).key) });
    });

    test('give a long wave page by page', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      await ledger.enrol(...Array.from({ length: 1_203 }, (_, index) => patient(index + 1, { suppressed: true })));
      const all = await chosen(opened.store, ledger.scope.waveId, ['skipped']);
      expect(all.map(({ position }) => position)).toEqual(Array.from({ length: 1_203 }, (_, index) => index + 1));
    });
  });
}
