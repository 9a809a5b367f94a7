/**
 * The loop that carries a wave: recorded rows go in, calls and ledger writes come out, until nothing is left to do or
 * something stops it. Each turn writes what arrived and admits who may be called now (one commit for all of it), polls what
 * is due, and sleeps until the ledger or an answer asks for more. It remembers nothing that a crash could lose.
 */
import { emptyTally } from '../model/tally.ts';
import type { EngineMs } from '../model/time.ts';
import { LeaseLost } from '../store/contract/failure.ts';
import { admit } from './admit.ts';
import type { Batch } from './batcher.ts';
import type { Ended, RunContext } from './context.ts';
import { endCalls } from './end-calls.ts';
import { Flow } from './flow.ts';
import { earlier, isBusy, nextTurn } from './next-turn.ts';
import { startPolls } from './start-polls.ts';
import { progress } from './progress.ts';
import { pacesOf } from './room.ts';
import { send } from './send.ts';
import { hearStops, isCancelledNow } from './hear-stops.ts';
import { untilBoth } from './until-both.ts';
import { writeArrived } from './write-arrived.ts';

/** The wall clock may jump while windows wait for it: it is looked at once a minute at least. */
const longestPauseMs = 60_000;

/** Calls those who are enrolled until nobody is left or something stops it, and answers how it ended. */
export async function callWave(context: RunContext): Promise<Ended> {
  const flow = new Flow(context.time.wall(), pacesOf(context));
  flow.seen = context.seen;
  const state = await context.store.wave(context.scope.address, context.scope.wave);
  flow.tripped = state?.tripped;
  flow.tally = state?.tally ?? emptyTally;
  flow.stopped = state?.stopped;
  flow.starts = await recentStarts(context);
  const stopWatching = watch(context, flow);
  const startedMs = context.time.now();
  const report = progress(context, flow);
  try {
    for (;;) {
      flow.beginTurn();
      const ended = await endOf(context, flow, startedMs);
      if (ended !== undefined) {
        await report.last();
        return ended;
      }
      for (const batch of await takeTurn(context, flow)) send(context, flow, batch);
      const next = await nextTurn(context, flow, startedMs);
      if (next.kind === 'ended') {
        await report.last();
        return next.ended;
      }
      await report.now(next.dueMs);
      await pause(context, flow, earlier(next.dueMs, next.lookMs));
    }
  } finally {
    stopWatching();
    // However it ended, a poll that is under way begins none of these.
    flow.waitingPolls.splice(0);
  }
}

/** Answers who is called now; their intents are durable. What needs none of them begins while the disk syncs. */
async function takeTurn(context: RunContext, flow: Flow): Promise<readonly Batch[]> {
  const written = writeArrived(context, flow);
  const [batches] = await untilBoth(admit(context, flow, written), askOn(context, flow, written));
  return batches;
}

/** Asks what becomes of the calls under way. */
async function askOn(context: RunContext, flow: Flow, written: Promise<void>): Promise<void> {
  await written;
  await endCalls(context, flow);
  await startPolls(context, flow);
}

/** Answers that come together are written together: after the first of them the loop waits so long at most for others. */
const gatherMs = 10;

/** Sleeps until something arrives or is due. */
async function pause(context: RunContext, flow: Flow, dueMs: EngineMs | undefined): Promise<void> {
  const waitMs = dueMs === undefined ? longestPauseMs : Math.max(0, dueMs - context.time.now());
  await context.clock.sleep(Math.min(waitMs, longestPauseMs), flow.sleepSignal());
  if (flow.arrived.length > 0) await context.clock.sleep(gatherMs, flow.gatherSignal());
}

/** Interruptions and a lost lease wake the loop; a lease that was lost because the store failed ends it. */
function watch(context: RunContext, flow: Flow): () => void {
  const { drain, leave } = context.signals;
  const { lost } = context.lease;
  const wake = (): void => {
    if (lost.aborted && !(lost.reason instanceof LeaseLost)) flow.fail(lost.reason);
    flow.wake();
  };
  const signals = [drain, leave, lost];
  for (const signal of signals) signal.addEventListener('abort', wake);
  const stopHearing = context.heard?.onNews(wake);
  const stopAsking = hearStops(context, flow);
  return () => {
    stopHearing?.();
    stopAsking();
    for (const signal of signals) signal.removeEventListener('abort', wake);
  };
}

/** The pace outlives the process: calls that an earlier one started count, by the wall clock, as nothing else is left of them. */
async function recentStarts(context: RunContext): Promise<number[]> {
  const { calls } = pacesOf(context).calls;
  const starts = await context.store.lastStarts(context.scope, calls);
  return starts.filter((start) => start <= context.time.now());
}

/** Ends that need no look at the ledger: requests under way are waited for, unless the person said twice to leave. */
async function endOf(context: RunContext, flow: Flow, startedMs: EngineMs): Promise<Ended | undefined> {
  const { signals } = context;
  // What arrived is in the ledger, however the run ends.
  if (flow.failure !== undefined || signals.leave.aborted) await writeArrived(context, flow);
  if (flow.failure !== undefined) throw flow.failure;
  if (signals.leave.aborted) return { kind: 'interrupted', how: signals.how() };
  heedLimits(context, flow, startedMs);
  if (flow.stop === undefined || isBusy(flow)) return undefined;
  return flow.stop.kind === 'paused' && (await isCancelledNow(context, flow)) ? undefined : flow.stop;
}

function heedLimits({ signals, options, lease, time }: RunContext, flow: Flow, startedMs: EngineMs): void {
  if (signals.drain.aborted) flow.stop = { kind: 'interrupted', how: signals.how() };
  if (lease.lost.aborted) {
    flow.stop ??= { kind: 'stopped', exit: 6, why: 'another process took the address over' };
  }
  if (options.maxDurationMs !== undefined && time.now() - startedMs >= options.maxDurationMs) {
    flow.stop ??= { kind: 'incomplete', why: '--max-duration is over' };
  }
}
