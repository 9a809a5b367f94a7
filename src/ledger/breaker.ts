import type { Step } from '../model/attempt.ts';
import { likenessOf } from './likeness.ts';

/** Consecutive first attempts refused alike; the reason is that of the last. */
export type Alike = { readonly reason: string; readonly count: number };

/** So many refusals alike in a row open the breaker. */
export const alikeLimit = 10;

/**
 * Counts a ledger write into the row of refusals: a first attempt refused alike (see likeness) lengthens it, another
 * reason starts a new one, a first attempt that ended breaks it; everything else does not count.
 */
export function countAlike(alike: Alike | undefined, step: Step): Alike | undefined {
  if (step.attempt.n !== 1) return alike;
  if (step.state.kind === 'ended') return undefined;
  if (step.event.kind !== 'refused' || step.state.kind !== 'rejected') return alike;
  const { reason } = step.event;
  const isAlike = alike !== undefined && likenessOf(alike.reason) === likenessOf(reason);
  return { reason, count: isAlike ? alike.count + 1 : 1 };
}
