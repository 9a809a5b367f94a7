import type { EngineMs } from '../model/time.ts';

/**
 * How many calls at once a provider seems to take, once it said that they are too many: as many as were under way then, and
 * each minute one or a tenth more, until it says so again.
 */
export type Ceiling = { readonly calls: number; readonly sinceMs: EngineMs };

const moreMs = 60_000;
const growth = 1.1;

/** @param held calls of ours under way when the provider would take no other */
export function ceilingAt(held: number, nowMs: EngineMs): Ceiling {
  return { calls: Math.max(1, held), sinceMs: nowMs };
}

/** The campaign's own bound, or what the provider takes. */
export function callsAtOnce(concurrency: number, ceiling: Ceiling | undefined, nowMs: EngineMs): number {
  if (ceiling === undefined) return concurrency;
  const times = Math.floor((nowMs - ceiling.sinceMs) / moreMs);
  return Math.min(concurrency, Math.max(ceiling.calls + times, Math.floor(ceiling.calls * growth ** times)));
}
