import type { EngineMs } from '../model/time.ts';
import type { Attempt, AttemptEvent } from '../model/attempt.ts';
import type { Sighting } from '../model/sighting.ts';
import { settlesAtMs, type Policy } from './advance.ts';
import type { Match } from './match.ts';

/** A look-up that fails for so long is given up. */
const longestFailureMs = 15 * 60_000;

/** A listing: whether it was whole, and when it began. */
type Listing = {
  readonly complete: boolean;
  readonly begunMs: EngineMs;
  /** The account that was asked does not have the resource of the call: it may be another one, which has other calls. */
  readonly lacksResource?: boolean;
};

/**
 * What a listing says of an attempt in doubt; undefined: nothing yet, ask again. Absence is never a missing reference:
 * it takes `needs` complete listings begun after settling; a match by number and time alone waits for settling as well (design 6.2).
 */
export function lookUpEvent(
  attempt: Attempt,
  match: Match,
  listing: Listing,
  policy: Policy,
): AttemptEvent | undefined {
  if (match.kind === 'present' && match.certain) return seen(match.sighting);
  const { state } = attempt;
  if (state.kind !== 'in_doubt' || listing.begunMs < settlesAtMs(state, policy)) return undefined;
  switch (match.kind) {
    case 'present':
      return seen(match.sighting);
    case 'ambiguous':
      return { kind: 'gave_up', reason: 'two calls could be this one' };
    case 'foreign':
      return { kind: 'gave_up', reason: 'a call to this number without our reference exists' };
    case 'absent':
      if (listing.lacksResource === true)
        return { kind: 'gave_up', reason: 'the account lacks what it was called with' };
      if (!listing.complete) return lookUpFailure(attempt, incomplete(listing), policy);
      if (state.looks + 1 < state.needs) return { kind: 'not_seen' };
      return { kind: 'voided', reason: 'not at the provider, by complete listings' };
  }
}

/**
 * What a failed look-up makes of it. Before settling a listing that came would say no more than one that failed, so
 * the 15 minutes are counted from the first failure after it.
 */
export function lookUpFailure(attempt: Attempt, failure: Failure, policy: Policy): AttemptEvent | undefined {
  const { state } = attempt;
  const gaveUp: AttemptEvent = { kind: 'gave_up', reason: `look-up failed: ${failure.reason}` };
  if (failure.forbidden) return gaveUp;
  if (state.kind !== 'in_doubt' || failure.nowMs < settlesAtMs(state, policy)) return undefined;
  const { failingSinceMs } = state;
  const isOver = failingSinceMs !== undefined && failure.nowMs - failingSinceMs >= longestFailureMs;
  return isOver ? gaveUp : { kind: 'look_failed', reason: failure.reason };
}

type Failure = {
  readonly reason: string;
  /** Asking again will not help. */
  readonly forbidden: boolean;
  readonly nowMs: EngineMs;
};

/** A listing that never comes whole must not keep an attempt in doubt for ever. */
function incomplete(listing: Listing): Failure {
  return { reason: 'the listing did not come complete', forbidden: false, nowMs: listing.begunMs };
}

function seen(sighting: Sighting): AttemptEvent {
  const handle = {
    ...(sighting.batchId === undefined ? {} : { batchId: sighting.batchId }),
    ...(sighting.callId === undefined ? {} : { callId: sighting.callId }),
  };
  return sighting.status === undefined ? { kind: 'seen', handle } : { kind: 'seen', handle, status: sighting.status };
}
