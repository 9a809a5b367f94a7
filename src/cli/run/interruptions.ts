import type { World } from '../../ports.ts';
import type { RunSignals } from '../../run/context.ts';

/** Signals of a run, listened to until `stop`. */
export type Interruptions = RunSignals & { readonly stop: () => void };

/** First SIGINT or SIGTERM drains, the second leaves at once; `stop` ends the listening. */
export function interruptions(world: Pick<World, 'signals'>, say: (text: string) => void): Interruptions {
  const drain = new AbortController();
  const leave = new AbortController();
  let name: 'SIGINT' | 'SIGTERM' = 'SIGINT';
  const stop = world.signals.onInterrupt((signal) => {
    if (drain.signal.aborted) {
      leave.abort();
      return;
    }
    name = signal;
    say('stopping: requests under way are finished first; once more leaves at once (nothing is lost)');
    drain.abort();
  });
  return { drain: drain.signal, leave: leave.signal, name: () => name, stop };
}
