import type { Interruption, World } from '../../ports.ts';
import type { RunSignals } from '../../run/context.ts';

/** Signals of a run, listened to until `stop`. */
export type Interruptions = RunSignals & { readonly stop: () => void };

const onceMore = 'requests under way are finished first; once more leaves at once (nothing is lost)';

const saying: Readonly<Record<Interruption, string>> = {
  SIGINT: onceMore,
  SIGTERM: onceMore,
  SIGHUP: 'its terminal is gone; requests under way are finished first',
  unheard: 'what it prints cannot be written; requests under way are finished first',
};

/**
 * The first of all drains; the second SIGINT or SIGTERM leaves at once. A terminal that goes away tells so several times,
 * often with a SIGTERM: only words that a person would repeat are counted. `stop` ends the listening.
 */
export function interruptions(world: Pick<World, 'signals'>, say: (text: string) => void): Interruptions {
  const drain = new AbortController();
  const leave = new AbortController();
  let first: Interruption = 'SIGINT';
  let words = 0;
  const stop = world.signals.onInterrupt((how) => {
    if (how === 'SIGINT' || how === 'SIGTERM') words += 1;
    if (words === 2) leave.abort();
    if (drain.signal.aborted) return;
    first = how;
    say(`stopping: ${saying[how]}`);
    drain.abort();
  });
  return { drain: drain.signal, leave: leave.signal, how: () => first, stop };
}
