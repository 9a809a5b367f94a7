import type { EngineMs, WallMs } from '../model/time.ts';
import type { Clock } from '../ports.ts';

/**
 * Engine time: epoch ms when the run began, moved on by the monotonic clock. Everything that must not be fooled by a
 * jump of the wall clock (settling, polls, retries) is counted in it; windows look at the wall clock.
 */
export type EngineClock = {
  readonly now: () => EngineMs;
  readonly wall: () => WallMs;
  /** When the run began. */
  readonly startedMs: EngineMs;
};

/** Engine time that begins now. */
export function engineClock(clock: Clock): EngineClock {
  const startMs = clock.now() - clock.monotonic();
  const now = (): number => startMs + clock.monotonic();
  return { now, wall: () => clock.now(), startedMs: now() };
}
