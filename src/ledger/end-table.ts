/**
 * A number for each of very many recipients, by the first 128 bits of their HMAC: open addressing in two typed arrays, so
 * that a million of them take some 40 MB and nothing for the garbage collector to walk.
 */
export type EndTable = {
  readonly put: (recipient: string, value: number) => void;
  readonly get: (recipient: string) => number | undefined;
};

/** 32-bit words of a key. */
const words = 4;

/** The fullest that the table may be before it grows: probes stay short. */
const maxFill = 0.7;

/** An empty table. @param capacity places at first; a power of two */
export function endTable(capacity = 1024): EndTable {
  let keys = new Uint32Array(capacity * words);
  // One more than the value; 0 is a free place.
  let values = new Uint32Array(capacity);
  let count = 0;
  const grow = (): void => {
    const [oldKeys, oldValues] = [keys, values];
    keys = new Uint32Array(oldKeys.length * 2);
    values = new Uint32Array(oldValues.length * 2);
    oldValues.forEach((value, place) => {
      if (value !== 0) write(keys, values, oldKeys.subarray(place * words, (place + 1) * words), value);
    });
  };
  return {
    put: (recipient, value) => {
      if (count >= values.length * maxFill) grow();
      if (write(keys, values, keyOf(recipient), value + 1)) count += 1;
    },
    get: (recipient) => {
      const held = values[placeOf(keys, values, keyOf(recipient))] ?? 0;
      return held === 0 ? undefined : held - 1;
    },
  };
}

function keyOf(recipient: string): Uint32Array {
  return Uint32Array.from({ length: words }, (_, word) => Number.parseInt(recipient.slice(word * 8, word * 8 + 8), 16));
}

/** True where the key is new. */
function write(keys: Uint32Array, values: Uint32Array, key: Uint32Array, value: number): boolean {
  const place = placeOf(keys, values, key);
  const isNew = values[place] === 0;
  keys.set(key, place * words);
  values[place] = value;
  return isNew;
}

/** Where the key is, or the free place where it belongs. An HMAC is as good as random, and needs no mixing. */
function placeOf(keys: Uint32Array, values: Uint32Array, key: Uint32Array): number {
  const mask = values.length - 1;
  let place = (key[0] ?? 0) & mask;
  while (values[place] !== 0 && !holds(keys, place, key)) place = (place + 1) & mask;
  return place;
}

function holds(keys: Uint32Array, place: number, key: Uint32Array): boolean {
  return key.every((word, index) => keys[place * words + index] === word);
}
