import type { WallMs } from './time.ts';

/** A person's word that nobody of a wave is to be called: until it is resumed, or for good. */
export type Stop = {
  readonly kind: 'paused' | 'cancelled';
  readonly atMs: WallMs;
  /** The name under which the person works. */
  readonly by: string;
};
