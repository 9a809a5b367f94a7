/**
 * Before somebody is dialled the resource is read: whether it is still this store's, and as the file has it. That may change
 * while a run waits, or while its process or machine stands still.
 */
import type { Execution } from '../model/execution.ts';
import type { EngineMs } from '../model/time.ts';
import { RemoteError, type RemoteErrorKind } from '../remote/remote-error.ts';
import { changedField } from './changed-field.ts';
import type { RunContext } from './context.ts';
import { longestIntentMs } from './dispatch.ts';
import type { Flow } from './flow.ts';
import { instant, isWithin } from './instant.ts';
import { throttled } from './throttle.ts';

/** It moves by itself against the monotonic clock, by little; a machine that slept looks as if it had been set. */
const longestJumpMs = 60_000;

type Policy = Pick<Execution, 'lookUp'>;

/** Nobody is dialled who was not seen to be this store's so shortly before. A settle time is shorter on loopback only. */
function longestUnseenMs({ lookUp }: Policy): number {
  return Math.min(60_000, Math.max(1_000, lookUp.settleMs));
}

/** How long a run of another store may dial on after its address was taken over. */
export function noticeMs(policy: Policy): number {
  return longestUnseenMs(policy) + Math.min(longestIntentMs, policy.lookUp.settleMs);
}

/** Whether somebody may be dialled by what was read last: not long ago, and by a clock that has not jumped since. */
export function isSeen({ remote, campaign, clock }: RunContext, { seen }: Flow): boolean {
  if (remote.clockJumpMs() > longestJumpMs) return false;
  return seen === undefined || isWithin(longestUnseenMs(campaign.execution), seen, clock);
}

/** Reads it beside the loop, as answers must not wait, if anybody is due. Nobody is dialled until it is read. */
export async function readBeside(context: RunContext, flow: Flow): Promise<void> {
  if (!flow.reading && (await isAnybodyDue(context))) startReading(context, flow);
}

/** While calls are started it is read in time, so that none has to wait for it. */
export function readAhead(context: RunContext, flow: Flow): void {
  if (flow.seen === undefined || flow.reading) return;
  const { campaign, clock } = context;
  if (!isWithin(longestUnseenMs(campaign.execution) / 2, flow.seen, clock)) startReading(context, flow);
}

function startReading(context: RunContext, flow: Flow): void {
  flow.reading = true;
  void isRead(context, flow).then(
    (isTold) => {
      flow.reading = false;
      if (!isTold && !isSeen(context, flow)) wait(flow, context.time.now());
      flow.wake();
    },
    (error: unknown) => {
      flow.fail(error);
    },
  );
}

function wait(flow: Flow, nowMs: EngineMs): void {
  flow.throttle = throttled(flow.throttle, nowMs, undefined);
  flow.heedThrottle(nowMs);
}

async function isAnybodyDue({ store, scope, time }: RunContext): Promise<boolean> {
  const dueMs = await store.nextDueMs(scope.waveId, ['pending']);
  return dueMs !== undefined && dueMs <= time.wall();
}

/** What no waiting mends ends the run as it does in answer to a call. */
const exitFor: Readonly<Partial<Record<RemoteErrorKind, 4 | 8>>> = { unauthorized: 8, not_found: 4 };

/** False where the provider does not tell. */
async function isRead(context: RunContext, flow: Flow): Promise<boolean> {
  const { account, remote, live, signals, clock, store, scope } = context;
  const seen = instant(clock);
  try {
    const { mark, fields } = await remote.perform(account.resource.read, live.id, signals.leave);
    const { noun, fields: declared = {} } = context.campaign.resource;
    const changed = changedField(declared, live.fields, fields);
    if (changed !== undefined) {
      const why = `${changed} of the ${noun} of ${scope.address} was changed at the provider meanwhile`;
      flow.stop ??= { kind: 'stopped', exit: 4, why };
    }
    if (mark?.store !== undefined && mark.store !== store.id) {
      const why = `another store took ${scope.address} over; its run goes on with the wave`;
      flow.stop ??= { kind: 'stopped', exit: 4, why };
    }
  } catch (error) {
    if (!(error instanceof RemoteError)) throw error;
    const exit = exitFor[error.kind];
    if (exit !== undefined) flow.stop ??= { kind: 'stopped', exit, why: error.message };
    return false;
  }
  if (flow.seen !== undefined) flow.seen = seen;
  return remote.clockJumpMs() <= longestJumpMs;
}
