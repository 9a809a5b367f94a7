import { expect, test } from 'vitest';
import { callsByDay, callsByHour } from '../../src/ledger/calls-by.ts';
import { costRange } from '../../src/ledger/cost-range.ts';
import { courseOf, type Course, type CourseOptions } from '../../src/ledger/course.ts';
import { openAtOnce } from '../../src/ledger/open-at-once.ts';
import type { AttemptState } from '../../src/model/attempt.ts';
import type { Standing } from '../../src/model/standing.ts';
import type { ResultRow } from '../../src/model/wave.ts';
import { amaka, hour, minute, second } from './clinic.ts';

type Call = ResultRow['attempts'][number];

const answered: AttemptState = { kind: 'ended', outcome: 'answered', seconds: 30, cost: '0.06 USD' };

function call(n: number, intentMs: number, change: Partial<Call> = {}): Call {
  const endedMs = intentMs + 30 * second;
  return { n, intentMs, endedMs, state: answered, definition: 'd', resourceId: 'wf_1', events: [], ...change };
}

function row(key: string, attempts: readonly Call[], standing: Standing = { kind: 'done' }): ResultRow {
  return { key, phone: amaka, standing, attempts };
}

function courseOfRows(rows: readonly ResultRow[], options: Partial<CourseOptions> = {}): Promise<Course> {
  return courseOf(each(rows), { most: 2, ...options });
}

async function* each(rows: readonly ResultRow[]): AsyncGenerator<readonly ResultRow[]> {
  yield rows.slice(0, 1);
  yield rows.slice(1);
}

test('counts calls by the minute, and finds the first of the busiest', async () => {
  const course = await courseOfRows([
    row('A-1', [call(1, 5 * minute), call(2, 2 * minute + second)]),
    row('A-2', [call(1, 2 * minute)]),
    row('A-3', [call(1, 5 * minute + 59 * second)]),
    row('A-4', [call(1, minute, { state: { kind: 'voided', reason: 'refused' } })]),
  ]);
  expect(course.firstMs).toBe(2 * minute);
  expect(course.minutes).toEqual([
    { startMs: 2 * minute, calls: 2 },
    { startMs: 5 * minute, calls: 2 },
  ]);
  expect(course.busiest).toEqual({ startMs: 2 * minute, calls: 2 });
});

test('counts recipients by their attempts, of which voided ones are none, and what the calls cost', async () => {
  const course = await courseOfRows([
    row('A-1', [call(1, 0), call(2, hour), call(3, 2 * hour, { state: { ...answered, cost: '1 EUR' } })]),
    row('A-2', [call(1, 0)]),
    row('A-3', [call(1, 0, { state: { kind: 'voided', reason: 'refused' } })], {
      kind: 'skipped',
      reason: 'not_after',
    }),
  ]);
  expect(course.byAttempts).toEqual([1, 0, 1]);
  expect(course.callable).toBe(2);
  expect(course.costs).toEqual([
    { micros: 180_000, currency: 'USD' },
    { micros: 1_000_000, currency: 'EUR' },
  ]);
});

test('names the first of those who are not called, the most common reason first', async () => {
  const lost: AttemptState = { kind: 'unresolved', reason: 'two calls may be it' };
  const skipped = (key: string, reason: 'suppressed' | 'not_after'): ResultRow =>
    row(key, [], { kind: 'skipped', reason });
  const course = await courseOfRows([
    row('A-1', [call(1, 0, { state: lost })], { kind: 'unresolved' }),
    skipped('A-2', 'suppressed'),
    skipped('A-3', 'not_after'),
    skipped('A-4', 'not_after'),
    skipped('A-5', 'not_after'),
  ]);
  const people = (...keys: readonly string[]): readonly object[] => keys.map((key) => ({ key, phone: amaka }));
  expect(course.unsettled).toEqual([
    { state: 'skipped', reason: 'not_after', recipients: 3, first: people('A-3', 'A-4') },
    { state: 'unresolved', reason: 'two calls may be it', recipients: 1, first: people('A-1') },
    { state: 'skipped', reason: 'suppressed', recipients: 1, first: people('A-2') },
  ]);
});

test('says when so many first attempts were over as the canary has', async () => {
  const rows = [
    row('A-1', [call(1, 3 * minute)]),
    row('A-2', [call(1, 0), call(2, minute)]),
    row('A-3', [call(1, 2 * minute)]),
    row('A-4', [{ n: 1, intentMs: 0, state: { kind: 'accepted', handle: {}, sinceMs: 0 } } as unknown as Call]),
  ];
  expect((await courseOfRows(rows, { canary: 2 })).canaryMs).toBe(2 * minute + 30 * second);
  expect((await courseOfRows(rows, { canary: 4 })).canaryMs).toBeUndefined();
  expect((await courseOfRows(rows)).canaryMs).toBeUndefined();
});

test('knows of nobody in a wave of nobody', async () => {
  expect(await courseOfRows([])).toEqual({ minutes: [], byAttempts: [], callable: 0, costs: [], unsettled: [] });
});

test('counts calls that are open at one moment, a call in the place of another as one', async () => {
  const rows = [
    row('A-1', [call(1, 0, { endedMs: 70 * second })]),
    row('A-2', [call(1, 0, { endedMs: 60 * second })]),
    row('A-3', [call(1, 61 * second, { endedMs: 65 * second }), call(2, 65 * second, { endedMs: 66 * second })]),
    row('A-4', [call(1, 120 * second)]),
    row('A-5', [{ n: 1, intentMs: 0, state: { kind: 'accepted', handle: {}, sinceMs: 0 } } as unknown as Call]),
    row('A-6', [call(1, 62 * second, { state: { kind: 'voided', reason: 'refused' } })]),
  ];
  expect(await openAtOnce(each(rows), minute, 2 * minute)).toBe(3);
  expect(await openAtOnce(each([]), 0, minute)).toBe(0);
});

test('begins hours as the clocks of the zone do, and days at its midnight', () => {
  // Midnight in Kolkata, five and a half hours east.
  const midnight = Date.parse('2026-11-24T18:30:00Z');
  const minutes = [-31, -1, 0, 59, 60, 30 * 60].map((after) => ({ startMs: midnight + after * minute, calls: 2 }));
  const hours = callsByHour(minutes, 'Asia/Kolkata');
  expect(hours).toEqual([
    { startMs: midnight - hour, calls: 4 },
    { startMs: midnight, calls: 4 },
    { startMs: midnight + hour, calls: 2 },
    { startMs: midnight + 30 * hour, calls: 2 },
  ]);
  expect(callsByDay(hours, 'Asia/Kolkata')).toEqual([
    { startMs: midnight - hour, calls: 4, most: 4 },
    { startMs: midnight, calls: 6, most: 4 },
    { startMs: midnight + 30 * hour, calls: 2, most: 2 },
  ]);
});

const usd = (micros: number): { readonly micros: number; readonly currency: string } => ({ micros, currency: 'USD' });
const twice = { attempts: { max: 2, retry: {} }, maxCallMs: 10 * minute };
const talked = { seconds: 90, people: 100, costs: [] };

test.each([
  ['no price', twice, talked, undefined],
  ['a price', { price: usd(100_000) }, talked, { low: 0, expected: 150_000, high: 200_000_000, bound: 'max_call' }],
  [
    'a budget of calls',
    { price: usd(100_000), budget: { calls: 50 } },
    talked,
    { low: 0, expected: 150_000, high: 50_000_000, bound: 'budget' },
  ],
  [
    'a budget of minutes',
    { price: usd(100_000), budget: { seconds: 600 } },
    talked,
    { low: 0, expected: 150_000, high: 1_000_000, bound: 'budget' },
  ],
  [
    'a budget of money',
    { price: usd(100_000), budget: { cost: usd(2_000_000) } },
    talked,
    { low: 0, expected: 150_000, high: 2_000_000, bound: 'budget' },
  ],
  [
    'a budget that nothing reaches',
    { price: usd(100_000), budget: { cost: usd(900_000_000) } },
    talked,
    { low: 0, expected: 150_000, high: 200_000_000, bound: 'max_call' },
  ],
  [
    'costs at the provider',
    {},
    { ...talked, costs: [usd(300_000)] },
    { low: 0, expected: 300_000, high: 400_000_000, bound: 'max_call' },
  ],
  ['costs in two currencies', {}, { ...talked, costs: [usd(1), { micros: 1, currency: 'EUR' }] }, undefined],
  ['costs of nothing talked', {}, { ...talked, seconds: 0, costs: [usd(1)] }, undefined],
])('reckons the range of the cost by %s', (_, execution, how, expected) => {
  const range = costRange({ ...twice, ...execution }, how);
  expect(
    range === undefined
      ? undefined
      : { low: range.low.micros, expected: range.expected.micros, high: range.high.micros, bound: range.bound },
  ).toEqual(expected);
});
