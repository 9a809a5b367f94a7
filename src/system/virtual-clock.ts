import type { Clock } from '../ports.ts';
import { sleepers } from './sleepers.ts';
import type { Sleeper } from './sleepers.ts';

/** A clock that stands still while anything can run, and jumps when everything waits for it. */
export type VirtualClock = Clock & {
  /** Holds the clock until real work (disk, sockets) is done; gives back the work. */
  readonly busy: <T>(work: Promise<T>) => Promise<T>;
};

/** Turns of the event loop without news before the clock jumps; one drains all microtasks, more let setImmediate chains end. */
const quietTurns = 3;

/**
 * Starts at `startMs` (epoch). Those who sleep to the same instant wake in the order in which they fell asleep, so
 * equal programs see equal times. Real work that is not wrapped in `busy` is overtaken by the clock.
 */
export function virtualClock(startMs: number): VirtualClock {
  const asleep = sleepers();
  let elapsedMs = 0;
  let underWay = 0;
  let quiet = 0;
  let watching = false;

  function news(): void {
    quiet = 0;
    if (watching || underWay > 0 || asleep.nextMs() === undefined) return;
    watching = true;
    setImmediate(watch);
  }

  function watch(): void {
    watching = false;
    if (underWay > 0) return;
    quiet += 1;
    if (quiet > quietTurns) jump();
    if (asleep.nextMs() === undefined) return;
    watching = true;
    setImmediate(watch);
  }

  function jump(): void {
    const nextMs = asleep.nextMs();
    if (nextMs === undefined) return;
    quiet = 0;
    elapsedMs = nextMs;
    for (const sleeper of asleep.takeUntil(nextMs)) sleeper.wake();
  }

  function sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const sleeper: Sleeper = { untilMs: elapsedMs + Math.max(0, ms), wake };
      asleep.add(sleeper);
      signal?.addEventListener('abort', wake);
      news();
      function wake(): void {
        signal?.removeEventListener('abort', wake);
        asleep.forget(sleeper);
        news();
        resolve();
      }
    });
  }

  async function busy<T>(work: Promise<T>): Promise<T> {
    underWay += 1;
    try {
      return await work;
    } finally {
      underWay -= 1;
      news();
    }
  }

  return { now: () => startMs + elapsedMs, monotonic: () => elapsedMs, sleep, busy };
}
