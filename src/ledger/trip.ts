/** When a wave stops itself by how its calls end; nobody is called then until a person lets it go on. */
import type { Outcome } from '../model/attempt.ts';
import type { Execution, OutcomeShare, StopOutcome } from '../model/execution.ts';
import type { TalliedCall, Tally } from '../model/tally.ts';
import type { Trip } from '../model/trip.ts';

/** So many first attempts in a row refused alike stop a wave. */
export const alikeLimit = 10;

/** @param atMs wall clock */
export function tripOf(
  tally: Tally,
  { canary, stopWhen }: Pick<Execution, 'canary' | 'stopWhen'>,
  atMs: number,
): Trip | undefined {
  const { alike, recent } = tally;
  if (alike !== undefined && alike.calls.length >= alikeLimit) return { kind: 'alike', ...alike, atMs };
  const first = (tally.canary?.ended ?? []).slice(0, canary?.calls);
  const failed = canary === undefined ? undefined : reached(canary.stopWhen, first, canary.calls);
  if (failed !== undefined) return { kind: 'canary', ...failed, atMs };
  // The file may have said more when they were remembered.
  const last = stopWhen === undefined ? [] : recent.slice(-stopWhen.ofLast);
  const stopped = stopWhen === undefined ? undefined : reached(stopWhen.shares, last, stopWhen.ofLast);
  return stopped === undefined ? undefined : { kind: 'stop_when', ...stopped, atMs };
}

type Reached = Pick<Trip & { readonly kind: 'canary' }, 'outcome' | 'percent' | 'of' | 'calls'>;

/** A share is reached as soon as enough of so many calls ended so, however the others end. */
function reached(shares: readonly OutcomeShare[], ended: readonly TalliedCall[], of: number): Reached | undefined {
  for (const { outcome, percent } of shares) {
    const calls = ended.filter((call) => isMeant(outcome, call.outcome));
    if (calls.length * 100 >= percent * of) return { outcome, percent, of, calls };
  }
  return undefined;
}

/** A call that the provider refused failed, too. */
function isMeant(meant: StopOutcome, outcome: Outcome): boolean {
  return outcome === meant || (meant === 'failed' && outcome === 'rejected');
}
