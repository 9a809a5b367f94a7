/** What the provider lists takes the place of a store that is lost. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openGarage, firstWave } from './garage.ts';

test('knows the calls of somebody whose id changed before the store was lost', async () => {
  const execution = ['concurrency: 10', 'attempts: {max: 2, retry: {no_answer: [1h]}}'];
  await using garage = await openGarage({ people: 1, life: { shares: { no_answer: 1 } }, execution });
  const { cwd } = garage.world;
  await garage.run('--no-wait');
  await rm(join(cwd, '.callplan'), { recursive: true });
  const list = join(cwd, 'people.csv');
  await writeFile(list, (await readFile(list, 'utf8')).replace('GR-00', 'NEW-00'));
  expect(await garage.run('--take-over')).toMatchObject({ exit: 0 });
  expect(garage.dials()).toHaveLength(2);
  const again = await garage.run();
  expect(again.exit).toBe(0);
  expect(again.stderr).not.toContain('does not know');
  expect((await garage.written(firstWave, 'results.jsonl')).trim().split('\n')).toHaveLength(1);
});
