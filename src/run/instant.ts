import type { Clock } from '../ports.ts';

/** By both clocks: the wall clock may be set back, the monotonic one stands still while the machine sleeps. */
export type Instant = { readonly monotonicMs: number; readonly wallMs: number };

/** Now, by both. */
export function instant(clock: Clock): Instant {
  return { monotonicMs: clock.monotonic(), wallMs: clock.now() };
}

/** Whether less than so long ago, whichever clock is asked. */
export function isWithin(ms: number, since: Instant, clock: Clock): boolean {
  const now = instant(clock);
  return now.monotonicMs - since.monotonicMs < ms && now.wallMs - since.wallMs < ms;
}
