/**
 * Calls started per time, without bursts: at most `calls` in any slice of `sliceMs`. A slice lasts about a tenth of a
 * second, or one call's share of the time where that is longer. No window of the declared length ever holds more than the
 * declared number: so many whole slices fit into it, and no more.
 */
export type Pace = { readonly calls: number; readonly sliceMs: number };

const shortestSliceMs = 100;

/** The pace of so many calls in any `perMs` milliseconds. */
export function paceOf(rate: { readonly calls: number; readonly perMs: number }): Pace {
  const most = Math.max(1, Math.floor((rate.calls * shortestSliceMs) / rate.perMs));
  let calls = most;
  // Slices must fill the time: of 25 a second, 2 a slice would leave one call over, 1 leaves none.
  for (let fewer = most; fewer >= most / 2; fewer -= 1) {
    if (placed(rate, fewer) > placed(rate, calls)) calls = fewer;
  }
  return { calls, sliceMs: Math.ceil(rate.perMs / Math.floor(rate.calls / calls)) };
}

/** How many calls the declared time holds if each slice starts so many. */
function placed(rate: { readonly calls: number }, perSlice: number): number {
  return Math.floor(rate.calls / perSlice) * perSlice;
}

/**
 * How many calls may start now, given the starts so far (engine time, oldest first; the last `pace.calls` are enough),
 * and when the next one may if none may now.
 */
export function tokens(
  pace: Pace,
  starts: readonly number[],
  nowMs: number,
): { readonly free: number; readonly nextMs: number } {
  const recent = starts.slice(starts.findLastIndex((start) => start <= nowMs - pace.sliceMs) + 1);
  const free = Math.max(0, pace.calls - recent.length);
  const [oldest] = recent.slice(-pace.calls);
  return { free, nextMs: free > 0 || oldest === undefined ? nowMs : oldest + pace.sliceMs };
}
