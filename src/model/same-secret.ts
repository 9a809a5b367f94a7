import { timingSafeEqual } from 'node:crypto';
import { sha256 } from './digest.ts';

/** Whether two texts are equal, in a time that tells nothing of where they differ. */
export function isSameSecret(one: string, other: string): boolean {
  return timingSafeEqual(Buffer.from(sha256(one)), Buffer.from(sha256(other)));
}
