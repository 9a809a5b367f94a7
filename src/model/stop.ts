/** A person's word that nobody of a wave is to be called: until it is resumed, or for good. */
export type Stop = {
  readonly kind: 'paused' | 'cancelled';
  /** Epoch ms. */
  readonly atMs: number;
  /** The name under which the person works. */
  readonly by: string;
};
