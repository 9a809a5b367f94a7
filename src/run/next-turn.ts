import type { EngineMs, WallMs } from '../model/time.ts';
import type { Trip } from '../model/trip.ts';
import type { Ended, RunContext } from './context.ts';
import { mostCalls, nextRoomMs, slotAge } from './room.ts';
import { canaryRoom } from '../ledger/canary-room.ts';
import { spentBudget } from '../ledger/spent-budget.ts';
import type { Flow } from './flow.ts';
import { hasRoom } from './start-polls.ts';
import { endOfStopped } from './hear-stops.ts';

/** What the loop does next. */
export type Turn =
  /**
   * `dueMs`: when something is due next; undefined: only an answer can bring news. `lookMs`: when an open attempt falls
   * due beside those that are being polled, or the run has lasted as long as it may.
   */
  | { readonly kind: 'sleep'; readonly dueMs?: EngineMs; readonly lookMs?: EngineMs }
  | { readonly kind: 'ended'; readonly ended: Ended };

/** Reads off the ledger when something is due next, or that nothing is left to do in this run. */
export async function nextTurn(context: RunContext, flow: Flow, startedMs: EngineMs): Promise<Turn> {
  const { store, scope, time, options } = context;
  if (flow.stop !== undefined) {
    // Nothing is begun any more: only answers to what is under way are waited for.
    return isBusy(flow) ? { kind: 'sleep' } : sleep(time.now());
  }
  const endsMs = options.maxDurationMs === undefined ? undefined : startedMs + options.maxDurationMs;
  if (flow.polls > 0 || isBusy(flow)) {
    return sleep(await nextDueMs(context, flow), earlier(endsMs, await nextLookMs(context, flow)));
  }
  const pendingMs = await store.nextDueMs(scope.waveId, ['pending']);
  const openMs = await store.nextDueMs(scope.waveId, ['open']);
  if (openMs === undefined) {
    if (flow.stopped !== undefined) return ended(await endOfStopped(context, flow.stopped));
    if (flow.tripped !== undefined) return ended({ kind: 'tripped', trip: flow.tripped });
    if (pendingMs === undefined) return ended({ kind: 'done' });
    const limit = spentBudget(flow.tally, context.campaign.execution);
    if (limit !== undefined) {
      // Who is due and need not be called at all is not left waiting for money: it lasts until the gates let somebody pass.
      const isToAsk = pendingMs <= time.wall() && !flow.heldBack && !isSpent(context, flow);
      if (isToAsk) return sleep(earlier(await pendingTurnMs(context, flow, pendingMs), endsMs));
      return ended({ kind: 'tripped', trip: await tripBudget(context, flow, limit) });
    }
    if (isSpent(context, flow)) return ended({ kind: 'incomplete', why: spentWords(context) });
    const stranded = await strandedBy(context);
    if (stranded.length > 0) {
      const why = `the others are still being called by ${stranded.join(', ')}, which no process runs: run it to its end first`;
      return ended({ kind: 'incomplete', why });
    }
    if (!options.wait && pendingMs > time.wall()) {
      return ended({ kind: 'incomplete', why: 'the others are due later' });
    }
  }
  return sleep(await nextDueMs(context, flow), endsMs);
}

/** The earlier of two times, each of which may be none. */
export function earlier(a: EngineMs | undefined, b: EngineMs | undefined): EngineMs | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);
}

/** Nothing is under way that could turn out shorter than what it reserves. */
async function tripBudget({ store, scope, time }: RunContext, flow: Flow, limit: string): Promise<Trip> {
  const trip: Trip = { kind: 'budget', limit, atMs: time.wall() };
  await store.saveWave(scope, { tripped: trip });
  flow.tripped = trip;
  return trip;
}

/** Requests are under way that are waited for however the run ends, or were just answered. */
export function isBusy({ dispatching, ends, arrived }: Flow): boolean {
  return dispatching > 0 || ends.underWay > 0 || arrived.length > 0;
}

/** Addresses without a process, whose open calls keep all who are left waiting: nobody would ever end them. */
async function strandedBy({ store, scope, isHeld }: RunContext): Promise<readonly string[]> {
  const addresses = await store.waitsFor(scope.waveId);
  // This process follows those of its own address.
  if (addresses.includes(scope.address)) return [];
  const held = await Promise.all(addresses.map(isHeld));
  return held.includes(true) ? [] : addresses;
}

function sleep(dueMs: EngineMs | undefined, lookMs?: EngineMs): Turn {
  return { kind: 'sleep', ...(dueMs === undefined ? {} : { dueMs }), ...(lookMs === undefined ? {} : { lookMs }) };
}

/** What was due when it was last sought is being polled: a poll that hangs must hold up none of the others. */
async function nextLookMs({ store, scope }: RunContext, flow: Flow): Promise<EngineMs | undefined> {
  if (flow.polls === 0 || !hasRoom(flow)) return undefined;
  return store.nextDueMs(scope.waveId, ['open'], flow.soughtMs);
}

function ended(value: Ended): Turn {
  return { kind: 'ended', ended: value };
}

function spentWords({ options }: RunContext): string {
  return options.limit === 0 ? 'nobody was to be called when this run began' : '--limit is reached';
}

function isSpent(context: RunContext, flow: Flow): boolean {
  const { limit } = context.options;
  return limit !== undefined && flow.dialled >= limit;
}

async function nextDueMs(context: RunContext, flow: Flow): Promise<EngineMs | undefined> {
  const { store, scope } = context;
  const times: EngineMs[] = [];
  if (context.heard?.isEmpty === false) times.push(flow.wakesMs);
  // While polls are under way, those that are due and not yet started wait for one to end.
  if (flow.polls === 0) {
    const openMs = await store.nextDueMs(scope.waveId, ['open']);
    if (openMs !== undefined) times.push(openMs);
  }
  if (isDialling(context, flow)) {
    const pendingMs = await store.nextDueMs(scope.waveId, ['pending']);
    if (pendingMs !== undefined) times.push(await pendingTurnMs(context, flow, pendingMs));
  }
  return times.length === 0 ? undefined : Math.min(...times);
}

/** What holds it back otherwise is over once a call has ended: that wakes the loop. */
function isDialling(context: RunContext, flow: Flow): boolean {
  const { execution } = context.campaign;
  if (flow.stopped !== undefined || flow.tripped !== undefined || isSpent(context, flow)) return false;
  return canaryRoom(flow.tally, execution) > 0 && spentBudget(flow.tally, execution) === undefined;
}

/** When a pending recipient can next be admitted: it is due by the wall clock, and there is room. */
async function pendingTurnMs(context: RunContext, flow: Flow, pendingMs: WallMs): Promise<EngineMs> {
  const { store, scope, time } = context;
  const nowMs = time.now();
  const dueInMs = Math.max(0, pendingMs - time.wall());
  const turnMs = Math.max(nowMs + dueInMs, nextRoomMs(context, flow));
  if (turnMs > nowMs) return turnMs;
  // What is read wakes the loop.
  if (flow.reading) return nowMs + 1_000;
  // A late heartbeat: it comes, or the lease is lost and that wakes the loop.
  if (!context.lease.isValid()) return nowMs + 1_000;
  const held = await store.slots(scope, slotAge(context));
  // No slot: an answer or a poll frees one and wakes the loop.
  return held >= mostCalls(context, flow) ? nowMs + 1_000 : nowMs;
}
