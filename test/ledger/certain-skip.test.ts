import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { certainSkip } from '../../src/ledger/certain-skip.ts';
import { gate } from '../../src/ledger/gate.ts';
import { openingsOf } from '../../src/ledger/window.ts';
import type { CallZones } from '../../src/model/recipient.ts';
import { rowZones } from '../../src/recipients/number-zones.ts';
import { amaka, bola, candidate, hour } from './clinic.ts';
import { anyWindow, at, dayMs, policy, zones } from './zones.ts';

const nowMs = at('2026-11-24T10:00+01:00');
const workdays = {
  windows: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'] as const, fromMinute: 9 * 60, toMinute: 18 * 60 }],
};
const lagos = { phone: amaka, zone: 'Africa/Lagos' };
const zonesOf = rowZones;

test('tells who is past their time, or will be when a window opens', () => {
  const skip = certainSkip(workdays, { nowMs, zonesOf });
  expect(skip({ ...lagos })).toBeUndefined();
  expect(skip({ ...lagos, notAfterMs: nowMs - 1 })).toBe('not_after');
  expect(skip({ ...lagos, notAfterMs: nowMs })).toBeUndefined();
  const evening = certainSkip(workdays, { nowMs: at('2026-11-24T19:00+01:00'), zonesOf });
  expect(evening({ ...lagos, notAfterMs: at('2026-11-25T08:59+01:00') })).toBe('not_after');
  expect(evening({ ...lagos, notAfterMs: at('2026-11-25T09:00+01:00') })).toBeUndefined();
  expect(skip({ phone: amaka })).toBe('zone_unknown');
  expect(
    certainSkip(
      { windows: 'always' },
      { nowMs, zonesOf },
    )({
      phone: amaka,
      notBeforeMs: nowMs + 2,
      notAfterMs: nowMs + 1,
    }),
  ).toBe('not_after');
  expect(certainSkip({ windows: [] }, { nowMs, zonesOf })(lagos)).toBe('no_window');
});

test('tells whose number is not among those that may be called, whatever else is so', () => {
  const skip = certainSkip({ ...workdays, onlyPhones: ['+2348031234567'] }, { nowMs, zonesOf });
  expect(skip({ ...lagos, phone: bola })).toBe('only_phones');
  expect(skip({ phone: bola, notAfterMs: nowMs - 1 })).toBe('only_phones');
  expect(
    certainSkip({ ...workdays, onlyPhones: [bola] }, { nowMs, zonesOf })({ ...lagos, phone: bola }),
  ).toBeUndefined();
  expect(certainSkip({ ...workdays, onlyPhones: [] }, { nowMs, zonesOf })(lagos)).toBe('only_phones');
});

const anyZones: fc.Arbitrary<CallZones> = fc.oneof(
  fc.constantFrom<CallZones>({ from: 'nowhere', why: 'zone_unknown' }, { from: 'nowhere', why: 'toll_free' }),
  fc.subarray([...zones], { minLength: 1, maxLength: 3 }).map((some) => ({ from: 'number', zones: some }) as const),
);

test('says of everybody what the gates say, now and later', () => {
  const offset = fc.option(fc.integer({ min: -72, max: 400 }), { nil: undefined });
  const today = Math.floor(nowMs / dayMs);
  fc.assert(
    fc.property(
      fc.record({ before: offset, after: offset, later: fc.integer({ min: 0, max: 500 }) }),
      fc.record({ start: offset, end: offset, expire: offset, entered: fc.integer({ min: 0, max: 200 }) }),
      fc.record({
        windows: fc.oneof(fc.constant('always' as const), fc.array(anyWindow, { maxLength: 2 })),
        holidays: fc.array(fc.integer({ min: today - 1, max: today + 20 }), { maxLength: 4 }),
        demanded: fc.option(fc.array(anyWindow, { minLength: 1, maxLength: 2 }), { nil: undefined }),
      }),
      anyZones,
      fc.option(fc.integer({ min: -5, max: 200 }), { nil: undefined }),
      ({ before, after, later }, { start, end, expire, entered }, { demanded, ...hours }, known, scheduled) => {
        const scheduledMs = scheduled === undefined ? undefined : nowMs + scheduled * hour;
        const enrolledMs = nowMs - entered * hour;
        const execution = {
          ...hours,
          ...(demanded === undefined ? {} : { policy: { ...policy, windows: demanded } }),
          ...(start === undefined ? {} : { startAtMs: nowMs + start * hour }),
          ...(end === undefined ? {} : { endAtMs: nowMs + end * hour }),
          ...(expire === undefined ? {} : { expireAfterMs: Math.abs(expire) * hour }),
        };
        const recipient = {
          phone: amaka,
          ...(before === undefined ? {} : { notBeforeMs: nowMs + before * hour }),
          ...(after === undefined ? {} : { notAfterMs: nowMs + after * hour }),
        };
        const judge = (atMs: number) =>
          gate(
            candidate({ enrolledMs, ...recipient }),
            {
              ...execution,
              // They bear on retries and on who was called before alone.
              attempts: { anotherTimeMs: 3 * 3_600_000 },
              perPerson: [{ calls: 1, perMs: 86_400_000, in: 'store' }],
              zonesOf: () => known,
              openingAfter: openingsOf(execution),
              isSuppressed: () => false,
            },
            atMs,
            scheduledMs,
          );
        const ask = certainSkip(execution, { nowMs, zonesOf: () => known, scheduledMs: () => scheduledMs });
        const reason = ask(recipient, () => enrolledMs);
        const now = judge(nowMs);
        expect(now.kind === 'skip' ? now.reason : undefined).toBe(reason);
        if (now.kind === 'wait') expect(judge(now.untilMs)).toEqual({ kind: 'open' });
        if (reason !== undefined) expect(judge(nowMs + later * hour).kind).toBe('skip');
      },
    ),
    { numRuns: 500 },
  );
});

test('counts expire_after from now for who has not entered the wave', () => {
  const skip = certainSkip({ ...workdays, expireAfterMs: hour }, { nowMs, zonesOf });
  expect(skip(lagos)).toBeUndefined();
  expect(skip(lagos, () => nowMs - hour)).toBeUndefined();
  expect(skip(lagos, () => nowMs - hour - 1)).toBe('expired');
});
