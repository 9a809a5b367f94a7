import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { retryAfterMs } from '../../src/remote/retry-after.ts';
import { startMs } from './clinic.ts';

const inTenMinutes = 'Tue, 24 Nov 2026 09:10:00 GMT';

function asked(value: string, headers: Readonly<Record<string, string>> = {}): number | undefined {
  return retryAfterMs({ 'retry-after': value, ...headers }, startMs);
}

describe('Retry-After', () => {
  test.each([
    ['seconds', '120', 120_000],
    ['no wait', '0', 0],
    ['a fraction, rounded up to the millisecond', '1.0005', 1_001],
    ['spaces around it', ' 5 ', 5_000],
    ['a date', inTenMinutes, 600_000],
    ['a date of the old form', 'Tuesday, 24-Nov-26 09:10:00 GMT', 600_000],
    ['a date that is over', 'Tue, 24 Nov 2026 08:00:00 GMT', 0],
  ])('of %s', (_name, value, expected) => {
    expect(asked(value)).toBe(expected);
  });

  test.each(['', '  ', '-5', '1e3', 'soon', '5 minutes', '120s', '5, 5', 'Tue, 99 Foo 2026 09:10:00 GMT', '٣'])(
    'of %j says nothing',
    (value) => {
      expect(asked(value)).toBeUndefined();
    },
  );

  test('that is missing says nothing', () => {
    expect(retryAfterMs({}, startMs)).toBeUndefined();
  });

  test('counts a date from the Date of the answer, so that a wrong clock of ours does not matter', () => {
    expect(asked(inTenMinutes, { date: 'Tue, 24 Nov 2026 09:09:00 GMT' })).toBe(60_000);
    expect(asked(inTenMinutes, { date: 'yesterday' })).toBe(600_000);
  });

  test('is never negative and never a guess, whatever a server says', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[-+0-9. :GMT,a-z]{0,30}$/)), (value) => {
        const ms = asked(value);
        if (ms !== undefined) expect(ms).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
