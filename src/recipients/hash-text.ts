/**
 * A text as a whole number from 1 to 2^53: two 32-bit hashes in one double. Among five million different texts a
 * pair falls together with a chance of one in 700. Not for secrets, and nobody gains by a collision:
 * the row is then reported as a repeated id.
 * https://github.com/bryc/code/blob/master/jshash/experimental/cyrb53.js (public domain)
 */
export function hashText(text: string): number {
  let low = 0xdeadbeef;
  let high = 0x41c6ce57;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    low = Math.imul(low ^ unit, 0x9e3779b1);
    high = Math.imul(high ^ unit, 0x5f356495);
  }
  low = Math.imul(low ^ (low >>> 16), 0x85ebca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2ae35);
  high = Math.imul(high ^ (high >>> 16), 0x85ebca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2ae35);
  return (high & 0x1fffff) * 0x1_0000_0000 + (low >>> 0) + 1;
}
