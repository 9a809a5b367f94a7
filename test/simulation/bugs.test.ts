import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { bugs } from './bugs.ts';
import { playedApart } from './played-apart.ts';

type Found = { readonly bug: string; readonly worlds: number; readonly seed?: number; readonly invariant?: string };

test.each(bugs)('the lines that "$name" changes stand in their files once', ({ edits }) => {
  const root = new URL('../../', import.meta.url);
  const timesFound = ({ file, find }: (typeof edits)[number]): number =>
    readFileSync(new URL(file, root), 'utf8').split(find).length - 1;
  expect(edits.filter((edit) => timesFound(edit) !== 1)).toEqual([]);
});

test('every bug that is planted into the engine is caught, by the invariant that it breaks', async ({ signal }) => {
  const printed = await playedApart(['test/simulation/plants.ts'], { signal });
  const found = printed
    .trim()
    .split('\n')
    .map((line): Found => JSON.parse(line));
  expect(found.map(({ bug }) => bug)).toEqual(bugs.map(({ name }) => name));
  expect(found.filter(({ invariant }) => invariant === undefined)).toEqual([]);
}, 180_000);
