/**
 * Which accepted calls are asked for sooner because an event said that something happened to them. Nothing is written: an
 * event is no evidence, and one that is lost or forged changes only when the provider is asked.
 */
import type { Attempt, Handle } from '../model/attempt.ts';
import type { RunContext } from './context.ts';
import type { Flow } from './flow.ts';

/** Events wake polls so often at most. */
const pauseMs = 1_000;
/** Calls or batches that are asked for after one pause at most; where the provider says how much it bears, so many a second. */
const mostAtOnce = 16;

/** Attempts of this wave that are to be polled now, whenever they are due. */
export async function woken(context: RunContext, flow: Flow): Promise<readonly Attempt[]> {
  const { heard, store, scope, time, account } = context;
  if (heard === undefined || heard.isEmpty || time.now() < flow.wakesMs) return [];
  flow.wakesMs = time.now() + pauseMs;
  const most = Math.max(1, Math.min(mostAtOnce, Math.floor(account.calls.perSecond ?? mostAtOnce)));
  const { named, isUnnamed } = heard.take();
  const open = named.length === 0 ? [] : await store.acceptedAs(scope.waveId, named);
  const known = named.map((handle) => ({ handle, about: open.filter((attempt) => isOf(attempt, handle)) }));
  const asked: Attempt[] = [];
  let count = 0;
  for (const { handle, about } of known) {
    if (about.length === 0) continue;
    // The poll that is under way may have looked before this happened.
    const isPolled = about.some((attempt) => flow.polling.has(attempt.id));
    if (count >= most || isPolled) heard.keep(handle);
    else {
      count += 1;
      asked.push(...about);
    }
  }
  if (isUnnamed && count < most) asked.push(...(await dueSoon(context, most - count)));
  return asked;
}

/** An event that names no call is about one of those that are next in turn, as likely as about any other. */
function dueSoon({ store, scope, time, campaign }: RunContext, most: number): Promise<readonly Attempt[]> {
  const nowMs = time.now() + campaign.execution.followUp.everyMs;
  return store.due(scope, { kinds: ['accepted'], nowMs, max: most });
}

function isOf({ state }: Attempt, { batchId, callId }: Handle): boolean {
  if (state.kind !== 'accepted') return false;
  const isCall = callId !== undefined && state.handle.callId === callId;
  return isCall || (batchId !== undefined && state.handle.batchId === batchId);
}
