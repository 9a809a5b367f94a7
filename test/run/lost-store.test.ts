/** What the provider lists takes the place of a store that is lost. */
import { cp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openGarage, firstWave, type Garage } from './garage.ts';

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

test('calls nobody again whose retry was made after the copy of the store, where no reference comes back', async () => {
  const execution = ['concurrency: 10', 'attempts: {max: 2, retry: {no_answer: [1h]}}'];
  const life = { shares: { no_answer: 1 } };
  await using garage = await openGarage({ people: 1, life, execution, faults: { 'no-echo': true } });
  await garage.run('--no-wait');
  await putBack(garage, async () => garage.run());
  expect(garage.dials()).toHaveLength(2);
  const refused = await garage.run();
  expect(refused).toMatchObject({ exit: 4 });
  expect(refused.stdout).toContain('carry no reference');
  expect(garage.dials()).toHaveLength(2);
});

test('calls nobody again with a copy of the store from before the first call, where no reference comes back', async () => {
  const execution = ['start_at: 2026-11-25T09:00Z'];
  await using garage = await openGarage({ people: 1, execution, faults: { 'no-echo': true } });
  await garage.run('--no-wait');
  await putBack(garage, async () => garage.run());
  expect(garage.dials()).toHaveLength(1);
  expect(await garage.run()).toMatchObject({ exit: 4 });
  expect(garage.dials()).toHaveLength(1);
});

/** What happens is unknown to the store afterwards. */
async function putBack({ world: { cwd, clock } }: Garage, happens: () => Promise<unknown>): Promise<void> {
  const store = join(cwd, '.callplan');
  await cp(store, `${store}-copy`, { recursive: true });
  await happens();
  await clock.sleep(600_000);
  await rm(store, { recursive: true });
  await rename(`${store}-copy`, store);
}
