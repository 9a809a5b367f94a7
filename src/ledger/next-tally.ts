/**
 * How a wave's tally goes on with each ledger write: what its calls have used up, and how they ended of late. One attempt, one
 * event; out comes the tally that the same transaction writes.
 */
import type { AttemptState, Outcome } from '../model/attempt.ts';
import type { Execution } from '../model/execution.ts';
import { parseMoney, type Money } from '../model/money.ts';
import type { Alike, Canary, AttemptChange, Reported, TalliedCall, Tally } from '../model/tally.ts';
import { likenessOf } from './likeness.ts';

/** What a campaign judges calls by. */
export type TallyPolicy = Pick<Execution, 'canary' | 'stopWhen'>;

/** What the tally is after one change of one attempt. */
export function nextTally(tally: Tally, change: AttemptChange, policy: TallyPolicy): Tally {
  const used = countUsage(tally, change);
  const ended = endedCall(change);
  const alike = countAlike(tally.alike, change, ended);
  const canary = countCanary(tally.canary, change, { ended, calls: policy.canary?.calls });
  return {
    ...used,
    ...(alike === undefined ? {} : { alike }),
    ...(canary === undefined ? {} : { canary }),
    recent: countRecent(tally.recent, ended, policy.stopWhen?.ofLast ?? 0),
  };
}

/** The tally of a wave that a person let go on: its calls are judged anew, what they used up stays used. */
export function resumedTally({ calls, unmeasured, seconds, reported }: Tally): Tally {
  return { calls, unmeasured, seconds, reported, recent: [] };
}

type Usage = Pick<Tally, 'calls' | 'unmeasured' | 'seconds' | 'reported'>;

function countUsage(tally: Usage, { before, state }: AttemptChange): Usage {
  const was = usageOf(before);
  const is = usageOf(state);
  return {
    calls: tally.calls + is.calls - was.calls,
    unmeasured: tally.unmeasured + is.unmeasured - was.unmeasured,
    seconds: tally.seconds + is.seconds - was.seconds,
    reported: report(report(tally.reported, is, 1), was, -1),
  };
}

type CallUsage = {
  readonly calls: number;
  readonly unmeasured: number;
  readonly seconds: number;
  readonly cost?: Money;
};

const nothing: CallUsage = { calls: 0, unmeasured: 0, seconds: 0 };

/** Somebody or something was on the line: without a word of how long, it may have been the longest call. */
const talked: readonly Outcome[] = ['answered', 'voicemail', 'unknown'];

function usageOf(state: AttemptState | undefined): CallUsage {
  switch (state?.kind) {
    case undefined:
    case 'voided':
    case 'rejected':
      return nothing;
    case 'intent':
    case 'accepted':
    case 'in_doubt':
    case 'unresolved':
      return { calls: 1, unmeasured: 1, seconds: 0 };
    case 'ended': {
      const seconds = state.seconds ?? (talked.includes(state.outcome) ? undefined : 0);
      const cost = state.cost === undefined ? undefined : parseMoney(state.cost);
      return {
        calls: 1,
        unmeasured: seconds === undefined ? 1 : 0,
        seconds: seconds ?? 0,
        ...(cost === undefined ? {} : { cost }),
      };
    }
  }
}

function report(
  reported: Tally['reported'],
  { cost, seconds, unmeasured }: CallUsage,
  sign: 1 | -1,
): Tally['reported'] {
  if (cost === undefined) return reported;
  const sum: Reported = reported[cost.currency] ?? { micros: 0, seconds: 0, unmeasured: 0 };
  return {
    ...reported,
    [cost.currency]: {
      micros: sum.micros + sign * cost.micros,
      seconds: sum.seconds + sign * seconds,
      unmeasured: sum.unmeasured + sign * unmeasured,
    },
  };
}

/** A call that this write ends, or that the provider refused. */
function endedCall({ key, phone, n, before, state }: AttemptChange): TalliedCall | undefined {
  if (before?.kind === state.kind) return undefined;
  if (state.kind === 'ended') return { key, phone, n, outcome: state.outcome };
  return state.kind === 'rejected' ? { key, phone, n, outcome: 'rejected' } : undefined;
}

/**
 * A first attempt refused alike (see likeness) lengthens the row, another reason starts a new one, a first attempt that
 * ended breaks it; everything else does not count.
 */
function countAlike(
  alike: Alike | undefined,
  { n, event }: AttemptChange,
  ended: TalliedCall | undefined,
): Alike | undefined {
  if (n !== 1 || ended === undefined) return alike;
  if (ended.outcome !== 'rejected' || event.kind !== 'refused') return undefined;
  const { reason } = event;
  const isAlike = alike !== undefined && likenessOf(alike.reason) === likenessOf(reason);
  return { reason, calls: isAlike ? [...alike.calls, ended] : [ended] };
}

type Counted = { readonly ended: TalliedCall | undefined; readonly calls: number | undefined };

/**
 * First attempts that were begun while the canary had room are its calls, until they end, are refused or placed nothing. That
 * is heeded without one, too: it may be taken out of the file and put back while they are under way.
 */
function countCanary(
  canary: Canary | undefined,
  change: AttemptChange,
  { ended, calls = 0 }: Counted,
): Canary | undefined {
  if (change.n !== 1) return canary;
  const { open, ended: before } = canary ?? { open: [], ended: [] };
  if (isUnderWay(change.state)) {
    const isKnown = open.includes(change.recipientId) || before.length >= calls || isUnderWay(change.before);
    return isKnown ? canary : { open: [...open, change.recipientId], ended: before };
  }
  if (!open.includes(change.recipientId)) return canary;
  return {
    open: open.filter((id) => id !== change.recipientId),
    ended: ended === undefined ? before : [...before, ended],
  };
}

function isUnderWay(state: AttemptState | undefined): boolean {
  return state?.kind === 'intent' || state?.kind === 'accepted' || state?.kind === 'in_doubt';
}

function countRecent(
  recent: readonly TalliedCall[],
  ended: TalliedCall | undefined,
  most: number,
): readonly TalliedCall[] {
  const all = ended === undefined ? recent : [...recent, ended];
  return all.length > most ? all.slice(all.length - most) : all;
}
