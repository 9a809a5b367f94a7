import { expect, test } from 'vitest';
import { boundsOf } from '../../src/model/bounds.ts';

const attempts = {};

test('what the file does not say is left out', () => {
  expect(boundsOf({ attempts })).toEqual({});
  expect(boundsOf({ attempts, budget: {} })).toEqual({ budget: {} });
});

test('bounds stand by the names of the file', () => {
  const bounds = boundsOf({
    attempts: { anotherTimeMs: 10_800_000 },
    canary: { calls: 10, stopWhen: [{ outcome: 'failed', percent: 20 }] },
    stopWhen: { shares: [{ outcome: 'no_answer', percent: 90 }], ofLast: 50 },
    budget: { calls: 1500, seconds: 54_000, cost: { micros: 150_000_000, currency: 'USD' } },
    price: { micros: 90_000, currency: 'USD' },
  });
  expect(bounds).toEqual({
    canary: { calls: 10, stop_when: { failed: 20 } },
    stop_when: { no_answer: 90, of_last: 50 },
    budget: { calls: 1500, minutes: 900, cost: '150 USD' },
    price: '0.09 USD',
    another_time_seconds: 10_800,
  });
});

test("a policy's caps stand beside the campaign's own, by its name", () => {
  const policy = {
    name: 'lagos@1',
    title: 'Calls in Lagos',
    windows: [],
    consent: false,
    perPerson: [{ calls: 1, perMs: 86_400_000, in: 'store' }],
    citations: [],
  } as const;
  const { perPerson, ...uncapped } = policy;
  expect(perPerson).toHaveLength(1);
  const cap = { calls: 5, perMs: 2_592_000_000, in: 'campaign' } as const;
  expect(boundsOf({ attempts, perPerson: [cap], policy })).toEqual({
    per_person: [
      { calls: 5, per_seconds: 2_592_000, in: 'campaign' },
      { calls: 1, per_seconds: 86_400, in: 'store', policy: 'lagos@1' },
    ],
  });
  expect(boundsOf({ attempts, policy: uncapped })).toEqual({});
});
