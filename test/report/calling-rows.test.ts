import { describe, expect, test } from 'vitest';
import { callingRows, callingWords, type SaidCalling } from '../../src/report/calling-rows.ts';

const money = (units: number) => ({ micros: units * 1_000_000, currency: 'USD' });

const least: SaidCalling = {
  windows: 'always',
  rate: { calls: 1, perMs: 1000 },
  concurrency: 10,
  attempts: { max: 1, retry: {} },
  maxCallMs: 900_000,
};

test('says nothing of what the file does not', () => {
  expect(callingRows(least)).toEqual([
    ['windows', 'at any time of day'],
    ['pace', '1 call a second, 10 at once'],
  ]);
});

test.each([
  [29, '30 calls'],
  [30, '30 calls'],
  [31, '30 calls; not enough for 31 people'],
])('a budget of 30 calls is said beside %d people', (people, words) => {
  expect(callingRows({ ...least, budget: { calls: 30 } }, people).at(-1)).toEqual(['budget', words]);
});

describe('says', () => {
  test.each<readonly [string, Partial<SaidCalling>, string]>([
    [
      'retries',
      { attempts: { max: 3, retry: { busy: [1] }, anotherTimeMs: 3 * 3_600_000 } },
      'at another time of day, at least 3 h by the clock from earlier attempts',
    ],
    [
      'per person',
      {
        perPerson: [
          { calls: 1, perMs: 3_600_000, in: 'store' },
          { calls: 5, perMs: 2_592_000_000, in: 'campaign' },
        ],
        policy: {
          name: 'lagos@1',
          title: 'Calls in Lagos',
          windows: [],
          consent: false,
          perPerson: [{ calls: 2, perMs: 86_400_000, in: 'store' }],
          citations: [],
        },
      },
      '1 call of all campaigns in 1 h; 5 calls of this campaign in 30 d; 2 calls of all campaigns in 24 h (lagos@1)',
    ],
    [
      'canary',
      { canary: { calls: 1, stopWhen: [{ outcome: 'failed', percent: 20 }] } },
      '1 person first; the wave stops at 20% failed',
    ],
    [
      'stops',
      {
        stopWhen: {
          shares: [
            { outcome: 'failed', percent: 2.5 },
            { outcome: 'no_answer', percent: 90 },
          ],
          ofLast: 100,
        },
      },
      'at 2.5% failed or 90% not answered of the last 100 calls',
    ],
    ['budget', { budget: { calls: 1500 } }, '1,500 calls'],
    [
      'budget',
      { budget: { calls: 1, seconds: 54_000, cost: money(150) }, price: { micros: 90_000, currency: 'USD' } },
      '1 call, 900 min, 150 USD at 0.09 USD a minute; a call reserves 15 min',
    ],
  ])('%s: %j', (name, execution, words) => {
    expect(callingRows({ ...least, ...execution })).toContainEqual([name, words]);
  });
});

test('as data, what narrows the windows stands with them', () => {
  const [windows] = callingWords({ ...least, holidays: [20_000], expireAfterMs: 3_600_000 });
  expect(windows).toEqual({
    name: 'windows',
    words: 'at any time of day; not on 2024-10-04; not after 1 h in the wave',
  });
});
