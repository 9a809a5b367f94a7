import type { Clock } from '../ports.ts';

/** Longest delay that setTimeout takes; a longer one would fire at once. */
const longestTimerMs = 2 ** 31 - 1;

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep,
};

/** Timers may fire a fraction of a millisecond early, hence the loop. */
async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  const untilMs = performance.now() + ms;
  let leftMs = ms;
  do {
    if (signal?.aborted) return;
    await pause(Math.min(Math.max(0, Math.ceil(leftMs)), longestTimerMs), signal);
    leftMs = untilMs - performance.now();
  } while (leftMs > 0);
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(wake, ms);
    signal?.addEventListener('abort', wake);
    function wake(): void {
      clearTimeout(timer);
      signal?.removeEventListener('abort', wake);
      resolve();
    }
  });
}
