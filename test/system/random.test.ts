import { expect, test } from 'vitest';
import { systemRandom } from '../../src/system/random.ts';

test('hex is of the asked length, and never the same again', () => {
  const sizes = [...Array.from({ length: 2_000 }, (_, index) => 8 + (index % 25)), 5_000];
  const drawn = sizes.map((bytes) => systemRandom.hex(bytes));
  expect(drawn.map((text) => text.length)).toEqual(sizes.map((bytes) => bytes * 2));
  expect(new Set(drawn.map((text) => text.slice(0, 16))).size).toBe(sizes.length);
  expect(drawn.every((text) => /^[0-9a-f]+$/.test(text))).toBe(true);
});
