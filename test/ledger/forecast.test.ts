import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { forecast } from '../../src/ledger/forecast.ts';
import { isOpen, nextOpening } from '../../src/ledger/window.ts';
import type { Window } from '../../src/model/window.ts';
import { hour, minute, second } from './clinic.ts';
import { anyWindow, at, iso, zones } from './zones.ts';

const office: readonly Window[] = [
  { days: ['mon', 'tue', 'wed', 'thu', 'fri'], fromMinute: 9 * 60, toMinute: 18 * 60 },
];
const nowMs = at('2026-11-24T10:00+01:00');
const onePerMinute = { rate: { calls: 1, perMs: minute }, concurrency: 50, windows: office };

describe('the forecast', () => {
  test('begins now where a window is open, and lasts as long as the rate makes it', () => {
    expect(forecast(onePerMinute, 61, [['Africa/Lagos']], nowMs)).toMatchObject({
      firstMs: nowMs,
      lastMs: nowMs + hour,
    });
  });

  test('of one person begins and ends at once', () => {
    expect(forecast(onePerMinute, 1, [['Africa/Lagos']], nowMs)).toMatchObject({ firstMs: nowMs, lastMs: nowMs });
  });

  test('of few slots lasts as long as calls hold them', () => {
    const narrow = { ...onePerMinute, rate: { calls: 100, perMs: second }, concurrency: 2 };
    expect(forecast(narrow, 121, [['Africa/Lagos']], nowMs)?.lastMs).toBe(nowMs + hour);
  });

  test('waits for the window, and goes on the next day where the day is too short', () => {
    const expected = forecast(onePerMinute, 13 * 60 + 1, [['Africa/Lagos']], at('2026-11-27T07:00+01:00'));
    expect(iso(expected?.firstMs, 'Africa/Lagos')).toBe('2026-11-27T09:00+01:00');
    expect(iso(expected?.lastMs, 'Africa/Lagos')).toBe('2026-11-30T13:00+01:00');
  });

  test('goes on while a window is open in any of the zones', () => {
    const expected = forecast(onePerMinute, 1, [['Africa/Lagos'], ['Asia/Kolkata']], at('2026-11-24T03:00Z'));
    expect(iso(expected?.firstMs, 'Asia/Kolkata')).toBe('2026-11-24T09:00+05:30');
  });

  test('tells each end in the zone of those who may be called then, of several the most common', () => {
    const places = [['Pacific/Honolulu'], ['Africa/Lagos'], ['Africa/Tunis']];
    expect(forecast(onePerMinute, 3, places, nowMs)).toEqual({
      firstMs: nowMs,
      firstZone: 'Africa/Lagos',
      lastMs: at('2026-11-24T09:00-10:00'),
      lastZone: 'Pacific/Honolulu',
    });
  });

  test('lasts until the latest place opens, unless all must end before', () => {
    const places = [['Africa/Lagos'], ['Pacific/Honolulu']];
    const endAtMs = at('2026-11-24T12:00+01:00');
    expect(iso(forecast(onePerMinute, 2, places, nowMs)?.lastMs, 'Pacific/Honolulu')).toBe('2026-11-24T09:00-10:00');
    expect(forecast({ ...onePerMinute, endAtMs }, 2, places, nowMs)).toMatchObject({
      lastMs: nowMs + minute,
      lastZone: 'Africa/Lagos',
    });
  });

  test('begins in an open place, and ends no sooner than each place that opens in time has opened', () => {
    const place = fc.subarray([...zones], { minLength: 1, maxLength: 2 });
    const drawn = fc.record({
      windows: fc.array(anyWindow, { minLength: 1, maxLength: 2 }),
      places: fc.array(place, { minLength: 1, maxLength: 4 }),
      people: fc.integer({ min: 1, max: 300 }),
      endsIn: fc.option(fc.integer({ min: 0, max: 72 }), { nil: undefined }),
    });
    fc.assert(
      fc.property(drawn, ({ windows, places, people, endsIn }) => {
        const endAtMs = endsIn === undefined ? undefined : nowMs + endsIn * hour;
        const execution = { ...onePerMinute, windows, ...(endAtMs === undefined ? {} : { endAtMs }) };
        const opens = places
          .map((one) => nextOpening(execution, one, nowMs) ?? Infinity)
          .filter((ms) => ms <= (endAtMs ?? Number.MAX_VALUE));
        const expected = forecast(execution, people, places, nowMs);
        expect(expected?.firstMs ?? Infinity).toBe(Math.min(Infinity, ...opens));
        if (expected === undefined) return;
        expect(expected.lastMs).toBeGreaterThanOrEqual(Math.max(...opens));
        expect(expected.lastMs).toBeLessThanOrEqual(endAtMs ?? Infinity);
        const first = places.find((one) => isOpen(execution, one, expected.firstMs));
        expect(expected.firstZone).toBe(first?.[0]);
      }),
    );
  });

  test('needs no zone where windows are lifted', () => {
    expect(forecast({ ...onePerMinute, windows: 'always' }, 2, [], nowMs)?.lastMs).toBe(nowMs + minute);
  });

  test('is none for nobody, without a zone, and where no window opens', () => {
    expect(forecast(onePerMinute, 0, [['Africa/Lagos']], nowMs)).toBeUndefined();
    expect(forecast(onePerMinute, 5, [], nowMs)).toBeUndefined();
    expect(forecast({ ...onePerMinute, windows: [] }, 5, [['Africa/Lagos']], nowMs)).toBeUndefined();
  });

  test('looks no further than about a year', () => {
    const years = forecast({ ...onePerMinute, rate: { calls: 1, perMs: hour }, windows: 'always' }, 100_000, [], nowMs);
    expect(years?.lastMs).toBeLessThanOrEqual(nowMs + 367 * 24 * hour);
  });
});
