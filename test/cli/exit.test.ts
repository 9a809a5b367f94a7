import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { exitCode } from '../../src/cli/exit.ts';
import type { Ending } from '../../src/cli/exit.ts';

/** Design 3: "If several hold, the first of: 130/143 1 64 3 8 6 4 5 9 10 7 2 0." */
const order = [
  ['interrupted', 130],
  ['terminated', 143],
  ['unexpected', 1],
  ['usage', 64],
  ['invalid', 3],
  ['environment', 8],
  ['held', 6],
  ['conflict', 4],
  ['refused', 5],
  ['stopped', 9],
  ['resumable', 10],
  ['unsettled', 7],
  ['differs', 2],
  ['done', 0],
] as const;

test.each(order)('%s alone ends with %i', (ending, code) => {
  expect(exitCode([ending])).toBe(code);
});

test.each(
  order.flatMap(([first, code], index) => order.slice(index).map(([second]) => [first, second, code] as const)),
)('%s and %s together end with %i, in either order', (first, second, code) => {
  expect(exitCode([first, second])).toBe(code);
  expect(exitCode([second, first])).toBe(code);
});

test('nothing to say is 0', () => {
  expect(exitCode([])).toBe(0);
});

test('any set of endings gives the code of its first in the order, however often each is said', () => {
  const endings = fc.array(fc.constantFrom<Ending>(...order.map(([ending]) => ending)), { minLength: 1 });
  fc.assert(
    fc.property(endings, (held) => {
      const first = order.find(([ending]) => held.includes(ending));
      expect(exitCode(held)).toBe(first?.[1]);
    }),
  );
});
