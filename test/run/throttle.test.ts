import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  eased,
  freeThrottle,
  hopeless,
  proven,
  throttled,
  unproven,
  voidWaitMs,
  type Throttle,
} from '../../src/run/throttle.ts';

const second = 1_000;
const minute = 60 * second;
const startMs = 1_795_500_000_000;

/** Failures, each as soon as the wait for the last is over. */
function failing(times: number, fromMs: number = startMs): { readonly throttle: Throttle; readonly waits: number[] } {
  let throttle = freeThrottle;
  let nowMs = fromMs;
  const waits: number[] = [];
  for (let failure = 0; failure < times; failure += 1) {
    throttle = throttled(throttle, nowMs, undefined);
    waits.push((throttle.untilMs - nowMs) / second);
    nowMs = throttle.untilMs;
  }
  return { throttle, waits };
}

describe('the throttle', () => {
  test('waits 1, 2, 4 ... 60 seconds', () => {
    expect(failing(9).waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);
  });

  test('takes requests that failed together for one failure', () => {
    const once = throttled(freeThrottle, startMs, undefined);
    const together = [10, 20, 30].reduce((throttle, ms) => throttled(throttle, startMs + ms, undefined), once);
    expect(together).toEqual(once);
    expect(throttled(together, startMs + second, undefined).untilMs).toBe(startMs + 3 * second);
  });

  test('obeys what is asked, also where it is less or more than its own wait', () => {
    const third = failing(3).throttle;
    const nowMs = third.untilMs;
    expect(throttled(third, nowMs, 2 * second).untilMs).toBe(nowMs + 2 * second);
    expect(throttled(freeThrottle, nowMs, 5 * minute).untilMs).toBe(nowMs + 5 * minute);
  });

  test('obeys the longest of those that failed together', () => {
    const asked = [3, 7, 5].reduce((throttle, ms) => throttled(throttle, startMs, ms * second), freeThrottle);
    expect(asked.untilMs).toBe(startMs + 7 * second);
  });

  test('backs off where it is asked for no wait at all', () => {
    expect(throttled(freeThrottle, startMs, 0).untilMs).toBe(startMs + second);
  });

  test('begins anew with what fails after a night in which nobody was dialled', () => {
    const evening = failing(8).throttle;
    const morningMs = evening.untilMs + 12 * 60 * minute;
    const morning = throttled(evening, morningMs, undefined);
    expect(morning).toEqual({ untilMs: morningMs + second, failures: 1, sinceMs: morningMs });
  });
});

describe('an acceptance', () => {
  test('starts the waits anew, and leaves what was asked for', () => {
    const asked = throttled(failing(5).throttle, startMs, 5 * minute);
    expect(eased(asked)).toEqual({ untilMs: asked.untilMs, failures: 0 });
  });

  test('that a look-up finds says nothing of the waits', () => {
    const { throttle } = failing(5);
    expect(proven(throttle)).toEqual({ untilMs: throttle.untilMs, failures: 5 });
  });
});

describe('a recipient whose attempt was voided', () => {
  test('waits a second where nothing else failed', () => {
    expect(voidWaitMs(freeThrottle, startMs)).toBe(second);
  });

  test('waits as long as the last failure made all wait', () => {
    const { throttle } = failing(4);
    expect(voidWaitMs(throttle, throttle.untilMs - 8 * second)).toBe(8 * second);
    expect(voidWaitMs(throttle, throttle.untilMs + minute)).toBe(8 * second);
  });

  test('waits for what the provider asked', () => {
    expect(voidWaitMs(throttled(freeThrottle, startMs, 5 * minute), startMs)).toBe(5 * minute);
  });
});

describe('dialling is given up', () => {
  test('when nothing is known of any dispatch for 15 minutes', () => {
    const first = unproven(freeThrottle, startMs);
    expect(first.untilMs).toBe(startMs);
    const later = [5, 10, 15].reduce((throttle, minutes) => unproven(throttle, startMs + minutes * minute), first);
    expect(hopeless(later, startMs + 15 * minute)).toBe('the provider accepted nothing for 15 minutes');
    expect(hopeless(proven(later), startMs + 15 * minute)).toBeUndefined();
    const muchLater = unproven(first, startMs + 60 * minute);
    expect(hopeless(muchLater, startMs + 60 * minute)).toBeUndefined();
  });

  test('when nothing was accepted for 15 minutes', () => {
    const { throttle } = failing(19);
    expect(hopeless(throttle, startMs + 15 * minute - 1)).toBeUndefined();
    expect(hopeless(throttle, startMs + 15 * minute)).toBe('the provider accepted nothing for 15 minutes');
  });

  test('when the provider asks to wait for more than an hour', () => {
    expect(hopeless(throttled(freeThrottle, startMs, 60 * minute), startMs)).toBeUndefined();
    expect(hopeless(throttled(freeThrottle, startMs, 60 * minute + 1), startMs)).toMatch(/more than an hour/);
    expect(hopeless(throttled(freeThrottle, startMs, Infinity), startMs)).toMatch(/more than an hour/);
  });

  test('never where nothing failed', () => {
    expect(hopeless(freeThrottle, startMs)).toBeUndefined();
  });

  test('not for a failure of the evening before', () => {
    const { throttle } = failing(3);
    expect(hopeless(throttle, startMs + 12 * 60 * minute)).toBeUndefined();
  });

  test('also at a slow rate, when each of few calls fails', () => {
    let throttle = freeThrottle;
    for (const minutes of [0, 10, 20]) throttle = throttled(throttle, startMs + minutes * minute, undefined);
    expect(hopeless(throttle, startMs + 20 * minute)).toMatch(/15 minutes/);
  });
});

test('there is a wait after every failure, no longer than a minute or what was asked', () => {
  const anyFailure = fc.record({
    laterMs: fc.nat(2 * minute),
    askedMs: fc.option(fc.nat(10 * minute), { nil: undefined }),
  });
  fc.assert(
    fc.property(fc.array(anyFailure, { minLength: 1, maxLength: 30 }), (failures) => {
      let throttle = freeThrottle;
      let nowMs = startMs;
      let longestMs = minute;
      for (const { laterMs, askedMs } of failures) {
        nowMs += laterMs;
        longestMs = Math.max(longestMs, askedMs ?? 0);
        throttle = throttled(throttle, nowMs, askedMs);
        expect(throttle.untilMs).toBeGreaterThan(nowMs);
        expect(throttle.untilMs - nowMs).toBeLessThanOrEqual(longestMs);
        expect(voidWaitMs(throttle, nowMs)).toBeGreaterThanOrEqual(second);
      }
    }),
  );
});
