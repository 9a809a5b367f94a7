import type { Interruption, World } from '../ports.ts';
import { Halt } from './halt.ts';
import { interruptedEnding } from './interrupted-ending.ts';

/**
 * Work that the first interruption ends, with its exit code; a second one ends the process as if nobody listened. What
 * is under way gets an aborted signal and may end in any way.
 */
export async function interruptible<T>(
  world: Pick<World, 'signals'>,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const came: { how?: Interruption } = {};
  const stop = world.signals.onInterrupt((how) => {
    came.how = how;
    stop();
    controller.abort();
  });
  const interrupted = (): Halt => new Halt(interruptedEnding[came.how ?? 'SIGINT'], 'interrupted');
  try {
    const result = await work(controller.signal);
    if (controller.signal.aborted) throw interrupted();
    return result;
  } catch (error) {
    throw controller.signal.aborted ? interrupted() : error;
  } finally {
    stop();
  }
}
