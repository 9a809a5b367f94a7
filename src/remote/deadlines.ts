import type { Clock } from '../ports.ts';

/** Ends requests that take too long. */
export type Deadlines = {
  /** A signal that aborts after the time that every request has; `done` once the request is over. */
  readonly start: () => { readonly limit: AbortController; readonly done: () => void };
};

type Running = { readonly limit: AbortController; readonly untilMs: number };

/** All requests have the same time, so the one that began first ends first, and one sleeper is enough for all. */
export function deadlines(clock: Clock, timeoutMs: number): Deadlines {
  const running = new Set<Running>();
  let idle = new AbortController();

  async function watch(): Promise<void> {
    const { signal } = idle;
    while (!signal.aborted) {
      const [first] = running;
      if (first === undefined) return;
      await clock.sleep(first.untilMs - clock.monotonic(), signal);
      if (!signal.aborted && running.delete(first)) first.limit.abort();
    }
  }

  return {
    start: () => {
      const one = { limit: new AbortController(), untilMs: clock.monotonic() + timeoutMs };
      running.add(one);
      if (running.size === 1) void watch();
      return {
        limit: one.limit,
        done: () => {
          running.delete(one);
          if (running.size > 0) return;
          // Nothing keeps the process waiting for a request that is over.
          idle.abort('no request is under way');
          idle = new AbortController();
        },
      };
    },
  };
}
