import type { Attempt, AttemptEvent } from '../model/attempt.ts';
import { settlesAtMs, type Policy } from './advance.ts';
import type { Match } from './match.ts';

/** A look-up that fails for so long is given up. */
const longestFailureMs = 15 * 60_000;

/**
 * What a listing says of an attempt in doubt; undefined: nothing yet, ask again. Absence is never a missing reference:
 * it takes `needs` complete listings begun after settling (design 6.2).
 */
export function lookUpEvent(
  attempt: Attempt,
  match: Match,
  listing: { readonly complete: boolean; readonly begunMs: number },
  policy: Policy,
): AttemptEvent | undefined {
  switch (match.kind) {
    case 'present': {
      const { sighting } = match;
      const handle = handleOf(sighting);
      return sighting.status === undefined
        ? { kind: 'seen', handle }
        : { kind: 'seen', handle, status: sighting.status };
    }
    case 'ambiguous':
      return { kind: 'gave_up', reason: 'two calls could be this one' };
    case 'foreign':
      return { kind: 'gave_up', reason: 'a call to this number without our reference exists' };
    case 'absent':
      return absence(attempt, listing, policy);
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

function absence(
  attempt: Attempt,
  listing: { readonly complete: boolean; readonly begunMs: number },
  policy: Policy,
): AttemptEvent | undefined {
  const { state } = attempt;
  if (state.kind !== 'in_doubt' || !listing.complete) return undefined;
  if (listing.begunMs < settlesAtMs(state, policy)) return undefined;
  if (state.looks + 1 < state.needs) return { kind: 'not_seen' };
  return { kind: 'voided', reason: 'not at the provider, by complete listings' };
}

function handleOf(sighting: { readonly batchId?: string; readonly callId?: string }): {
  readonly batchId?: string;
  readonly callId?: string;
} {
  return {
    ...(sighting.batchId === undefined ? {} : { batchId: sighting.batchId }),
    ...(sighting.callId === undefined ? {} : { callId: sighting.callId }),
  };
}
