import { expect, test } from 'vitest';
import { unknownStatuses } from '../../src/run/unknown-statuses.ts';
import { accountAt, baseUrl } from '../remote/clinic.ts';

const minute = 60_000;
const { calls } = accountAt(baseUrl);
const ask = (status: string, minutes: number): readonly string[] =>
  unknownStatuses(
    [{ status, calls: 2, sinceMs: 0 }],
    { calls, execution: { maxCallMs: 15 * minute } },
    minutes * minute,
  ).map((one) => one.status);

test('asks about a word that nobody knows at once, and about a usual one when no call lasts so long', () => {
  expect(ask('FAILED', 0)).toEqual(['FAILED']);
  expect(ask('In-Progress', 1)).toEqual([]);
  expect(ask('In-Progress', 16)).toEqual(['In-Progress']);
  expect(ask('completed', 60)).toEqual([]);
});

test("shows a provider's word on one short line and without a number", () => {
  expect(ask('no answer from\n+2348031234567', 0)).toEqual(['no answer from ***']);
  expect(ask('x'.repeat(500), 0)[0]).toHaveLength(40);
});
