/** Whom the gates grant a call, and what its intent says. */
import type { Candidate } from '../model/candidate.ts';
import type { Execution } from '../model/execution.ts';
import type { EngineMs, WallMs } from '../model/time.ts';
import { printReference, waveTag } from '../model/reference.ts';
import type { Tally } from '../model/tally.ts';
import { gate, isShared } from '../ledger/gate.ts';
import { canaryRoom } from '../ledger/canary-room.ts';
import { spentBudget } from '../ledger/spent-budget.ts';
import { openingsOf } from '../ledger/window.ts';
import type { GrantDecision } from '../store/contract/admission.ts';
import { batcher } from './batcher.ts';
import type { RunContext } from './context.ts';
import type { EngineClock } from './engine-clock.ts';

/**
 * Answers for one admission: what the gates say of a candidate, and of whom they let pass, the intent. Who shares a request is
 * decided here, so an answer depends on those that were given before it.
 * @param requests that may go out now
 * @param heldBack called where a canary or a budget has no room for somebody whom the gates let pass
 */
export function grants(
  context: RunContext,
  requests: number,
  heldBack: () => void,
): (candidate: Candidate, tally: Tally) => GrantDecision {
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
    if (isHeldBack(tally, execution)) {
      heldBack();
      return { kind: 'stop' };
    }
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
        ...(scheduledMs === undefined ? {} : { scheduledMs, ...inEngineTime(scheduledMs, context.time) }),
      },
    };
  };
}

/** The two clocks part where the machine slept since the run began. */
function inEngineTime(scheduledMs: WallMs, time: EngineClock): { readonly scheduledEngineMs?: EngineMs } {
  const behindMs = time.wall() - time.now();
  return behindMs === 0 ? {} : { scheduledEngineMs: scheduledMs - behindMs };
}

/** By a canary that is not judged yet (retries wait as well), or a budget that one more call may not fit into. */
function isHeldBack(tally: Tally, execution: Execution): boolean {
  return canaryRoom(tally, execution) === 0 || spentBudget(tally, execution) !== undefined;
}
