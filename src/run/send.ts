/** Sends a batch in the background: the loop is woken by what becomes of it. */
import { advance, type Moment } from '../ledger/advance.ts';
import type { Step } from '../model/attempt.ts';
import type { Batch } from './batcher.ts';
import type { RunContext } from './context.ts';
import { dispatch, type Dispatched } from './dispatch.ts';
import type { Flow } from './flow.ts';
import { eased, throttled, unproven } from './throttle.ts';

/** Sends it; the answer goes into the flow, and is written in the turn that it wakes. */
export function send(context: RunContext, flow: Flow, batch: Batch): void {
  flow.dispatching += 1;
  void dispatch(context, batch).then(
    (dispatched) => {
      flow.dispatching -= 1;
      judge(context, flow, dispatched);
      flow.arrive({ steps: (moment) => stepsOf(context, dispatched, moment) });
    },
    (error: unknown) => {
      flow.dispatching -= 1;
      flow.fail(error);
    },
  );
}

/** What a verdict means for the dispatches to come. */
function judge(context: RunContext, flow: Flow, { verdict }: Dispatched): void {
  const nowMs = context.time.now();
  switch (verdict.kind) {
    case 'answered':
      flow.throttle = eased(flow.throttle);
      break;
    case 'throttled':
      if (verdict.by === 'calls') flow.full = { retryAfterMs: verdict.retryAfterMs };
      else flow.throttle = throttled(flow.throttle, nowMs, verdict.retryAfterMs);
      break;
    case 'unsent':
      flow.throttle = throttled(flow.throttle, nowMs, undefined);
      break;
    case 'stop':
      flow.stop ??= { kind: 'stopped', exit: verdict.exit, why: verdict.reason };
      break;
    case 'in_doubt':
      flow.throttle = unproven(flow.throttle, nowMs);
      break;
    case 'refused':
      break;
  }
  flow.heedThrottle(nowMs);
}

function stepsOf(context: RunContext, dispatched: Dispatched, at: Omit<Moment, 'jitter'>): readonly Step[] {
  const moment = { ...at, jitter: context.random.next() };
  return dispatched.batch.admitted.flatMap(({ attempt }, index) => {
    const event = dispatched.events[index];
    if (event === undefined) return [];
    return [advance(attempt, event, context.campaign.execution, moment)];
  });
}
