import * as fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, test } from 'vitest';
import { localTime, offsetMs, weekdayOf } from '../../src/ledger/local-time.ts';
import { at, changesOf, dayMs, hourMs, minuteMs, zones } from './zones.ts';

const yearMs = at('2026-01-01T00:00Z');

/** Luxon's answer in our terms. */
function byLuxon(zone: string, ms: number) {
  const local = DateTime.fromMillis(ms, { zone });
  const day = DateTime.utc(local.year, local.month, local.day).toMillis() / dayMs;
  return { day, minute: local.hour * 60 + local.minute };
}

describe.each(zones)('%s', (zone) => {
  test('shows the local time that luxon shows, all through a year', () => {
    for (let ms = yearMs; ms < yearMs + 365 * dayMs; ms += 7 * hourMs + 13 * minuteMs + 17_123) {
      expect(localTime(zone, ms)).toEqual(byLuxon(zone, ms));
    }
  });

  test('shows it to the minute before and after each change of its clocks', () => {
    for (const change of changesOf(zone, yearMs, yearMs + 365 * dayMs)) {
      for (const near of [-90, -60, -30, -1, 0, 1, 29, 30, 59, 60, 61, 120]) {
        const ms = change + near * minuteMs;
        expect(localTime(zone, ms)).toEqual(byLuxon(zone, ms));
      }
      expect(localTime(zone, change - 1)).toEqual(byLuxon(zone, change - 1));
    }
  });
});

test('is the same for who asks about more years than are remembered', () => {
  const hours = Array.from({ length: 4 * 366 }, (_, day) => yearMs + day * dayMs + 12 * hourMs);
  for (const ms of [...hours, ...hours.slice(0, 400)]) {
    expect(localTime('Europe/Berlin', ms)).toEqual(byLuxon('Europe/Berlin', ms));
  }
});

test('the zones of these tests change their clocks, so that they show something', () => {
  const changing = zones.filter((zone) => changesOf(zone, yearMs, yearMs + 365 * dayMs).length > 0);
  expect(changing.length).toBeGreaterThanOrEqual(13);
});

test('Lord Howe moves its clocks by half an hour', () => {
  const [first, second] = changesOf('Australia/Lord_Howe', yearMs, yearMs + 365 * dayMs);
  const offsets = [first, second].map((ms) => offsetMs('Australia/Lord_Howe', ms ?? Number.NaN) / minuteMs);
  expect(offsets.toSorted((a, b) => a - b)).toEqual([10 * 60 + 30, 11 * 60]);
});

test('Samoa had no 30th of December 2011', () => {
  const before = localTime('Pacific/Apia', at('2011-12-29T23:59-10:00'));
  const after = localTime('Pacific/Apia', at('2011-12-29T23:59-10:00') + minuteMs);
  expect([before.minute, after.minute, after.day - before.day]).toEqual([1439, 0, 2]);
});

test('days before 1970 and leap days are counted right', () => {
  for (const text of ['1969-12-31T23:59:59.999Z', '1968-02-29T12:00Z', '2000-02-29T00:00Z', '2100-03-01T00:00Z']) {
    expect(localTime('UTC', at(text))).toEqual(byLuxon('UTC', at(text)));
  }
});

test('midnight is minute 0 of the new day', () => {
  expect(localTime('Africa/Lagos', at('2026-11-24T00:00+01:00'))).toEqual(
    byLuxon('Africa/Lagos', at('2026-11-23T23:00Z')),
  );
  expect(localTime('Africa/Lagos', at('2026-11-24T00:00+01:00')).minute).toBe(0);
});

test('weekdays go from Monday, 0, to Sunday, also before 1970', () => {
  fc.assert(
    fc.property(fc.integer({ min: -50_000, max: 50_000 }), (day) => {
      expect(weekdayOf(day)).toBe((new Date(day * dayMs).getUTCDay() + 6) % 7);
    }),
  );
});

test('an unknown zone is an error, and not a guess', () => {
  expect(() => localTime('Africa/Garki', yearMs)).toThrow(RangeError);
});
