/**
 * How many calls at once a provider seems to take, once it said that they are too many: as many as were under way then, and
 * one more for each minute since, until it says so again. Engine time.
 */
export type Ceiling = { readonly calls: number; readonly sinceMs: number };

const oneMoreMs = 60_000;

/** @param held calls of ours under way when the provider would take no other */
export function ceilingAt(held: number, nowMs: number): Ceiling {
  return { calls: Math.max(1, held), sinceMs: nowMs };
}

/** The campaign's own bound, or what the provider takes. */
export function callsAtOnce(concurrency: number, ceiling: Ceiling | undefined, nowMs: number): number {
  if (ceiling === undefined) return concurrency;
  return Math.min(concurrency, ceiling.calls + Math.floor((nowMs - ceiling.sinceMs) / oneMoreMs));
}
