import type { Clock } from '../ports.ts';
import type { Life } from './life.ts';

/** The lines of a provider: each call takes one until it is over. */
export type Lines = {
  /** The lives that it gives out take a line each. */
  readonly watch: (lifeOf: (phone: string) => Life) => (phone: string) => Life;
  /** Lines that are taken now. */
  readonly taken: () => number;
};

export function openLines(clock: Clock): Lines {
  let endsMs: number[] = [];
  return {
    watch: (lifeOf) => (phone) => {
      const life = lifeOf(phone);
      endsMs.push(clock.monotonic() + life.endsAtMs);
      return life;
    },
    taken: () => {
      const nowMs = clock.monotonic();
      endsMs = endsMs.filter((endMs) => endMs > nowMs);
      return endsMs.length;
    },
  };
}
