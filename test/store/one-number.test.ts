/** No number is dialled for two people, whatever becomes of the list and the store; but where a file says call_each. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Attempt } from '../../src/model/attempt.ts';
import type { Recipient } from '../../src/model/recipient.ts';
import { Ledger, patient, phoneOf } from './ledger.ts';
import { openTemporary } from './sqlite-store.ts';

test('tries those whom it finds again at the number that was called, whatever their rows say by now', async () => {
  await using opened = await openTemporary();
  const ledger = await Ledger.open(opened.store);
  await ledger.import({ id: 1, n: 1 }, { id: 2, n: 1 });
  await endCalls(ledger);
  // The first has the number that the second was called at.
  await ledger.enrol(patient(1, { number: 2 }), patient(2, { number: 3 }));
  expect(await dial(ledger)).toEqual([
    [1, phoneOf(1)],
    [2, phoneOf(2)],
  ]);
});

test('tries somebody again at the number of a call that an older copy of the store lacks', async () => {
  await using opened = await openTemporary();
  const ledger = await Ledger.open(opened.store);
  await ledger.enrol(patient(1));
  await ledger.import({ id: 1, n: 1, phone: phoneOf(2) });
  await endCalls(ledger);
  await ledger.enrol(patient(1, { number: 2 }), patient(2, { number: 1 }));
  expect(await dial(ledger)).toEqual([
    [1, phoneOf(2)],
    [2, phoneOf(1)],
  ]);
});

test.each(['', '+234******01', '0803 000', '080 0000 0001', '8000000001', '+234 (0)80 0000 0001'])(
  'takes a number that the provider shows as %j for that of the row, for good',
  async (shown) => {
    await using opened = await openTemporary();
    const ledger = await Ledger.open(opened.store);
    await ledger.import({ id: 1, n: 1, phone: shown }, { id: 1, n: 2, phone: shown });
    await ledger.enrol(patient(1));
    expect((await ledger.store.openAttempts(ledger.scope.waveId, ['accepted'])).map(({ phone }) => phone)).toEqual([
      phoneOf(1),
      phoneOf(1),
    ]);
    const garage = await Ledger.open(opened.store, { campaign: 'garage-recall' });
    await garage.enrol(patient(1));
    expect(await garage.admit()).toEqual([]);
    expect(await ledger.enrol(patient(12, { number: 1 }))).toMatchObject({ called: 1, fresh: 0 });
  },
);

type Act =
  | { readonly kind: 'list'; readonly numbers: readonly number[] }
  | { readonly kind: 'call' | 'lose' }
  | { readonly kind: 'end'; readonly how: readonly boolean[] };

const numbers = fc.shuffledSubarray([1, 2, 3, 4, 5, 6], { minLength: 4, maxLength: 4 });
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('list'), numbers }) },
  { weight: 4, arbitrary: fc.constant({ kind: 'call' } as const) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('end'), how: fc.array(fc.boolean(), { minLength: 4 }) }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'lose' } as const) },
);

test('dials no number for two people, however numbers change hands and stores are lost', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 4, maxLength: 16, size: 'max' }), async (acts) => {
      const dialled: (readonly [number, string])[] = [];
      let list = listOf([1, 2, 3, 4]);
      let stores = 1;
      await using first = await openTemporary();
      let ledger = await Ledger.open(first.store);
      await ledger.enrol(...list);
      await using lost = new AsyncDisposableStack();
      for (const one of acts) {
        switch (one.kind) {
          case 'list':
            list = listOf(one.numbers);
            await ledger.enrol(...list);
            break;
          case 'call':
            dialled.push(...(await dial(ledger)));
            break;
          case 'end':
            await endCalls(ledger, one.how);
            break;
          case 'lose':
            stores += 1;
            ledger = await Ledger.open(lost.use(await openTemporary()).store);
            await ledger.import(...calls(dialled));
            await ledger.enrol(...list);
        }
        for (const number of new Set(dialled.map(([, phone]) => phone))) {
          const people = new Set(dialled.filter(([, phone]) => phone === number).map(([id]) => id));
          expect(people.size, `${number} after ${String(stores)} stores`).toBe(1);
        }
      }
    }),
    { numRuns: 150 },
  );
}, 30_000);

/** Person 1 has the first of the numbers. */
function listOf(phones: readonly number[]): readonly Recipient[] {
  return phones.map((number, at) => patient(at + 1, { number }));
}

type Found = { readonly id: number; readonly n: number; readonly phone: string };

/** As the provider lists them. */
function calls(dialled: readonly (readonly [number, string])[]): readonly Found[] {
  return dialled.map(([id, phone], at) => ({
    id,
    phone,
    n: dialled.slice(0, at + 1).filter(([other]) => other === id).length,
  }));
}

/** Whoever is due, in the order of their keys, and at which number. */
async function dial(ledger: Ledger): Promise<readonly (readonly [number, string])[]> {
  ledger.tick(60_000);
  const admitted = await ledger.admit();
  const dialled = admitted.map(
    ({ attempt }) => [Number(attempt.key.replace('appointment-', '')), attempt.phone] as const,
  );
  return dialled.toSorted(([a], [b]) => a - b);
}

/** Calls under way end in the order of their start: taken, or not. */
async function endCalls(ledger: Ledger, taken: readonly boolean[] = []): Promise<void> {
  const open: readonly Attempt[] = await ledger.store.openAttempts(ledger.scope.waveId, ['intent', 'accepted']);
  for (const [at, attempt] of open.entries()) {
    await ledger.happens(attempt, { kind: 'ended', outcome: taken[at] === true ? 'answered' : 'no_answer' });
  }
}
