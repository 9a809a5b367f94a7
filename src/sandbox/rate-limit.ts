import type { Clock } from '../ports.ts';

/**
 * A bucket of `perSecond` tokens that fills at that rate: gives 0 if there was one to take, else the milliseconds until
 * there is. A rate of 0 lifts the limit.
 */
export function rateLimit(clock: Clock, perSecond: number): () => number {
  let tokens = perSecond;
  let filledMs = clock.monotonic();
  return () => {
    if (perSecond === 0) return 0;
    const nowMs = clock.monotonic();
    tokens = Math.min(perSecond, tokens + ((nowMs - filledMs) / 1000) * perSecond);
    filledMs = nowMs;
    if (tokens < 1) return ((1 - tokens) / perSecond) * 1000;
    tokens -= 1;
    return 0;
  };
}
