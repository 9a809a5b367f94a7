import type { Step } from '../model/attempt.ts';

/** Consecutive first attempts refused alike. */
export type Alike = { readonly reason: string; readonly count: number };

/** So many refusals alike in a row open the breaker. */
export const alikeLimit = 10;

/**
 * Counts a ledger write into the row of refusals: a first attempt refused for the same reason lengthens it, another
 * reason starts a new one, a first attempt that ended breaks it; everything else does not count.
 */
export function countAlike(alike: Alike | undefined, step: Step): Alike | undefined {
  if (step.attempt.n !== 1) return alike;
  if (step.state.kind === 'ended') return undefined;
  if (step.event.kind !== 'refused' || step.state.kind !== 'rejected') return alike;
  const { reason } = step.event;
  return alike?.reason === reason ? { reason, count: alike.count + 1 } : { reason, count: 1 };
}
