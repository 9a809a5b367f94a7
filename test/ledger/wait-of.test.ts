import { expect, test } from 'vitest';
import type { Wait } from '../../src/model/standing.ts';
import { waitOf } from '../../src/ledger/wait-of.ts';

const windows = [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], fromMinute: 9 * 60, toMinute: 18 * 60 }] as const;
const tuesdayMorning = Date.parse('2026-11-24T10:00:00+01:00');
const tuesdayNight = Date.parse('2026-11-24T22:00:00+01:00');
const wednesdayMorning = Date.parse('2026-11-25T09:00:00+01:00');
const hourMs = 3_600_000;
const zone = 'Africa/Lagos';

test('says that a window has to open, though the ledger does not know it yet', () => {
  expect(waitOf({ why: 'new', zone, dueMs: tuesdayMorning }, { windows }, tuesdayNight)).toEqual({
    why: 'window',
    untilMs: wednesdayMorning,
  });
});

test('looks at the windows of the time at which a retry is due', () => {
  expect(waitOf({ why: 'retry', zone, dueMs: tuesdayNight }, { windows }, tuesdayMorning)).toEqual({
    why: 'window',
    untilMs: wednesdayMorning,
  });
  const inTime = { why: 'retry', zone, dueMs: tuesdayMorning + hourMs } as const;
  expect(waitOf(inTime, { windows }, tuesdayMorning)).toEqual({ why: 'retry', untilMs: tuesdayMorning + hourMs });
});

test.each<readonly [Wait, Wait]>([
  ['window', 'new'],
  ['not_before', 'new'],
  ['person', 'new'],
  ['retry', 'retry'],
  ['voided', 'voided'],
  ['phone_busy', 'phone_busy'],
])('says of %s that is over: %s', (why, said) => {
  expect(waitOf({ why, zone, dueMs: tuesdayMorning - hourMs }, { windows }, tuesdayMorning)).toEqual({ why: said });
});

test('asks no window of a recipient whose zone is not known', () => {
  expect(waitOf({ why: 'new', dueMs: tuesdayMorning }, { windows }, tuesdayNight)).toEqual({ why: 'new' });
  expect(waitOf({ why: 'new', zone, dueMs: tuesdayMorning }, { windows: 'always' }, tuesdayNight)).toEqual({
    why: 'new',
  });
});
