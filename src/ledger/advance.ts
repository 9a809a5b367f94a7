/**
 * The state machine of design 6: one attempt, one event, the time; out comes one ledger write with the attempt's new
 * state, when it is looked at next, and where its recipient stands. Nothing else decides what happens next.
 */
import type { Attempt, AttemptEvent, AttemptState, Outcome, Step } from '../model/attempt.ts';
import type { Standing } from '../model/standing.ts';
import type { Execution } from '../model/execution.ts';
import type { EngineMs, WallMs } from '../model/time.ts';
import { evolve } from './evolve.ts';

/** What a campaign says of attempts, of following calls and of looking them up. */
export type Policy = Pick<Execution, 'attempts' | 'followUp' | 'lookUp'>;

/** When an event happens, by both clocks, and what else its consequences hang on. */
export type Moment = {
  readonly nowMs: EngineMs;
  /** By which recipients are due. */
  readonly wallMs: WallMs;
  /** 0 to 1; spreads polls. */
  readonly jitter: number;
  /** How long a voided attempt's recipient waits: 1, 2, 4 ... 60 s. */
  readonly voidWaitMs: number;
};

/**
 * What one event makes of an attempt: its state, when it is looked at again, and how its recipient stands. An event that
 * its state does not allow leaves the state as it is.
 */
export function advance(attempt: Attempt, event: AttemptEvent, policy: Policy, moment: Moment): Step {
  const state = evolve(attempt.state, event, moment.nowMs) ?? attempt.state;
  const dueMs = dueOf(state, policy, moment);
  return {
    attempt,
    event,
    state,
    ...(dueMs === undefined ? {} : { dueMs }),
    standing: standingAfter(attempt, state, policy, moment),
  };
}

const hourMs = 3_600_000;

/** The longest that anybody waits for the next attempt because of the one before; a provider is waited for by the hour at most. */
export function longestRetryMs({ attempts }: Pick<Policy, 'attempts'>): number {
  return Math.max(hourMs, ...Object.values(attempts.retry).flat());
}

/** When a look at an open attempt that brought nothing new is repeated. */
export function lookAgainMs(state: AttemptState, policy: Policy, moment: Poll): number {
  return dueOf(state, policy, moment) ?? nextPollMs(policy, moment);
}

type Poll = Pick<Moment, 'nowMs' | 'jitter'>;

function nextPollMs(policy: Policy, moment: Poll): number {
  return moment.nowMs + policy.followUp.everyMs * (0.9 + moment.jitter * 0.2);
}

/** Engine time from which listings count towards an absence. A batch refused as a whole needs no settling. */
export function settlesAtMs(state: AttemptState & { readonly kind: 'in_doubt' }, policy: Policy): number {
  return state.needs === 1 ? state.sinceMs : state.sinceMs + policy.lookUp.settleMs;
}

function dueOf(state: AttemptState, policy: Policy, moment: Poll): number | undefined {
  switch (state.kind) {
    case 'accepted':
      return nextPollMs(policy, { ...moment, nowMs: Math.max(moment.nowMs, state.sinceMs) });
    case 'in_doubt': {
      const next = nextPollMs(policy, moment);
      if (state.needs === 1) return state.failingSinceMs === undefined ? moment.nowMs : next;
      const settlesMs = settlesAtMs(state, policy);
      const isSettled = moment.nowMs >= settlesMs;
      if (isSettled) return next;
      return Math.min(settlesMs, Math.max(next, moment.nowMs + policy.lookUp.settleMs / 4));
    }
    case 'intent':
    case 'ended':
    case 'rejected':
    case 'unresolved':
    case 'voided':
      return undefined;
  }
}

function standingAfter(attempt: Attempt, state: AttemptState, policy: Policy, moment: Moment): Standing {
  switch (state.kind) {
    case 'intent':
    case 'accepted':
    case 'in_doubt':
      return { kind: 'open' };
    case 'unresolved':
      return { kind: 'unresolved' };
    case 'ended':
      return (state.optOut ? undefined : retried(attempt, state.outcome, policy, moment)) ?? { kind: 'done' };
    case 'rejected':
      return retried(attempt, 'rejected', policy, moment) ?? { kind: 'rejected' };
    case 'voided': {
      const wasRefusedBatch = attempt.state.kind === 'in_doubt' && attempt.state.needs === 1;
      return {
        kind: 'pending',
        n: attempt.n,
        dueMs: moment.wallMs + (wasRefusedBatch ? 0 : moment.voidWaitMs),
        why: 'voided',
        ...(wasRefusedBatch ? { alone: true } : {}),
      };
    }
  }
}

/** The n-th retry of an outcome waits its n-th delay, the last repeats, `max` bounds all. */
function retried(attempt: Attempt, outcome: Outcome, policy: Policy, moment: Moment): Standing | undefined {
  const delays = outcome === 'unknown' ? [] : (policy.attempts.retry[outcome] ?? []);
  if (attempt.n >= policy.attempts.max) return undefined;
  const same = attempt.earlier.filter((earlier) => earlier === outcome).length;
  // Of attempts that were found at the provider together, or without the one before, the ends of the earlier are not known.
  const untold = attempt.n - 1 - attempt.earlier.length;
  const before = same + Math.max(0, untold);
  const delayMs = delays[Math.min(before, delays.length - 1)];
  if (delayMs === undefined) return undefined;
  return { kind: 'pending', n: attempt.n + 1, dueMs: moment.wallMs + delayMs, why: 'retry' };
}
