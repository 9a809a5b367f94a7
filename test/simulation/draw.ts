import { seededRandom } from '../../src/sandbox/seeded-random.ts';

/** Draws what a world is made of; equal seeds draw alike. */
export type Draw = {
  /** A whole number, both ends included. */
  readonly whole: (from: number, to: number) => number;
  /** A whole number whose size is drawn first: small ones as likely as large ones. */
  readonly size: (from: number, to: number) => number;
  readonly chance: (share: number) => boolean;
  readonly pick: <T>(...values: readonly [T, ...T[]]) => T;
  /** What `make` draws in so large a share of the worlds, else nothing. */
  readonly maybe: <T>(share: number, make: () => T) => T | undefined;
};

export function drawFrom(seed: number): Draw {
  const { next } = seededRandom(seed);
  const whole = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  return {
    whole,
    size: (from, to) => Math.round(from * (to / from) ** next()),
    chance: (share) => next() < share,
    pick: (...values) => values[whole(0, values.length - 1)] ?? values[0],
    maybe: (share, make) => (next() < share ? make() : undefined),
  };
}
