/** How many calls and requests may begin now, by the pace, the throttle and what is under way; and when there is room again. */
import { paceOf, tokens, type Pace } from '../ledger/pace.ts';
import type { SlotAge } from '../store/contract/admission.ts';
import { callsAtOnce } from './ceiling.ts';
import type { RunContext } from './context.ts';
import type { Flow, Paces } from './flow.ts';
import { isLoopbackOnly } from './loopback.ts';

/** One turn admits so many at most, so that answers are not kept waiting. */
const mostAtOnce = 1_000;

/** Placing requests under way: each has a socket of its own, and more of them would only wait for the provider. */
const mostRequests = 256;

/** An answer wakes the loop; without one it looks again after so long. */
const answerMs = 1_000;

/** How many may be admitted now, as far as slots are free: the store counts these. */
export function room(context: RunContext, flow: Flow): number {
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
export function requestRoom(context: RunContext, flow: Flow): number {
  const paced = tokens(flow.paces.requests, flow.sends, context.time.now()).free;
  return Math.min(paced, mostRequests - flow.dispatching);
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
