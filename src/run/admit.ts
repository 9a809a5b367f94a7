/** Who may be called now: slots, pace, throttle and gates are asked, intents become durable, batches come out. */
import { printReference, waveTag } from '../model/reference.ts';
import type { Candidate } from '../model/candidate.ts';
import type { Execution } from '../model/execution.ts';
import { capsOf } from '../model/caps.ts';
import type { Tally } from '../model/tally.ts';
import { gate, isShared } from '../ledger/grant.ts';
import { openingsOf } from '../ledger/window.ts';
import { paceOf, tokens, type Pace } from '../ledger/pace.ts';
import { canaryRoom, spentBudget } from '../ledger/room.ts';
import type { GrantDecision, SlotAge } from '../store/contract/admission.ts';
import { batcher, batchesOf, type Batch } from './batches.ts';
import { callsAtOnce, ceilingAt } from './ceiling.ts';
import type { RunContext } from './context.ts';
import { clockProblem, isSeen, readAhead, readBeside } from './heed-resource.ts';
import { isLoopbackOnly } from './loopback.ts';
import type { Flow, Paces } from './flow.ts';
import { heed } from './stops.ts';
import { throttled } from './throttle.ts';

/** One turn admits so many at most, so that answers are not kept waiting. */
const mostAtOnce = 1_000;

/** Placing requests under way: each has a socket of its own, and more of them would only wait for the provider. */
const mostRequests = 256;

/** An answer wakes the loop; without one it looks again after so long. */
const answerMs = 1_000;

/**
 * Where nothing has to be found out before, the store is asked at once, so that the intents share a commit with what arrived.
 * @param written resolves when that is in the ledger
 */
export async function admit(context: RunContext, flow: Flow, written: Promise<void>): Promise<readonly Batch[]> {
  if (flow.full !== undefined) {
    await written;
    await heedFull(context, flow);
  }
  if (room(context, flow) > 0 && !isSeen(context, flow)) {
    await written;
    await readBeside(context, flow);
    return [];
  }
  if (room(context, flow) > 0) heedClock(context, flow);
  const max = room(context, flow);
  if (max === 0) return [];
  const reading = context.suppression.refresh();
  const problem = reading && (await reading);
  if (problem !== undefined) {
    flow.stop ??= { kind: 'stopped', exit: 3, why: problem };
    return [];
  }
  const wallMs = context.time.wall();
  const grant = grants(context, requestRoom(context, flow));
  const { execution } = context.campaign;
  const caps = capsOf(execution);
  const { admitted, tally, stopped, tripped } = await context.store.admit(context.scope, {
    nowMs: wallMs,
    max,
    slots: { most: mostCalls(context, flow), age: slotAge(context) },
    ...(execution.attempts.anotherTimeMs !== undefined && { earlier: true }),
    ...(caps.length > 0 && { person: caps.map((cap) => ({ ...cap, sinceMs: wallMs - cap.perMs })) }),
    grant,
    tallying: context.tallying,
  });
  flow.tally = tally;
  flow.tripped ??= tripped;
  heed(context, flow, stopped);
  const batches = batchesOf(admitted);
  const nowMs = context.time.now();
  flow.dialled += admitted.filter(({ attempt }) => attempt.n === 1).length;
  flow.starts = [...flow.starts, ...admitted.map(() => nowMs)].slice(-1_000);
  if (admitted.length > 0) {
    flow.started(nowMs, admitted.length);
    readAhead(context, flow);
  }
  flow.sends = [...flow.sends, ...batches.map(() => nowMs)].slice(-100);
  return batches;
}

function heedClock(context: RunContext, flow: Flow): void {
  const why = clockProblem(context);
  if (why !== undefined) flow.stop ??= { kind: 'stopped', exit: 8, why };
}

/**
 * A provider that takes no more calls at once has to see one of ours end; without any under way they are others', and waiting
 * is all that helps.
 */
async function heedFull(context: RunContext, flow: Flow): Promise<void> {
  if (flow.full === undefined) return;
  const { store, scope, time } = context;
  const { retryAfterMs } = flow.full;
  flow.full = undefined;
  const nowMs = time.now();
  const held = await store.slots(scope, slotAge(context));
  if (held === 0) flow.throttle = throttled(flow.throttle, nowMs, retryAfterMs);
  else flow.throttle = { ...flow.throttle, untilMs: Math.max(flow.throttle.untilMs, nowMs + (retryAfterMs ?? 0)) };
  flow.ceiling = ceilingAt(held, nowMs);
  flow.heedThrottle(nowMs);
}

/** A call that is older than the longest one frees its slot, whatever the provider says of it. */
export function slotAge({ campaign, time }: RunContext): SlotAge {
  return { sinceMs: time.now() - campaign.execution.maxCallMs, startedMs: time.startedMs };
}

/** Calls that may be under way at once. */
export function mostCalls({ campaign, time }: RunContext, flow: Flow): number {
  return callsAtOnce(campaign.execution.concurrency, flow.ceiling, time.now());
}

/** When admission may be asked again, if room was the reason that nobody was admitted; engine time. */
export function nextRoomMs(context: RunContext, flow: Flow): number {
  const nowMs = context.time.now();
  if (flow.dispatching >= mostRequests) return nowMs + answerMs;
  const calls = tokens(flow.paces.calls, flow.starts, nowMs);
  const requests = tokens(flow.paces.requests, flow.sends, nowMs);
  return Math.max(calls.nextMs, requests.nextMs, flow.throttle.untilMs);
}

/** How many may be admitted now, as far as slots are free. */
function room(context: RunContext, flow: Flow): number {
  const { execution } = context.campaign;
  const { limit } = context.options;
  const nowMs = context.time.now();
  if (flow.stop !== undefined || flow.stopped !== undefined || flow.tripped !== undefined) return 0;
  if (!context.lease.isValid()) return 0;
  if (nowMs < flow.throttle.untilMs) return 0;
  const paced = tokens(flow.paces.calls, flow.starts, nowMs).free;
  const sendable = requestRoom(context, flow) * execution.batchSize;
  const left = limit === undefined ? mostAtOnce : limit - flow.dialled;
  return Math.max(0, Math.min(paced, sendable, left, mostAtOnce));
}

/** Requests that may go out now. */
function requestRoom(context: RunContext, flow: Flow): number {
  const paced = tokens(flow.paces.requests, flow.sends, context.time.now()).free;
  return Math.min(paced, mostRequests - flow.dispatching);
}

/** The campaign's own pace, and the provider's. */
export function pacesOf(context: RunContext): Paces {
  return { calls: paceOf(context.campaign.execution.rate), requests: requestPace(context) };
}

/** The provider's limit, lifted on loopback. */
function requestPace(context: RunContext): Pace {
  const { perSecond } = context.account.calls;
  if (perSecond === undefined || isLoopbackOnly(context.account)) {
    return { calls: Number.MAX_SAFE_INTEGER, sliceMs: 1 };
  }
  return paceOf({ calls: perSecond, perMs: 1000 });
}

function grants(context: RunContext, requests: number): (candidate: Candidate, tally: Tally) => GrantDecision {
  const { campaign, account, live, suppression } = context;
  const { execution } = campaign;
  const dispatches = new Set<string>();
  const dispatchOf = batcher({
    size: Math.min(execution.batchSize, account.calls.batch),
    perRequest: account.calls.perRequest,
    newId: () => context.random.hex(8),
  });
  const wave = waveTag(campaign.address, campaign.wave);
  const gates = {
    ...execution,
    zonesOf: context.zonesOf,
    openingAfter: openingsOf(execution),
    isSuppressed: (candidate: Candidate) => suppression.has(candidate.phone),
  };
  return (candidate, tally) => {
    const wallMs = context.time.wall();
    const scheduledMs = account.calls.scheduledMs(candidate.call);
    const judged = gate(candidate, gates, wallMs, scheduledMs);
    if (judged.kind === 'wait')
      return { ...judged, shared: scheduledMs === undefined && isShared(judged, candidate, gates, wallMs) };
    if (judged.kind === 'skip') return judged;
    if (isHeldBack(tally, execution)) return { kind: 'stop' };
    const dispatch = dispatchOf(candidate);
    if (!dispatches.has(dispatch) && dispatches.size >= requests) return { kind: 'stop' };
    dispatches.add(dispatch);
    return {
      kind: 'grant',
      reference: printReference({ wave, recipient: candidate.tag, n: candidate.n }),
      event: {
        kind: 'intended',
        dispatch,
        resourceId: live.id,
        account: context.accountKey,
        definition: campaign.definitionDigest,
        ...(scheduledMs === undefined ? {} : { scheduledMs: context.time.now() + scheduledMs - wallMs }),
      },
    };
  };
}

/** By a canary that is not judged yet (retries wait as well), or a budget that one more call may not fit into. */
function isHeldBack(tally: Tally, execution: Execution): boolean {
  return canaryRoom(tally, execution) === 0 || spentBudget(tally, execution) !== undefined;
}
