import type { World } from '../ports.ts';
import { Halt } from './halt.ts';

/**
 * Work that the first SIGINT or SIGTERM ends, with 130 or 143; a second one ends the process as if nobody listened. What
 * is under way gets an aborted signal and may end in any way.
 */
export async function interruptible<T>(
  world: Pick<World, 'signals'>,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const came: { name?: 'SIGINT' | 'SIGTERM' } = {};
  const stop = world.signals.onInterrupt((name) => {
    came.name = name;
    stop();
    controller.abort();
  });
  const interrupted = (): Halt => new Halt(came.name === 'SIGTERM' ? 'terminated' : 'interrupted', 'interrupted');
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
