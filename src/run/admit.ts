/** Who may be called now: slots, pace, throttle and gates are asked, intents become durable, batches come out. */
import { capsOf } from '../model/caps.ts';
import { batchesOf, type Batch } from './batcher.ts';
import { ceilingAt } from './ceiling.ts';
import type { RunContext } from './context.ts';
import type { Flow } from './flow.ts';
import { grants } from './grants.ts';
import { clockProblem } from './clock-problem.ts';
import { isSeen, readAhead, readBeside } from './read-beside.ts';
import { mostCalls, requestRoom, room, slotAge } from './room.ts';
import { heedStop } from './hear-stops.ts';
import { throttled } from './throttle.ts';

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
  const grant = grants(context, requestRoom(context, flow), () => {
    flow.heldBack = true;
  });
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
  heedStop(context, flow, stopped);
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
