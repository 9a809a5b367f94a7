/**
 * Calls started per time, without bursts: at most `calls` in any slice of `sliceMs`. A slice lasts about a tenth of a
 * second, or one call's share of the time where that is longer, so no window of the declared length ever holds more
 * than the declared number.
 */
export type Pace = { readonly calls: number; readonly sliceMs: number };

const shortestSliceMs = 100;

export function paceOf(rate: { readonly calls: number; readonly perMs: number }): Pace {
  const shareMs = rate.perMs / rate.calls;
  const calls = Math.max(1, Math.floor(shortestSliceMs / shareMs));
  return { calls, sliceMs: calls * shareMs };
}

/**
 * How many calls may start now, given the starts so far (steady ms, oldest first; the last `pace.calls` are enough),
 * and when the next one may if none may now.
 */
export function tokens(
  pace: Pace,
  starts: readonly number[],
  nowMs: number,
): { readonly free: number; readonly nextMs: number } {
  const recent = starts.filter((start) => start > nowMs - pace.sliceMs);
  const free = Math.max(0, pace.calls - recent.length);
  const [oldest] = recent.slice(-pace.calls);
  return { free, nextMs: free > 0 || oldest === undefined ? nowMs : oldest + pace.sliceMs };
}
