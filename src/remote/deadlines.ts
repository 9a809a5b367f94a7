import type { Clock } from '../ports.ts';

/** Ends requests that take too long, or that their caller gives up. */
export type Deadlines = {
  /** The signal aborts after the time that every request has, and with the caller's; `done` once the request is over. */
  readonly start: (caller: AbortSignal | undefined) => { readonly signal: AbortSignal; readonly done: () => void };
};

type Running = {
  readonly limit: AbortController;
  readonly untilMs: number;
  readonly caller: AbortSignal | undefined;
};

/**
 * All requests have the same time, so the one that began first ends first and one sleeper is enough for all; and one
 * listener for all requests of a caller.
 */
export function deadlines(clock: Clock, timeoutMs: number): Deadlines {
  const running = new Set<Running>();
  const heard = new WeakSet<AbortSignal>();
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

  function hear(caller: AbortSignal): void {
    if (heard.has(caller)) return;
    heard.add(caller);
    caller.addEventListener('abort', () => {
      for (const one of running) if (one.caller === caller) one.limit.abort();
    });
  }

  return {
    start: (caller) => {
      const one = { limit: new AbortController(), untilMs: clock.monotonic() + timeoutMs, caller };
      running.add(one);
      if (running.size === 1) void watch();
      if (caller?.aborted === true) one.limit.abort();
      else if (caller !== undefined) hear(caller);
      return {
        signal: one.limit.signal,
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
