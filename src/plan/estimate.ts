/**
 * How long a wave takes at least, from rate, concurrency and windows alone. Goes in: counts and the declared limits.
 * Comes out: dispatches and durations, never an instant, so that equal inputs plan alike at any time of day.
 */
import type { Execution } from '../model/execution.ts';
import { isInWindows, windowsOf, type Hours } from '../model/hours.ts';

export type Estimate = {
  /** Requests that place calls. */
  readonly dispatches: number;
  /** From the first call's start to the last one's end, windows left aside. */
  readonly callingMs: number;
  /** Time per week in which a window is open, for recipients of one zone; undefined for always. */
  readonly openMsPerWeek: number | undefined;
};

/** A call is taken to hold its slot for so long: nobody knows before it was made. */
const assumedCallMs = 60_000;

/** @param perSlice calls that the rate lets start at the same moment, as the engine slices it */
export function estimate(
  calls: number,
  execution: Pick<Execution, 'rate' | 'concurrency' | 'batchSize'> & Hours,
  perSlice: number,
): Estimate {
  const { rate, concurrency, batchSize } = execution;
  const perDispatch = Math.max(1, Math.min(batchSize, perSlice, concurrency));
  const lastStartMs = Math.max(
    ((calls - 1) * rate.perMs) / rate.calls,
    Math.floor((calls - 1) / concurrency) * assumedCallMs,
  );
  return {
    dispatches: Math.ceil(calls / perDispatch),
    callingMs: calls === 0 ? 0 : Math.ceil(lastStartMs) + assumedCallMs,
    openMsPerWeek: openMsPerWeek(execution),
  };
}

const minuteMs = 60_000;
const minutesPerDay = 1440;
const minutesPerWeek = 7 * minutesPerDay;

/** Holidays left aside; undefined where the time of day does not matter. */
function openMsPerWeek(hours: Hours): number | undefined {
  if (windowsOf(hours).length === 0) return undefined;
  let minutes = 0;
  for (let minute = 0; minute < minutesPerWeek; minute += 1) {
    if (isInWindows(hours, Math.floor(minute / minutesPerDay), minute % minutesPerDay)) minutes += 1;
  }
  return minutes * minuteMs;
}
