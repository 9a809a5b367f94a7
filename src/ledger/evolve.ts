import type { AttemptEvent, AttemptState } from '../model/attempt.ts';

/**
 * What an event makes of an attempt: folding all events of an attempt gives its state, so the ledger can be replayed.
 * Total: an event that does not fit a state leaves it as it is (a duplicate, or one that came late).
 * @param atMs engine time of the event
 */
export function evolve(state: AttemptState | undefined, event: AttemptEvent, atMs: number): AttemptState | undefined {
  if (event.kind === 'intended') return isFree(state) ? { kind: 'intent' } : state;
  if (event.kind === 'imported') return state ?? accepted(event, atMs);
  if (state === undefined || isFinal(state)) return fromFinal(state, event);
  switch (event.kind) {
    case 'accepted':
    case 'seen':
      return state.kind === 'accepted' ? { ...accepted(event, atMs), sinceMs: state.sinceMs } : accepted(event, atMs);
    case 'refused':
      return { kind: 'rejected', reason: event.reason };
    case 'voided':
      return { kind: 'voided', reason: event.reason };
    case 'doubted':
      return { kind: 'in_doubt', sinceMs: atMs, why: event.why, looks: 0, needs: event.needs };
    case 'ended': {
      const { kind, ...rest } = event;
      return { kind, ...rest };
    }
    case 'gave_up':
      return { kind: 'unresolved', reason: event.reason };
    case 'restarted':
    case 'not_seen':
    case 'look_failed':
      return state.kind === 'in_doubt' ? looked(state, event, atMs) : state;
    case 'settled':
      return settled(event.as);
  }
}

/** States that only a person, or a new intent of a voided number, leads out of. */
export function isFinal(state: AttemptState): boolean {
  return state.kind === 'ended' || state.kind === 'rejected' || state.kind === 'unresolved' || state.kind === 'voided';
}

type InDoubt = AttemptState & { readonly kind: 'in_doubt' };

function looked(
  state: InDoubt,
  event: AttemptEvent & { readonly kind: 'restarted' | 'not_seen' | 'look_failed' },
  atMs: number,
): AttemptState {
  const { failingSinceMs, ...rest } = state;
  switch (event.kind) {
    case 'restarted':
      return { ...rest, sinceMs: atMs, looks: 0 };
    case 'not_seen':
      return { ...rest, looks: state.looks + 1 };
    case 'look_failed':
      return { ...rest, failingSinceMs: failingSinceMs ?? atMs };
  }
}

function fromFinal(state: AttemptState | undefined, event: AttemptEvent): AttemptState | undefined {
  return state?.kind === 'unresolved' && event.kind === 'settled' ? settled(event.as) : state;
}

function settled(as: 'called' | 'not-called'): AttemptState {
  return as === 'called'
    ? { kind: 'ended', outcome: 'unknown' }
    : { kind: 'voided', reason: 'a person said that it was not called' };
}

function accepted(
  event: AttemptEvent & { readonly kind: 'accepted' | 'seen' | 'imported' },
  atMs: number,
): AttemptState & { readonly kind: 'accepted' } {
  const status = 'status' in event ? event.status : undefined;
  return {
    kind: 'accepted',
    handle: event.handle,
    sinceMs: atMs,
    ...(status === undefined ? {} : { status }),
  };
}

function isFree(state: AttemptState | undefined): boolean {
  return state === undefined || state.kind === 'voided';
}
