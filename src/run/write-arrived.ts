/** Writes into the ledger what arrived since the last turn, in one commit. */
import { lookAgainMs } from '../ledger/advance.ts';
import type { Attempt, Step } from '../model/attempt.ts';
import type { EngineMs } from '../model/time.ts';
import type { RunContext } from './context.ts';
import type { Flow } from './flow.ts';
import { proven, voidWaitMs } from './throttle.ts';
import { untilBoth } from './until-both.ts';

/** Takes what arrived out of the flow and brings tally, throttle and polls up to it. */
export async function writeArrived(context: RunContext, flow: Flow): Promise<void> {
  const arrived = flow.arrived.splice(0);
  if (arrived.length === 0) return;
  const nowMs = context.time.now();
  const moment = { nowMs, wallMs: context.time.wall(), voidWaitMs: voidWaitMs(flow.throttle, nowMs) };
  const made = arrived.flatMap(({ steps: make }) => make(moment));
  const quiet = arrived.flatMap((one) => one.quiet ?? []);
  const [steps] = await untilBoth(record(context, flow, made), postpone(context, quiet, nowMs));
  if (steps.some(isFound)) flow.throttle = proven(flow.throttle);
  // Never below nothing: that would be room for a call in a wave of which nobody is to be called.
  flow.dialled = Math.max(0, flow.dialled - steps.filter((step) => isUndialled(flow, step)).length);
  for (const one of arrived) {
    for (const attempt of one.polled ?? []) flow.polling.delete(attempt.id);
  }
}

/** Answers those that did not lose. */
async function record(context: RunContext, flow: Flow, steps: readonly Step[]): Promise<readonly Step[]> {
  if (steps.length === 0) return steps;
  const { store, scope, tallying, time } = context;
  const { lost, tally, tripped } = await store.record(scope, steps, {
    nowMs: time.now(),
    wallMs: time.wall(),
    tallying,
  });
  flow.tally = tally;
  flow.tripped = tripped;
  return lost.length === 0 ? steps : steps.filter((step) => !lost.includes(step));
}

/** Polls that brought nothing new are due again. */
async function postpone(context: RunContext, quiet: readonly Attempt[], nowMs: EngineMs): Promise<void> {
  if (quiet.length === 0) return;
  const again = { nowMs, jitter: context.random.next() };
  const { execution } = context.campaign;
  await context.store.postpone(
    context.scope,
    quiet.map((attempt) => ({ attempt, dueMs: lookAgainMs(attempt.state, execution, again) })),
  );
}

/** A call in doubt that the provider has after all. */
function isFound({ attempt, state }: Step): boolean {
  return attempt.state.kind === 'in_doubt' && (state.kind === 'accepted' || state.kind === 'ended');
}

/** A first attempt of this run that was voided dialled nobody. */
function isUndialled(flow: Flow, { attempt, state }: Step): boolean {
  return attempt.n === 1 && state.kind === 'voided' && attempt.intentMs >= flow.startedMs;
}
