import { expect, test } from 'vitest';
import { bugs } from './bugs.ts';
import { playedApart } from './played-apart.ts';

type Found = { readonly bug: string; readonly worlds: number; readonly seed?: number; readonly invariant?: string };

test('every bug that is planted into the engine is caught, by the invariant that it breaks', async ({ signal }) => {
  const printed = await playedApart(['test/simulation/plants.ts'], { signal });
  const found = printed
    .trim()
    .split('\n')
    .map((line): Found => JSON.parse(line));
  expect(found.map(({ bug }) => bug)).toEqual(bugs.map(({ name }) => name));
  expect(found.filter(({ invariant }) => invariant === undefined)).toEqual([]);
}, 180_000);
