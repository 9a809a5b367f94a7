/**
 * The calls of a cancelled wave that are under way: the provider is asked to end them, where it can. That places no call, so
 * it may be asked again; what became of them is seen by following them, as of any other call.
 */
import { countOf } from '../model/count-of.ts';
import type { Attempt } from '../model/attempt.ts';
import { isAble, type CallCodec } from '../providers/contract.ts';
import { RemoteError } from '../remote/remote-error.ts';
import type { RunContext } from './context.ts';
import type { Flow } from './flow.ts';

/** Requests under way at once. */
const mostRequests = 16;

/** How often the provider is asked to end one call. */
const tries = 3;

/** Asks for the ends of a cancelled wave's calls, as many as there is room for; does nothing for any other wave. */
export async function endCalls(context: RunContext, flow: Flow): Promise<void> {
  if (flow.stopped?.kind !== 'cancelled' || flow.stop !== undefined || context.signals.drain.aborted) return;
  await lookSoon(context, flow);
  const open = await context.store.openAttempts(context.scope.waveId, ['accepted']);
  const { cancel } = context.account.calls;
  if (isAble(cancel)) askFor(open, { context, flow, cancel });
  else if (open.length > 0)
    tell(context, flow, `${countOf(open.length, 'call goes', 'calls go')} on: ${cancel.cannot}`);
  if (await isLeft(context, flow)) {
    flow.stop = { kind: 'incomplete', why: 'the calls under way are followed by the next run' };
  }
}

/** All that could be asked for was, and following is left to another run. */
async function isLeft({ store, scope, options }: RunContext, { ends }: Flow): Promise<boolean> {
  if (options.follow !== false || ends.underWay > 0) return false;
  return (await store.nextDueMs(scope.waveId, ['open'])) !== undefined;
}

/** Those that were asked to end are looked at next. */
async function lookSoon({ store, scope, time }: RunContext, { ends }: Flow): Promise<void> {
  const asked = ends.asked.splice(0);
  if (asked.length === 0) return;
  const dueMs = time.now();
  await store.postpone(
    scope,
    asked.map((attempt) => ({ attempt, dueMs })),
  );
}

type Ending = {
  readonly context: RunContext;
  readonly flow: Flow;
  readonly cancel: Extract<CallCodec['cancel'], { readonly request: unknown }>;
};

function askFor(open: readonly Attempt[], ending: Ending): void {
  const { context, flow } = ending;
  const nowMs = context.time.now();
  const left = open.filter((attempt) => {
    const before = flow.ends.tries.get(attempt.id);
    return before === undefined || (before.left > 0 && before.againMs <= nowMs);
  });
  for (const attempt of left.slice(0, mostRequests - flow.ends.underWay)) ask(attempt, ending);
}

function ask(attempt: Attempt, ending: Ending): void {
  const { ends } = ending.flow;
  const left = (ends.tries.get(attempt.id)?.left ?? tries) - 1;
  ends.tries.set(attempt.id, { left, againMs: Number.POSITIVE_INFINITY });
  ends.underWay += 1;
  void perform(attempt, ending)
    .then(
      (error) => {
        if (error === undefined) ends.asked.push(attempt);
        else failed(ending, { attempt, left, error });
      },
      (error: unknown) => {
        ending.flow.fail(error);
      },
    )
    .finally(() => {
      ends.underWay -= 1;
      ending.flow.wake();
    });
}

/** Why it failed, if it did. */
async function perform({ state }: Attempt, { context, cancel }: Ending): Promise<RemoteError | undefined> {
  if (state.kind !== 'accepted') return undefined;
  try {
    await context.remote.perform(cancel, state.handle, context.signals.leave);
    return undefined;
  } catch (error) {
    if (error instanceof RemoteError) return error;
    throw error;
  }
}

type Failed = { readonly attempt: Attempt; readonly left: number; readonly error: RemoteError };

/** What passes is asked for again; what the provider refuses is not. */
function failed({ context, flow }: Ending, { attempt, left, error }: Failed): void {
  const passes = ['unavailable', 'rate_limited', 'unknown_effect'].includes(error.kind);
  const againMs = context.time.now() + context.campaign.execution.followUp.everyMs;
  flow.ends.tries.set(attempt.id, { left: passes ? left : 0, againMs });
  const text = `a call could not be ended, and is followed as it is: ${error.message}`;
  tell(context, flow, text, `${error.kind} ${String(error.status)}`);
}

/** What is said of one call is said of all that fail alike. */
function tell({ report }: RunContext, { ends }: Flow, text: string, likeness: string = 'cannot'): void {
  if (ends.told.has(likeness)) return;
  ends.told.add(likeness);
  report({ kind: 'note', text });
}
