/**
 * Following accepted calls: due attempts in, listings pulled, events out. Where a pull fails the attempts are asked
 * for again later; nothing is concluded from a failure.
 */
import type { EngineMs } from '../model/time.ts';
import type { Attempt, AttemptEvent } from '../model/attempt.ts';
import type { Sighting } from '../model/sighting.ts';
import { mergeSightings } from '../ledger/merge-sightings.ts';
import { matchAttempt } from '../ledger/match.ts';
import type { OpenCall } from '../providers/contract.ts';
import { RemoteError } from '../remote/remote-error.ts';
import type { RunContext } from './context.ts';
import { heedOptOuts } from './heed-opt-outs.ts';

/** What a poll found for one attempt; no event: nothing new. */
export type Found = { readonly attempt: Attempt; readonly event?: AttemptEvent };

/** What became of a poll. */
export type Polled = {
  readonly found: readonly Found[];
  /** Set where a request failed in a way that more polls will not mend. */
  readonly unauthorized?: string;
};

/** Asks the provider for these accepted calls, and says what happened to each. */
export async function follow(context: RunContext, attempts: readonly Attempt[]): Promise<Polled> {
  const sightings: Sighting[] = [];
  let unauthorized: string | undefined;
  let failed = false;
  for (const pull of context.account.calls.follow(attempts.map(openCall))) {
    try {
      const pulled = await context.remote.pull(pull, context.signals.leave);
      for (const sighting of pulled.items) sightings.push(sighting);
    } catch (error) {
      if (!(error instanceof RemoteError)) throw error;
      failed = true;
      if (error.kind === 'unauthorized') unauthorized = error.message;
    }
  }
  const merged = mergeSightings(sightings);
  await heedOptOuts(
    context,
    merged.filter(({ outcome }) => outcome === undefined),
  );
  const nowMs = context.time.now();
  const found = attempts.map((attempt) => {
    const event = followEvent(context, attempt, { sightings: merged, failed, nowMs });
    return event === undefined ? { attempt } : { attempt, event };
  });
  return unauthorized === undefined ? { found } : { found, unauthorized };
}

/** The attempt as codecs see it. */
export function openCall(attempt: Attempt): OpenCall {
  const { phone, reference, resourceId, intentMs, state } = attempt;
  const base = { phone, reference, resourceId, intentMs };
  return state.kind === 'accepted' ? { ...base, handle: state.handle } : base;
}

type Pulled = {
  readonly sightings: readonly Sighting[];
  /** Something could not be pulled. */
  readonly failed: boolean;
  readonly nowMs: EngineMs;
};

function followEvent(
  context: RunContext,
  attempt: Attempt,
  { sightings, failed, nowMs }: Pulled,
): AttemptEvent | undefined {
  const { state } = attempt;
  if (state.kind !== 'accepted') return undefined;
  const match = matchAttempt(attempt, sightings, { echo: true, boundTo: () => undefined });
  if (match.kind === 'present') {
    const event = sightingEvent(context, attempt, match.sighting);
    if (event !== undefined) return event;
  }
  const acceptedMs = acceptedAt(attempt, state.sinceMs, context.time.startedMs);
  // A run that begins long after the call must be able to ask once, however the first of its polls goes.
  const sinceMs = failed ? Math.max(acceptedMs, context.time.startedMs) : acceptedMs;
  const isOver = nowMs - sinceMs >= context.campaign.execution.followUp.forMs;
  return isOver ? { kind: 'ended', outcome: 'unknown', handle: state.handle } : undefined;
}

/** Engine time of an earlier run falls behind where its machine slept; its intents are by the wall clock, as is the start of this run. */
function acceptedAt({ intentMs }: Attempt, sinceMs: number, startedMs: number): number {
  return intentMs > startedMs ? sinceMs : Math.max(sinceMs, intentMs);
}

function sightingEvent(context: RunContext, attempt: Attempt, sighting: Sighting): AttemptEvent | undefined {
  const { state } = attempt;
  if (state.kind !== 'accepted') return undefined;
  const handle = {
    ...state.handle,
    ...(sighting.batchId === undefined ? {} : { batchId: sighting.batchId }),
    ...(sighting.callId === undefined ? {} : { callId: sighting.callId }),
  };
  const { outcome, reply, seconds, cost, status, optOut } = sighting;
  if (outcome !== undefined) {
    return {
      kind: 'ended',
      outcome,
      handle,
      ...(reply === undefined ? {} : { reply: context.account.calls.labelReply(reply, context.live.fields) }),
      ...(seconds === undefined ? {} : { seconds }),
      ...(cost === undefined ? {} : { cost }),
      ...(status === undefined ? {} : { status }),
      ...(optOut === undefined ? {} : { optOut }),
    };
  }
  const isNews = status !== state.status || handle.callId !== state.handle.callId;
  if (!isNews) return undefined;
  return status === undefined ? { kind: 'seen', handle } : { kind: 'seen', handle, status };
}
