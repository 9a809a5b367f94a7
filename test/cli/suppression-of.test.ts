/** The do-not-call lists of a run, while somebody writes to their files. */
import { expect, test } from 'vitest';
import { suppressionOf } from '../../src/cli/run/suppression-of.ts';
import { loadSuppression } from '../../src/input/suppression.ts';
import type { Campaign } from '../../src/model/campaign.ts';
import type { E164 } from '../../src/model/recipient.ts';
import type { Suppressed } from '../../src/run/context.ts';
import { virtualClock, type VirtualClock } from '../../src/system/virtual-clock.ts';
import { inMemory, type InMemory } from '../input/in-memory.ts';
import { list } from '../recipients/list.ts';

const path = '/clinic/do-not-call.csv';
const ada = '+2348030000101' as E164;
const obi = '+2348030000102' as E164;
const at = { file: 'campaign.yaml', line: 40, col: 12 };

type Running = {
  readonly files: InMemory;
  readonly clock: VirtualClock;
  readonly suppression: Suppressed;
  /** The monotonic clock stands still meanwhile. */
  readonly machineSleeps: (ms: number) => void;
};

async function running(...numbers: readonly E164[]): Promise<Running> {
  const files = inMemory({ [path]: listOf(...numbers) });
  const source = { kind: 'csv', path, file: 'do-not-call.csv', at } as const;
  const { recipients } = list({ fields: { country: 'NG' }, block: { suppress: [source] } });
  const clock = virtualClock(0);
  const loaded = await loadSuppression(recipients, files);
  if (loaded.kind === 'failed') throw new Error(JSON.stringify(loaded.diagnostics));
  let asleepMs = 0;
  const wall = { ...clock, now: () => clock.now() + asleepMs };
  const world = { files, clock: wall, reach: undefined } as unknown as Parameters<typeof suppressionOf>[2];
  const campaign = { recipients } as unknown as Campaign;
  const machineSleeps = (ms: number): void => {
    asleepMs += ms;
  };
  return { files, clock, machineSleeps, suppression: suppressionOf(campaign, loaded.suppression, world) };
}

function listOf(...numbers: readonly E164[]): string {
  return ['phone', ...numbers, ''].join('\n');
}

/** Who is on the lists after another second. */
async function afterSecond({ clock, suppression }: Running): Promise<readonly E164[]> {
  await clock.sleep(1_000);
  expect(await suppression.refresh()).toBeUndefined();
  return [ada, obi].filter((phone) => suppression.has(phone));
}

test('a change before the first call is seen', async () => {
  const run = await running(ada);
  run.files.write(path, listOf(ada, obi));
  expect(await run.suppression.refresh()).toBeUndefined();
  expect(run.suppression.has(obi)).toBe(true);
});

test('a change while the machine slept is seen as soon as it wakes', async () => {
  const run = await running(ada);
  expect(await afterSecond(run)).toEqual([ada]);
  run.files.write(path, listOf(ada, obi));
  run.machineSleeps(8 * 3_600_000);
  expect(await run.suppression.refresh()).toBeUndefined();
  expect(run.suppression.has(obi)).toBe(true);
});

test('who is no longer in a file is not called before it is quiet for a second', async () => {
  const run = await running(ada);
  run.files.write(path, listOf(obi));
  expect(await afterSecond(run)).toEqual([ada, obi]);
  expect(await afterSecond(run)).toEqual([obi]);
});

test('a file that is written where it stands, and read half, lets nobody be called meanwhile', async () => {
  const run = await running(ada, obi);
  run.files.write(path, listOf());
  expect(await afterSecond(run)).toEqual([ada, obi]);
  run.files.write(path, listOf(ada));
  expect(await afterSecond(run)).toEqual([ada, obi]);
  run.files.write(path, listOf(ada, obi));
  expect(await afterSecond(run)).toEqual([ada, obi]);
  expect(await afterSecond(run)).toEqual([ada, obi]);
});
