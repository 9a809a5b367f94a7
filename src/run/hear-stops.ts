/** Hearing a person's word that the wave is stopped: at the start, with each admission, and with each heartbeat. */
import type { Stop } from '../model/stop.ts';
import type { Ended, RunContext } from './context.ts';
import type { Flow } from './flow.ts';

/** Asks the store with each heartbeat, so that a run which waits for something else hears it, too. */
export function hearStops(context: RunContext, flow: Flow): () => void {
  return context.lease.onBeat(() => {
    void askStore(context, flow).catch((error: unknown) => {
      flow.fail(error);
    });
  });
}

/**
 * A pause ends a run that calls people; one that only follows what is open goes on. A cancelled wave is seen to its end.
 */
export function heedStop(context: RunContext, flow: Flow, stop: Stop | undefined): void {
  if (stop === undefined || stop.kind === flow.stopped?.kind) return;
  const isCalling = flow.stopped === undefined && flow.tripped === undefined && context.options.limit !== 0;
  flow.stopped = stop;
  if (stop.kind === 'paused' && isCalling) flow.stop ??= { kind: 'paused', stop };
  if (stop.kind === 'cancelled' && flow.stop?.kind === 'paused') flow.stop = undefined;
  flow.wake();
}

/** How a run ends in which nobody was to be called: a pause may have been lifted meanwhile. */
export async function endOfStopped({ store, scope }: RunContext, { kind }: Stop): Promise<Ended> {
  const state = await store.wave(scope.address, scope.wave);
  if (state?.stopped === undefined) return { kind: 'incomplete', why: 'it was resumed while its calls were followed' };
  return { kind, stop: state.stopped };
}

/** Whether the wave was cancelled while a pause let the run end. */
export async function isCancelledNow(context: RunContext, flow: Flow): Promise<boolean> {
  await askStore(context, flow);
  return flow.stop === undefined;
}

async function askStore(context: RunContext, flow: Flow): Promise<void> {
  const state = await context.store.wave(context.scope.address, context.scope.wave);
  heedStop(context, flow, state?.stopped);
}
