/**
 * When dialling pauses: after a 429 or a connection that would not come up it waits 1, 2, 4 ... 60 s, or what
 * Retry-After asks; an acceptance ends it. Times are engine time.
 */
export type Throttle = {
  readonly untilMs: number;
  /** Dispatches in a row that placed nothing. */
  readonly failures: number;
  /** Since when nothing was accepted. */
  readonly sinceMs?: number;
};

export const freeThrottle: Throttle = { untilMs: 0, failures: 0 };

const longestBackoffMs = 60_000;
const longestRetryAfterMs = 3_600_000;
const patienceMs = 15 * 60_000;

/** The throttle after one more dispatch that placed nothing. */
export function throttled(throttle: Throttle, nowMs: number, retryAfterMs: number | undefined): Throttle {
  const backoffMs = backoff(throttle.failures);
  // Requests that were under way together are one failure: the wait grows only when it was over.
  const failures = nowMs < throttle.untilMs ? throttle.failures : throttle.failures + 1;
  return {
    untilMs: Math.max(throttle.untilMs, nowMs + (retryAfterMs ?? backoffMs)),
    failures,
    sinceMs: throttle.sinceMs ?? nowMs,
  };
}

/** How long a recipient whose attempt was voided waits. */
export function voidWaitMs(throttle: Throttle, nowMs: number): number {
  return Math.max(throttle.untilMs - nowMs, backoff(Math.max(0, throttle.failures - 1)));
}

/** Why the run gives up dialling, if it does. */
export function hopeless(throttle: Throttle, nowMs: number): string | undefined {
  if (throttle.untilMs - nowMs > longestRetryAfterMs) {
    return 'the provider asks to wait for more than an hour';
  }
  if (throttle.sinceMs !== undefined && nowMs - throttle.sinceMs >= patienceMs) {
    return 'the provider accepted nothing for 15 minutes';
  }
  return undefined;
}

function backoff(failures: number): number {
  return Math.min(longestBackoffMs, 1000 * 2 ** failures);
}
