import type { Clock } from '../../ports.ts';
import { hasEnded } from './account.ts';
import type { Call, Records } from './account.ts';

/** The sums that the requests listing carries. */
export type Stats = {
  readonly total_calls: number;
  readonly completed_calls: number;
  readonly timeout_calls: number;
  readonly replied_calls: number;
  /** Seconds, of completed calls. */
  readonly avg_duration: number;
  /** Completed calls of all, in per cent; inferred from the sample. */
  readonly success_rate: number;
};

/** Counts each call once, when it has ended, since every page of a listing asks for the sums. */
export function statsCounter(clock: Clock): (records: Records) => Stats {
  const tallies = new Map<Records, Tally>();
  return (records) => {
    const tally = tallies.get(records) ?? { seen: 0, open: [], completed: 0, timeout: 0, replied: 0, seconds: 0 };
    tallies.set(records, tally);
    const nowMs = clock.monotonic();
    const open = [...tally.open, ...records.calls.slice(tally.seen)];
    tally.seen = records.calls.length;
    tally.open = open.filter((call) => !hasEnded(call, nowMs));
    for (const call of open) if (hasEnded(call, nowMs)) count(tally, call);
    return {
      total_calls: tally.seen,
      completed_calls: tally.completed,
      timeout_calls: tally.timeout,
      replied_calls: tally.replied,
      avg_duration: tally.completed === 0 ? 0 : rounded(tally.seconds / tally.completed),
      success_rate: tally.seen === 0 ? 0 : rounded((100 * tally.completed) / tally.seen),
    };
  };
}

type Tally = {
  seen: number;
  open: readonly Call[];
  completed: number;
  timeout: number;
  replied: number;
  seconds: number;
};

function count(tally: Tally, { finalStatus, option, life }: Call): void {
  if (option !== null) tally.replied += 1;
  if (finalStatus === 'TIMEOUT') tally.timeout += 1;
  if (finalStatus !== 'COMPLETED') return;
  tally.completed += 1;
  tally.seconds += life.seconds;
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
