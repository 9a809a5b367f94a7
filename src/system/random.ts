import type { Random } from '../ports.ts';

/** The machine's randomness: `hex` is fit for ids and keys, `next` for jitter. */
export const systemRandom: Random = {
  next: () => Math.random(),
  hex: (bytes) => Buffer.from(crypto.getRandomValues(new Uint8Array(bytes))).toString('hex'),
};
