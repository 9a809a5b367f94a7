import { expect, test } from 'vitest';
import type { Execution } from '../../src/model/execution.ts';
import { estimate } from '../../src/plan/estimate.ts';

const execution: Pick<Execution, 'rate' | 'concurrency' | 'batchSize' | 'windows'> = {
  rate: { calls: 1, perMs: 1000 },
  concurrency: 50,
  batchSize: 50,
  windows: 'always',
};

test.each([
  { calls: 0, perSlice: 1, dispatches: 0, callingMs: 0 },
  { calls: 1, perSlice: 1, dispatches: 1, callingMs: 60_000 },
  { calls: 50, perSlice: 1, dispatches: 50, callingMs: 109_000 },
  { calls: 50, perSlice: 10, dispatches: 5, callingMs: 109_000 },
])('$calls calls at one a second, $perSlice at a time, take $dispatches dispatches and $callingMs ms', (expected) => {
  const { calls, perSlice, dispatches, callingMs } = expected;
  expect(estimate(calls, execution, perSlice)).toEqual({ dispatches, callingMs, openMsPerWeek: undefined });
});

test('counts the waiting for a free slot', () => {
  const narrow = { ...execution, concurrency: 2 };
  expect(estimate(5, narrow, 100)).toMatchObject({ dispatches: 3, callingMs: 180_000 });
});

test('never sends more at once than a batch holds', () => {
  expect(estimate(5, { ...execution, batchSize: 2 }, 100).dispatches).toBe(3);
});

test('counts the minutes of a week in which a window is open, each once', () => {
  const hour = 3_600_000;
  const hoursOf = (windows: Execution['windows']): number =>
    (estimate(1, { ...execution, windows }, 1).openMsPerWeek ?? 0) / hour;
  expect(hoursOf([{ days: ['mon', 'tue'], fromMinute: 9 * 60, toMinute: 18 * 60 }])).toBe(18);
  expect(
    hoursOf([
      { days: ['mon'], fromMinute: 9 * 60, toMinute: 12 * 60 },
      { days: ['mon'], fromMinute: 11 * 60, toMinute: 13 * 60 },
    ]),
  ).toBe(4);
  expect(hoursOf([{ days: ['sun'], fromMinute: 22 * 60, toMinute: 2 * 60 }])).toBe(4);
  expect(hoursOf([{ days: ['mon'], fromMinute: 0, toMinute: 1440 }])).toBe(24);
});

test('counts what a policy leaves of the windows, or of all hours', () => {
  const hour = 3_600_000;
  const days = ['mon', 'tue'] as const;
  const policy = {
    name: 'garki@1',
    title: '',
    consent: false,
    citations: [],
    windows: [{ days, fromMinute: 480, toMinute: 1260 }],
  };
  const early: Execution['windows'] = [{ days: ['mon', 'wed'], fromMinute: 6 * 60, toMinute: 10 * 60 }];
  expect(estimate(1, { ...execution, windows: early, policy }, 1).openMsPerWeek).toBe(2 * hour);
  expect(estimate(1, { ...execution, windows: 'always', policy }, 1).openMsPerWeek).toBe(26 * hour);
});
