import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import type { FakeWorld } from '../support/world.ts';
import { world } from '../support/world.ts';
import { acme, allowed } from './acme.ts';
import { openHaulier } from '../run/haulier.ts';
import { edit, sandboxed, write } from './sandboxed.ts';

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
  // Its columns twice and its digest four times; its rows to compare them, which are kept, and to write down the invalid ones.
  expect(await readings(made, ['run', '.', '--apply', '--approve', '4'])).toBe(8);
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
  expect(await readings(made, ['run', '.', '--apply', '--approve', '4'])).toBe(8);
  await edit(file, from, file.endsWith('.csv') ? '+2348031234599\n+234' : 'Good day')(made);
  expect(await readings(made, ['run', '.', '--apply', '--approve', '4'])).toBe(8);
});

test('goes through the rows of each of two lists that are given by turns', async () => {
  await using made = await world(sandboxed('clinic', { life }));
  expect(await readings(made, ['run', '.', '--apply', '--approve', '4'])).toBe(8);
  await cp(join(made.cwd, 'recipients.csv'), join(made.cwd, 'more-recipients.csv'));
  await edit('more-recipients.csv', 'A-1007', 'A-1008')(made);
  const more = ['run', '.', '--recipients', 'more-recipients.csv', '--approve', '1'];
  expect(await readings(made, more)).toBe(8);
  expect(await readings(made, more)).toBe(4);
  expect(await readings(made, ['run', '.'])).toBe(8);
});

test('goes through them again with an older copy of the store, and calls nobody twice', async () => {
  await using made = await world(sandboxed('clinic', { life }));
  const [store, copy] = [join(made.cwd, '.callplan'), join(made.cwd, 'copy')];
  expect(await main(['run', '.', '--apply', '--approve', '4', '--limit', '1'], made)).toBe(10);
  await cp(store, copy, { recursive: true });
  expect(await readings(made, ['run', '.', '--approve', '4'])).toBe(4);
  const placed = placings(made);
  expect(placed).toBeGreaterThan(1);
  await rm(store, { recursive: true });
  await cp(copy, store, { recursive: true });
  expect(await readings(made, ['run', '.', '--approve', '4'])).toBe(6);
  expect(placings(made)).toBe(placed);
});

test('always goes through them with a provider whose module tells which rows can be called', async () => {
  await using made = await world(acme);
  await edit('campaign.yaml', 'from:\n', 'from:\n    - csv: recipients.csv\n')(made);
  await write('recipients.csv', 'phone,name,car\n+2348030000004,Dayo,Kestrel\n')(made);
  const run = ['run', 'campaign.yaml', ...allowed];
  expect(await readings(made, [...run, '--apply', '--approve', '4'])).toBe(4);
  expect(await readings(made, run)).toBe(4);
});

test('always goes through them where calls have a fixed instant, also of somebody who opted out', async () => {
  await using haulier = await openHaulier({ drivers: 1 });
  const { world: made } = haulier;
  await edit('campaign.yaml', 'loads.csv', 'recipients.csv')(made);
  await edit('campaign.yaml', 'call:\n', 'call:\n  scheduled_for: "{{at}}"\n')(made);
  await write('recipients.csv', 'load,cell,at\nL-1,+13125550101,2026-11-24T12:00:00Z\n')(made);
  expect(await main(['suppress', 'add', '+13125550101', '--because', 'asked'], made)).toBe(0);
  const run = ['run', 'campaign.yaml', '--approve', '1'];
  expect(await readings(made, ['run', 'campaign.yaml', '--apply', '--approve', '1'])).toBe(6);
  expect(await readings(made, run)).toBe(6);
});

function placings({ sent }: FakeWorld): number {
  return sent.filter(({ request }) => request.method === 'POST' && request.url.endsWith('/call')).length;
}
