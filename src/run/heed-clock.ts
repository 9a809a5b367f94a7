/**
 * The wall clock tells whose window is open and when people entered the wave. It is believed as far as the provider's clock
 * bears it out: the two are compared with every answer, and anew before anybody is dialled once the wall clock has jumped.
 */
import { RemoteError } from '../remote/remote-error.ts';
import type { RunContext } from './context.ts';

/** A wall clock that is further off the provider's `Date` header is not trusted with windows (design 6.3). */
const longestSkewMs = 5 * 60_000;

/** It moves by itself against the monotonic clock, by little; a machine that slept looks as if it had been set. */
const longestJumpMs = 60_000;

/** Why nobody can be called by the wall clock; undefined where it may be right. */
export function clockProblem({ remote }: Pick<RunContext, 'remote'>): string | undefined {
  const skewMs = Math.abs(remote.clockSkewMs() ?? 0);
  if (skewMs <= longestSkewMs) return undefined;
  const minutes = String(Math.round(skewMs / 60_000));
  return `the clock of this machine is ${minutes} minutes off the provider's; windows cannot be kept`;
}

/** Whether the wall clock has jumped since the provider's last answer. */
export function hasJumped({ remote }: Pick<RunContext, 'remote'>): boolean {
  return remote.clockJumpMs() > longestJumpMs;
}

/** Asks the provider for the time, by a read, where the wall clock has jumped. False: it did not tell. */
export async function isClockCompared(context: RunContext): Promise<boolean> {
  if (!hasJumped(context)) return true;
  const { remote, account, live, signals } = context;
  try {
    await remote.perform(account.resource.read, live.id, signals.leave);
  } catch (error) {
    if (!(error instanceof RemoteError)) throw error;
  }
  return !hasJumped(context);
}
