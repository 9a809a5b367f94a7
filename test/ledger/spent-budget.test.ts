import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { spentBudget, type BudgetPolicy } from '../../src/ledger/spent-budget.ts';
import { emptyTally, type Tally } from '../../src/model/tally.ts';
import { minute } from './clinic.ts';

const usd = (micros: number): { readonly micros: number; readonly currency: string } => ({ micros, currency: 'USD' });

function spent(change: Partial<Tally>, policy: Partial<BudgetPolicy>): string | undefined {
  return spentBudget({ ...emptyTally, ...change }, { maxCallMs: 15 * minute, ...policy });
}

describe('a budget', () => {
  test.each<[string, Partial<Tally>, Partial<BudgetPolicy>, string | undefined]>([
    ['is spent by none where there is none', { calls: 99 }, {}, undefined],
    ['of calls has room for the last', { calls: 9, unmeasured: 9 }, { budget: { calls: 10 } }, undefined],
    ['of calls is spent', { calls: 10 }, { budget: { calls: 10 } }, '10 calls'],
    ['of minutes has room for the longest call', { seconds: 900 }, { budget: { seconds: 1800 } }, undefined],
    ['of minutes has not', { seconds: 901 }, { budget: { seconds: 1800 } }, '30 minutes'],
    ['of minutes reserves what is under way', { unmeasured: 2 }, { budget: { seconds: 2640 } }, '44 minutes'],
    ['of cost takes the price', { seconds: 60 }, { budget: { cost: usd(2_390_000) }, price: usd(150_000) }, '2.39 USD'],
    ['of cost has room', { seconds: 60 }, { budget: { cost: usd(2_400_000) }, price: usd(150_000) }, undefined],
    [
      'of cost takes what is reported for the calls that it is of',
      { seconds: 600, unmeasured: 1, reported: { USD: { micros: 500_000, seconds: 600, unmeasured: 1 } } },
      { budget: { cost: usd(2_750_000) }, price: usd(150_000) },
      undefined,
    ],
    [
      'of cost takes the price for what is reported in another currency',
      { seconds: 600, reported: { EUR: { micros: 1, seconds: 600, unmeasured: 0 } } },
      { budget: { cost: usd(3_700_000) }, price: usd(150_000) },
      '3.70 USD',
    ],
    ['of cost without a price holds nobody', { seconds: 600 }, { budget: { cost: usd(1) } }, undefined],
  ])('%s', (_, tally, policy, expected) => {
    expect(spent(tally, policy)).toBe(expected);
  });

  test('is never passed, however long the calls turn out to be', () => {
    fc.assert(
      fc.property(
        fc.nat(200),
        fc.array(fc.integer({ min: 0, max: 900 }), { maxLength: 40 }),
        fc.integer({ min: 1, max: 5 }),
        (minutes, lengths, atOnce) => {
          const policy: BudgetPolicy = { maxCallMs: 15 * minute, budget: { seconds: minutes * 60 } };
          let tally = emptyTally;
          const open: number[] = [];
          for (const length of lengths) {
            if (spentBudget(tally, policy) === undefined && open.length < atOnce) {
              open.push(length);
              tally = { ...tally, calls: tally.calls + 1, unmeasured: tally.unmeasured + 1 };
            } else if (open.length > 0) {
              const seconds = open.shift() ?? 0;
              tally = { ...tally, unmeasured: tally.unmeasured - 1, seconds: tally.seconds + seconds };
            }
          }
          expect(tally.seconds + open.reduce((sum, seconds) => sum + seconds, 0)).toBeLessThanOrEqual(minutes * 60);
        },
      ),
    );
  });
});
