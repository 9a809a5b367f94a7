import type { EngineMs } from '../model/time.ts';
import { intentState, type AttemptEvent, type AttemptState } from '../model/attempt.ts';

/**
 * What an event makes of an attempt: folding all events of an attempt gives its state, so the ledger can be replayed.
 * Total: an event that does not fit a state leaves it as it is (a duplicate, or one that came late). What is known of a
 * call is never taken back: once accepted, it can only end.
 * @param atMs when it happened
 */
export function evolve(state: AttemptState | undefined, event: AttemptEvent, atMs: EngineMs): AttemptState | undefined {
  switch (event.kind) {
    case 'intended':
      return state === undefined || state.kind === 'voided' ? intentState(event) : state;
    case 'imported':
      return state ?? accepted(event, atMs);
    case 'settled':
      return state?.kind === 'unresolved' ? settled(event.as) : state;
    case 'refused':
      return state?.kind === 'intent' ? { kind: 'rejected', reason: event.reason } : state;
    case 'doubted':
      return state?.kind === 'intent'
        ? { ...state, kind: 'in_doubt', sinceMs: atMs, why: event.why, looks: 0, needs: event.needs }
        : state;
    case 'restarted':
    case 'not_seen':
    case 'look_failed':
      return state?.kind === 'in_doubt' ? looked(state, event, atMs) : state;
    case 'voided':
      return isUnknown(state) ? { kind: 'voided', reason: event.reason } : state;
    case 'gave_up':
      return isUnknown(state) ? { kind: 'unresolved', reason: event.reason } : state;
    case 'accepted':
    case 'seen':
      if (state?.kind === 'accepted')
        return { ...accepted(event, state.sinceMs), handle: { ...state.handle, ...event.handle } };
      return isUnknown(state) ? accepted(event, Math.max(atMs, state.scheduledMs ?? atMs)) : state;
    case 'ended':
      return isUnknown(state) || state?.kind === 'accepted' ? event : state;
  }
}

/** Whether the provider has it is not known yet. */
function isUnknown(state: AttemptState | undefined): state is AttemptState & { readonly kind: 'intent' | 'in_doubt' } {
  return state?.kind === 'intent' || state?.kind === 'in_doubt';
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
