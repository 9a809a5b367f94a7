import { expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import type { FakeWorld } from '../support/world.ts';
import { world } from '../support/world.ts';
import { edit, sandboxed } from './sandboxed.ts';

const life = { shares: { replied: 1 } };

/** Runs, and answers how often the list was begun to be read. */
async function readings(made: FakeWorld, argv: readonly string[]): Promise<number> {
  let count = 0;
  const { files } = made;
  const stream: typeof files.stream = (path) => {
    if (path.endsWith('recipients.csv')) count += 1;
    return files.stream(path);
  };
  expect(await main(argv, { ...made, files: { ...files, stream } })).toBe(0);
  return count;
}

test('goes through the rows of a list that is new, and takes one that was enrolled before by its bytes', async () => {
  await using made = await world(sandboxed('clinic', { life }));
  // Its columns and its digest twice, its rows to compare them, to write down the invalid ones, and to enrol the others.
  expect(await readings(made, ['run', '.', '--apply', '--approve', '4'])).toBe(7);
  // Its columns and its digest.
  expect(await readings(made, ['run', '.'])).toBe(4);
  await edit('recipients.csv', 'A-1007', 'A-1008')(made);
  expect(await readings(made, ['run', '.', '--approve', '1'])).toBe(8);
  expect(await readings(made, ['run', '.'])).toBe(4);
});

test.each([
  ['who is not to be called', 'do-not-call.csv', '+234'],
  ['what is said', 'campaign.yaml', 'Hello'],
])('goes through them again where the file says otherwise %s', async (_, file, from) => {
  await using made = await world(sandboxed('clinic', { life }));
  expect(await readings(made, ['run', '.', '--apply', '--approve', '4'])).toBe(7);
  await edit(file, from, file.endsWith('.csv') ? '+2348031234599\n+234' : 'Good day')(made);
  expect(await readings(made, ['run', '.', '--apply', '--approve', '4'])).toBe(8);
});
