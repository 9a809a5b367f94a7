import { canaryRoom } from '../ledger/canary-room.ts';
import { spentBudget } from '../ledger/spent-budget.ts';
import { count, countOf } from '../model/count-of.ts';
import { mostCalls } from './room.ts';
import type { RunContext } from './context.ts';
import type { Flow } from './flow.ts';
import { unknownStatuses } from './unknown-statuses.ts';

/** Counting a large wave takes time: no more than a fiftieth of the run goes into it. */
const share = 50;
const shortestMs = 1_000;

/** Why those who are left to be called are not called as fast as the campaign allows. */
function pausedBy(context: RunContext, flow: Flow, pending: number): { readonly paused?: string } {
  if (pending > 0 && (flow.tripped ?? flow.stopped) !== undefined) return { paused: 'nobody else is called' };
  if (flow.throttle.failures > 0) return { paused: 'the provider accepts nothing' };
  const { execution } = context.campaign;
  if (canaryRoom(flow.tally, execution) === 0) return { paused: canaryWords(flow, execution.canary?.calls ?? 0) };
  const limit = pending > 0 ? spentBudget(flow.tally, execution) : undefined;
  if (limit !== undefined) return { paused: `the budget of ${limit} has no room for one more call` };
  const calls = mostCalls(context, flow);
  if (calls === execution.concurrency) return {};
  return { paused: `the provider takes ${countOf(calls, 'call')} at once` };
}

function canaryWords({ tally }: Flow, calls: number): string {
  return `${count(tally.canary?.ended.length ?? 0)} of the canary's ${countOf(calls, 'call')} ended`;
}

/** Reports how far the wave is, about once a second. */
export function progress(
  context: RunContext,
  flow: Flow,
): { readonly now: (nextMs: number | undefined) => Promise<void>; readonly last: () => Promise<void> } {
  let againMs = 0;
  async function tell(nextMs?: number): Promise<void> {
    const begunMs = context.clock.monotonic();
    const { waveId } = context.scope;
    const counts = await context.store.counts(waveId);
    const open = await context.store.openStatuses(waveId);
    const nowMs = context.clock.monotonic();
    againMs = nowMs + Math.max(shortestMs, (nowMs - begunMs) * share);
    const isLater = nextMs !== undefined && nextMs > context.time.now() + shortestMs;
    context.report({
      kind: 'progress',
      counts,
      unknown: unknownStatuses(open, { ...context.account, ...context.campaign }, context.time.now()),
      dialled: flow.dialled,
      perMinute: flow.perMinute(context.time.now()),
      ...(isLater ? { nextMs } : {}),
      ...pausedBy(context, flow, counts.states['pending'] ?? 0),
    });
  }
  return {
    now: async (nextMs) => {
      if (context.options.unwatched) return;
      if (context.clock.monotonic() >= againMs) await tell(nextMs);
    },
    last: () => tell(),
  };
}
