import type { Attempt, AttemptEvent, Sighting } from '../model/attempt.ts';
import { settlesAtMs, type Policy } from './advance.ts';
import type { Match } from './match.ts';

/** A look-up that fails for so long is given up. */
const longestFailureMs = 15 * 60_000;

/** A listing: whether it was whole, and when (engine time) it began. */
type Listing = { readonly complete: boolean; readonly begunMs: number };

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
      if (!listing.complete) return undefined;
      if (state.looks + 1 < state.needs) return { kind: 'not_seen' };
      return { kind: 'voided', reason: 'not at the provider, by complete listings' };
  }
}

/** What a failed look-up makes of it. */
export function lookUpFailure(
  attempt: Attempt,
  failure: { readonly reason: string; readonly forbidden: boolean; readonly nowMs: number },
): AttemptEvent {
  const { state } = attempt;
  const sinceMs = state.kind === 'in_doubt' ? state.failingSinceMs : undefined;
  const isOver = sinceMs !== undefined && failure.nowMs - sinceMs >= longestFailureMs;
  return failure.forbidden || isOver
    ? { kind: 'gave_up', reason: `look-up failed: ${failure.reason}` }
    : { kind: 'look_failed', reason: failure.reason };
}

function seen(sighting: Sighting): AttemptEvent {
  const handle = {
    ...(sighting.batchId === undefined ? {} : { batchId: sighting.batchId }),
    ...(sighting.callId === undefined ? {} : { callId: sighting.callId }),
  };
  return sighting.status === undefined ? { kind: 'seen', handle } : { kind: 'seen', handle, status: sighting.status };
}
