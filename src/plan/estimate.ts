/**
 * How long a wave takes at least, from rate, concurrency and windows alone. Goes in: counts and the declared limits.
 * Comes out: dispatches and durations, never an instant, so that equal inputs plan alike at any time of day.
 */
import type { Execution, Weekday, Window } from '../model/campaign.ts';
import type { Hours } from '../model/hours.ts';

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
const weekdays: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** Holidays left aside; undefined where the time of day does not matter. */
function openMsPerWeek({ windows, policy }: Hours): number | undefined {
  const weeks = [
    windows === 'always' ? [] : [openWeek(windows)],
    policy === undefined ? [] : [openWeek(policy.windows)],
  ];
  const [first, ...others] = weeks.flat();
  if (first === undefined) return undefined;
  let minutes = 0;
  for (const [minute, isOpen] of first.entries()) {
    if (isOpen === 1 && others.every((other) => other[minute] === 1)) minutes += 1;
  }
  return minutes * minuteMs;
}

/** Windows may overlap and go over midnight, so each minute of the week is marked. */
function openWeek(windows: readonly Window[]): Uint8Array {
  const open = new Uint8Array(minutesPerWeek);
  for (const { days, fromMinute, toMinute } of windows) {
    const length = toMinute > fromMinute ? toMinute - fromMinute : toMinute + minutesPerDay - fromMinute;
    for (const day of days) {
      const start = weekdays.indexOf(day) * minutesPerDay + fromMinute;
      const end = start + length;
      open.fill(1, start, end);
      open.fill(1, 0, Math.max(0, end - minutesPerWeek));
    }
  }
  return open;
}
