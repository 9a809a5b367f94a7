import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { certainSkip } from '../../src/ledger/certain-skip.ts';
import { gate } from '../../src/ledger/grant.ts';
import { amaka, hour } from './clinic.ts';
import { anyWindow, at, zones } from './zones.ts';

const nowMs = at('2026-11-24T10:00+01:00');
const workdays = {
  windows: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'] as const, fromMinute: 9 * 60, toMinute: 18 * 60 }],
};
const lagos = { zone: 'Africa/Lagos' };

test('tells who is past their time, or will be when a window opens', () => {
  const skip = certainSkip(workdays, nowMs);
  expect(skip({ ...lagos })).toBeUndefined();
  expect(skip({ ...lagos, notAfterMs: nowMs - 1 })).toBe('not_after');
  expect(skip({ ...lagos, notAfterMs: nowMs })).toBeUndefined();
  const evening = certainSkip(workdays, at('2026-11-24T19:00+01:00'));
  expect(evening({ ...lagos, notAfterMs: at('2026-11-25T08:59+01:00') })).toBe('not_after');
  expect(evening({ ...lagos, notAfterMs: at('2026-11-25T09:00+01:00') })).toBeUndefined();
  expect(skip({})).toBe('zone_unknown');
  expect(certainSkip({ windows: 'always' }, nowMs)({ notBeforeMs: nowMs + 2, notAfterMs: nowMs + 1 })).toBe(
    'not_after',
  );
  expect(certainSkip({ windows: [] }, nowMs)(lagos)).toBe('no_window');
});

test('says of everybody what the gates say, now and later', () => {
  const offset = fc.option(fc.integer({ min: -72, max: 400 }), { nil: undefined });
  fc.assert(
    fc.property(
      fc.record({ before: offset, after: offset, later: fc.integer({ min: 0, max: 500 }) }),
      fc.oneof(fc.constant('always' as const), fc.array(anyWindow, { maxLength: 2 })),
      fc.option(fc.constantFrom(...zones), { nil: undefined }),
      fc.option(fc.integer({ min: -5, max: 200 }), { nil: undefined }),
      ({ before, after, later }, windows, zone, scheduled) => {
        const scheduledMs = scheduled === undefined ? undefined : nowMs + scheduled * hour;
        const recipient = {
          ...(zone === undefined ? {} : { zone }),
          ...(before === undefined ? {} : { notBeforeMs: nowMs + before * hour }),
          ...(after === undefined ? {} : { notAfterMs: nowMs + after * hour }),
        };
        const candidate = {
          recipientId: 1,
          key: 'A-100',
          phone: amaka,
          n: 1,
          alone: false,
          call: {},
          phoneBusy: false,
          optedOut: false,
        };
        const judge = (atMs: number) =>
          gate(
            { ...candidate, personCallsMs: [], ...recipient },
            { windows, isSuppressed: () => false },
            atMs,
            scheduledMs,
          );
        const reason = certainSkip({ windows }, nowMs, () => scheduledMs)(recipient);
        const now = judge(nowMs);
        expect(now.kind === 'skip' ? now.reason : undefined).toBe(reason);
        if (reason !== undefined && scheduled === undefined) expect(judge(nowMs + later * hour).kind).toBe('skip');
      },
    ),
  );
});
