import { firstCapacity, maxFill, slotOf } from './number-set.ts';

/** Whole numbers above 0, each with a number to it, in two typed arrays. See number-set. */
export type NumberTable = {
  /** Sets the value of a new key and answers undefined; of a known key it answers the value and leaves it. */
  readonly put: (key: number, value: number) => number | undefined;
};

/** An empty table. */
export function numberTable(): NumberTable {
  let keys = new Float64Array(firstCapacity);
  let values = new Float64Array(firstCapacity);
  let count = 0;
  const grow = (): void => {
    const [oldKeys, oldValues] = [keys, values];
    keys = new Float64Array(oldKeys.length * 2);
    values = new Float64Array(keys.length);
    for (let index = 0; index < oldKeys.length; index += 1) {
      const key = oldKeys[index] ?? 0;
      if (key !== 0) place(key, oldValues[index] ?? 0);
    }
  };
  const place = (key: number, value: number): void => {
    const slot = slotOf(keys, key);
    keys[slot] = key;
    values[slot] = value;
  };
  return {
    put: (key, value) => {
      const slot = slotOf(keys, key);
      if (keys[slot] === key) return values[slot];
      if (count >= keys.length * maxFill) grow();
      place(key, value);
      count += 1;
      return undefined;
    },
  };
}
