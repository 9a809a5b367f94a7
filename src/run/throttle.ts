import type { EngineMs } from '../model/time.ts';

/**
 * When dialling pauses: after a 429 or a connection that would not come up it waits 1, 2, 4 ... 60 s, or what
 * Retry-After asks; after an acceptance it begins anew.
 */
export type Throttle = {
  readonly untilMs: EngineMs;
  /** Dispatches in a row that placed nothing. */
  readonly failures: number;
  /** Since when nothing was accepted. */
  readonly sinceMs?: EngineMs;
};

/** Nothing is waited for. */
export const freeThrottle: Throttle = { untilMs: 0, failures: 0 };

const longestBackoffMs = 60_000;
const longestRetryAfterMs = 3_600_000;
const patienceMs = 15 * 60_000;

/** The throttle after one more dispatch that placed nothing. */
export function throttled(throttle: Throttle, nowMs: EngineMs, retryAfterMs: number | undefined): Throttle {
  const before = isOld(throttle, nowMs) ? freeThrottle : throttle;
  // Requests that were under way together are one failure: the wait grows only when it was over.
  const isSame = nowMs < before.untilMs;
  const failures = isSame ? before.failures : before.failures + 1;
  const asked = retryAfterMs !== undefined && retryAfterMs > 0 ? retryAfterMs : undefined;
  const waitMs = asked ?? (isSame ? 0 : backoff(before.failures));
  return { untilMs: Math.max(before.untilMs, nowMs + waitMs), failures, sinceMs: before.sinceMs ?? nowMs };
}

/** The throttle after a dispatch of which nothing is known: no reason to wait, but no acceptance either. */
export function unproven(throttle: Throttle, nowMs: EngineMs): Throttle {
  const before = isOld(throttle, nowMs) ? freeThrottle : throttle;
  return { ...before, untilMs: Math.max(before.untilMs, nowMs), sinceMs: before.sinceMs ?? nowMs };
}

/** The throttle after an acceptance. What was asked for stays: the accepted request may have left before that. */
export function eased({ untilMs }: Throttle): Throttle {
  return { untilMs, failures: 0 };
}

/** The throttle after a call in doubt was found at the provider: it was accepted, some time ago. */
export function proven({ untilMs, failures }: Throttle): Throttle {
  return { untilMs, failures };
}

/** How long a recipient whose attempt was voided waits. */
export function voidWaitMs(throttle: Throttle, nowMs: EngineMs): number {
  return Math.max(throttle.untilMs - nowMs, backoff(Math.max(0, throttle.failures - 1)));
}

/** Why the run gives up dialling, if it does. */
export function hopeless(throttle: Throttle, nowMs: EngineMs): string | undefined {
  if (throttle.untilMs - nowMs > longestRetryAfterMs) {
    return 'the provider asks to wait for more than an hour';
  }
  if (throttle.sinceMs !== undefined && !isOld(throttle, nowMs) && nowMs - throttle.sinceMs >= patienceMs) {
    return 'the provider accepted nothing for 15 minutes';
  }
  return undefined;
}

/** What failed so long ago that nobody was dialled since says nothing of now: nights lie between windows. */
function isOld(throttle: Throttle, nowMs: EngineMs): boolean {
  return nowMs - throttle.untilMs > patienceMs;
}

function backoff(failures: number): number {
  return Math.min(longestBackoffMs, 1000 * 2 ** failures);
}
