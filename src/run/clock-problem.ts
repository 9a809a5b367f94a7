import { clocksApartMs } from '../model/clocks-apart.ts';
import type { RunContext } from './context.ts';

/** Why nobody can be called by the wall clock; undefined where it may be right. */
export function clockProblem({ remote }: Pick<RunContext, 'remote'>): string | undefined {
  const skewMs = Math.abs(remote.clockSkewMs() ?? 0);
  if (skewMs <= clocksApartMs) return undefined;
  const minutes = String(Math.round(skewMs / 60_000));
  return `the clock of this machine is ${minutes} minutes off the provider's; windows cannot be kept`;
}
