import { randomBytes } from 'node:crypto';
import type { Random } from '../ports.ts';

/** Bytes are drawn so many at once: to draw costs more than the bytes. */
const drawn = 4096;
let pool: Buffer = Buffer.alloc(0);

/** The machine's randomness: `hex` is fit for ids and keys, `next` for jitter. */
export const systemRandom: Random = {
  next: () => Math.random(),
  hex: (bytes) => {
    if (bytes > pool.length) pool = randomBytes(Math.max(bytes, drawn));
    const text = pool.toString('hex', 0, bytes);
    pool = pool.subarray(bytes);
    return text;
  },
};
