/** Who must not be called, and becomes so while a run is going on. */
import { rename, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { firstWave, isPlacing, openGarage, type Garage } from './garage.ts';

/** The last of six whom the garage calls, and somebody whom it does not call. */
const last = '+2348031234005';
const stranger = '+2348031234099';

/** Six people, called one a second; something happens when the first of them is called. */
async function garageWith(happens: (garage: Garage) => Promise<void>): Promise<Garage> {
  let calls = 0;
  const garage = await openGarage({
    people: 6,
    execution: ['concurrency: 10', 'rate: 1/s'],
    between: (http, garageNow) => async (request, signal) => {
      if (isPlacing(request) && ++calls === 1) await garageNow().world.clock.busy(happens(garageNow()));
      return http(request, signal);
    },
  });
  await garage.suppressFrom('do-not-call.csv');
  await writeFile(listOf(garage), `phone\n${stranger}\n`);
  return garage;
}

function listOf({ world }: Garage): string {
  return join(world.cwd, 'do-not-call.csv');
}

test('somebody who is put on the list of opt-outs from another terminal is not called any more', async () => {
  await using garage = await garageWith(async (open) => {
    expect(await open.callplan('suppress', 'add', last)).toMatchObject({ exit: 0 });
  });
  expect((await garage.run()).exit).toBe(0);
  expect(garage.dials()).toHaveLength(5);
  expect(await garage.written(firstWave, 'results.jsonl')).toContain('"opted_out"');
});

test('somebody who is left from an earlier run and opted out since is skipped, and the wave is over', async () => {
  await using garage = await openGarage({ people: 2, execution: ['concurrency: 1', 'rate: 1/s'] });
  expect((await garage.run('--limit', '1')).exit).toBe(10);
  await garage.callplan('suppress', 'add', '+2348031234001');
  const { exit, stderr } = await garage.callplan('run', 'campaign.yaml', '--approve', '0');
  expect(stderr).toContain('1 asked not to be called');
  expect(exit).toBe(0);
  expect(garage.dials()).toHaveLength(1);
  expect(await garage.written(firstWave, 'results.jsonl')).toContain('"opted_out"');
});

describe('a list of a file that changes during a run', () => {
  test('holds from then on', async () => {
    await using garage = await garageWith((open) => writeFile(listOf(open), `phone\n${stranger}\n${last}\n`));
    expect((await garage.run()).exit).toBe(0);
    expect(garage.dials()).toHaveLength(5);
    expect(await garage.written(firstWave, 'results.jsonl')).toContain('"suppressed"');
  });

  test('is noticed where another file of the same size and time takes its place', async () => {
    const sunday = new Date('2026-11-22T12:00:00Z');
    await using garage = await garageWith(async (open) => {
      const other = join(open.world.cwd, 'other.csv');
      await writeFile(other, `phone\n${last}\n`);
      await utimes(other, sunday, sunday);
      await rename(other, listOf(open));
    });
    await utimes(listOf(garage), sunday, sunday);
    expect((await garage.run()).exit).toBe(0);
    expect(garage.dials()).toHaveLength(5);
  });

  test.each([
    ['is gone', (open: Garage) => rm(listOf(open)), 'do-not-call.csv'],
    ['holds what is no number', (open: Garage) => writeFile(listOf(open), 'phone\nnobody\n'), 'line 2'],
  ])('stops the calling where it %s', async (_, happens, told) => {
    await using garage = await garageWith(happens);
    const { exit, stdout } = await garage.run();
    expect(exit).toBe(3);
    expect(garage.dials().length).toBeLessThan(4);
    expect(stdout).toContain(told);
  });
});
