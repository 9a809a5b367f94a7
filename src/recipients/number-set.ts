/**
 * Whole numbers above 0 in one typed array: open addressing, linear probing. Five million phone numbers take 67 MB
 * and nothing for the garbage collector to walk; a Set of strings takes ten times as much.
 */
export type NumberSet = {
  /** True where the number was not there yet. */
  readonly add: (key: number) => boolean;
  readonly has: (key: number) => boolean;
  readonly size: () => number;
};

/** The fullest a table may be before it grows: probes stay short. */
export const maxFill = 0.7;

/** Places of an empty table; a power of two. */
export const firstCapacity = 1024;

/** An empty set. */
export function numberSet(): NumberSet {
  let keys = new Float64Array(firstCapacity);
  let count = 0;
  const add = (key: number): boolean => {
    const slot = slotOf(keys, key);
    if (keys[slot] === key) return false;
    if (count >= keys.length * maxFill) {
      keys = grown(keys);
      return add(key);
    }
    keys[slot] = key;
    count += 1;
    return true;
  };
  return { add, has: (key) => keys[slotOf(keys, key)] === key, size: () => count };
}

/** Where the key is, or the free place where it belongs. */
export function slotOf(keys: Float64Array, key: number): number {
  const mask = keys.length - 1;
  let slot = mixed(key) & mask;
  for (let held = keys[slot]; held !== 0 && held !== key; held = keys[slot]) slot = (slot + 1) & mask;
  return slot;
}

function grown(keys: Float64Array): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(keys.length * 2);
  for (const key of keys) if (key !== 0) larger[slotOf(larger, key)] = key;
  return larger;
}

/** Phone numbers come in runs, so their bits are mixed before they choose a place (murmur3's finalizer). */
function mixed(key: number): number {
  let hash = (key % 0x1_0000_0000) ^ (key / 0x1_0000_0000);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
