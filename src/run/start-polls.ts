/** Starts the polls that are due: accepted calls are followed, doubts looked up; what they find arrives in the flow. */
import { advance } from '../ledger/advance.ts';
import type { Attempt } from '../model/attempt.ts';
import type { RunContext } from './context.ts';
import type { Flow } from './flow.ts';
import { follow, type Polled } from './follow.ts';
import { lookUp } from './look-up.ts';
import { woken } from './woken.ts';

/** Polls under way at once. */
const mostPolls = 32;
/** Attempts asked for by one poll at most; they share its look-up. */
const pollSize = 50;

/** Starts those that are due or that an event woke, as far as there is room; the others wait in the flow. */
export async function startPolls(context: RunContext, flow: Flow): Promise<void> {
  if (isStopping(context, flow)) return;
  if (hasRoom(flow)) await findDue(context, flow);
  enqueue(flow, await woken(context, flow));
  startWaiting(context, flow);
}

/** Whether a poll that falls due may begin at once; else the end of another one makes room and wakes the loop. */
export function hasRoom(flow: Flow): boolean {
  return flow.polls < mostPolls && flow.waitingPolls.length === 0;
}

function startWaiting(context: RunContext, flow: Flow): void {
  if (isStopping(context, flow)) return;
  for (const group of flow.waitingPolls.splice(0, mostPolls - flow.polls)) start(context, flow, group);
}

function isStopping({ signals }: RunContext, flow: Flow): boolean {
  return signals.drain.aborted || flow.stop !== undefined;
}

/** Reads enough at once to keep the polls busy for a while. */
async function findDue(context: RunContext, flow: Flow): Promise<void> {
  const nowMs = context.time.now();
  const due = await context.store.due(context.scope, {
    kinds: ['accepted', 'in_doubt'],
    nowMs,
    max: mostPolls * pollSize * 2,
    except: [...flow.polling],
  });
  flow.soughtMs = nowMs;
  enqueue(flow, due);
}

function enqueue(flow: Flow, attempts: readonly Attempt[]): void {
  const idle: Attempt[] = [];
  for (const attempt of attempts) {
    if (flow.polling.has(attempt.id)) continue;
    flow.polling.add(attempt.id);
    idle.push(attempt);
  }
  flow.waitingPolls.push(...groups(idle));
}

function start(context: RunContext, flow: Flow, group: readonly Attempt[]): void {
  flow.polls += 1;
  const isDoubt = group[0]?.state.kind === 'in_doubt';
  void (isDoubt ? lookUp(context, group) : follow(context, group)).then(
    (polled) => {
      flow.polls -= 1;
      finish(context, flow, group, polled);
      startWaiting(context, flow);
    },
    (error: unknown) => {
      flow.polls -= 1;
      flow.fail(error);
    },
  );
}

function finish(context: RunContext, flow: Flow, group: readonly Attempt[], polled: Polled): void {
  if (polled.unauthorized !== undefined) {
    flow.stop ??= { kind: 'stopped', exit: 8, why: polled.unauthorized };
  }
  flow.arrive({
    steps: (at) => {
      // One for all: what was sent together is looked up together.
      const moment = { ...at, jitter: context.random.next() };
      return polled.found.flatMap(({ attempt, event }) =>
        event === undefined ? [] : [advance(attempt, event, context.campaign.execution, moment)],
      );
    },
    quiet: polled.found.flatMap(({ attempt, event }) => (event === undefined ? [attempt] : [])),
    polled: group,
  });
}

/** Attempts of one dispatch stay together; doubts and accepted calls, and resources, apart. */
function groups(attempts: readonly Attempt[]): readonly (readonly Attempt[])[] {
  const kinds = Map.groupBy(attempts, ({ state, resourceId }) => `${state.kind} ${resourceId}`);
  return [...kinds.values()].flatMap((alike) => slices(alike, sizeFor(alike)));
}

/** Doubts share a listing; accepted calls are asked for one after the other, so they are spread over the polls. */
function sizeFor(attempts: readonly Attempt[]): number {
  if (attempts[0]?.state.kind === 'in_doubt') return pollSize;
  return Math.min(pollSize, Math.ceil(attempts.length / mostPolls));
}

function slices(attempts: readonly Attempt[], size: number): readonly (readonly Attempt[])[] {
  const made: Attempt[][] = [[]];
  for (const members of Map.groupBy(attempts, ({ dispatch }) => dispatch).values()) {
    const last = made.at(-1);
    if (last !== undefined && last.length + members.length <= size) last.push(...members);
    else made.push([...members]);
  }
  return made.filter((slice) => slice.length > 0);
}
