import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anotherTime } from '../../src/ledger/another-time.ts';
import { isInWindows } from '../../src/model/hours.ts';
import { campaign, clinic, found, read } from './clinic.ts';

const minuteMs = 60_000;
const mondayMs = Date.parse('2026-11-23T00:00Z');

/** The clinic's file with retries at another time of day, within windows and perhaps a policy's. */
function clinicWith(windows: string, distance: string, more = ''): string {
  const attempts = `attempts: {max: 2, retry: {busy: [1h]}, another_time: ${distance}}`;
  return `${clinic}  consent: "yes"\nexecution: {windows: ${windows}, ${attempts}${more}}\n`;
}

const window = (from: string, to: string) => `[{from: "${from}", to: "${to}"}]`;

describe('another time of day', () => {
  test.each<readonly [string, string, string, string]>([
    ['09:00–19:00', window('09:00', '19:00'), '5h', '285m'],
    ['a night', window('22:00', '04:00'), '3h', '165m'],
    ['all hours', 'always', '12h', '712m'],
    ['two windows', '[{from: "09:00", to: "11:00"}, {from: "17:00", to: "18:00"}]', '9h', '405m'],
  ])('has not always room in %s', (_what, windows, distance, longest) => {
    expect(read(clinicWith(windows, distance)).diagnostics).toMatchObject([
      { code: 'ANOTHER_TIME_ROOM', args: { distance, longest } },
    ]);
    expect(found(clinicWith(windows, longest))).toEqual([]);
  });

  test('has no room at all in an hour', () => {
    const [finding] = read(clinicWith(window('09:00', '10:00'), '30m')).diagnostics;
    expect(finding).toEqual({ code: 'ANOTHER_TIME_ROOM', args: { distance: '30m' }, at: finding?.at });
  });

  test('has the room that the policy leaves', () => {
    expect(found(clinicWith('always', '7h'))).toEqual([]);
    expect(read(clinicWith('always', '7h', ', policy: us-federal@1')).diagnostics).toMatchObject([
      { code: 'ANOTHER_TIME_ROOM', args: { distance: '7h', longest: '375m' } },
    ]);
  });

  test('is not asked about where the windows are wrong or never open', () => {
    expect(found(clinicWith(window('9:00', '19:00'), '5h'))).toEqual([expect.stringContaining('VALUE_FORM')]);
    expect(found(clinicWith('[{days: [1], from: "09:00", to: "10:00"}]', '5h'))).toHaveLength(1);
    expect(found(clinicWith('[{days: [[mon]], from: "09:00", to: "10:00"}]', '5h'))).toHaveLength(1);
    expect(found(clinicWith(window('22:00', '23:00'), '5h', ', policy: us-federal@1'))).toEqual([
      expect.stringContaining('POLICY_HOURS'),
    ]);
  });
});

const clock = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

test('who was called at whatever time the windows allow can be called at another, exactly where nothing is found', () => {
  const anyWindow = fc
    .record({ from: fc.integer({ min: 0, max: 1439 }), length: fc.integer({ min: 40, max: 1200 }) })
    .map(({ from, length }) => `{from: "${clock(from)}", to: "${clock((from + length) % 1440)}"}`);
  fc.assert(
    fc.property(
      fc.array(anyWindow, { minLength: 1, maxLength: 2 }),
      fc.integer({ min: 30, max: 720 }),
      (windows, distance) => {
        const text = clinicWith(`[${windows.join(', ')}]`, `${String(distance)}m`);
        const hours = campaign(`${clinic}execution: {windows: [${windows.join(', ')}]}\n`).execution;
        const isKept = (minute: number): boolean => {
          const earlier = mondayMs + minute * minuteMs;
          const search = { zones: ['UTC'], earlierMs: [earlier], apartMs: distance * minuteMs, untilMs: Infinity };
          return anotherTime(hours, { ...search, fromMs: earlier + minuteMs }) !== undefined;
        };
        const called = Array.from({ length: 1440 }, (_, minute) => minute).filter((minute) =>
          isInWindows(hours, 0, minute),
        );
        expect(found(text).length === 0).toBe(called.every(isKept));
      },
    ),
    { numRuns: 20 },
  );
});
