/** A store that is thought lost and is not: whoever takes its campaign over and whoever still runs it call nobody twice. */
import { mkdtemp, cp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { fakeTerminal } from '../support/terminal.ts';
import type { FakeWorld } from '../support/world.ts';
import { isPlacing, openGarage, type Garage } from './garage.ts';

const execution = ['concurrency: 10', 'rate: 6/m'];

/** Another machine with the same files and no store. */
async function clone({ world }: Garage): Promise<FakeWorld> {
  const cwd = await mkdtemp(join(tmpdir(), 'callplan-clone-'));
  await cp(join(world.cwd, 'campaign.yaml'), join(cwd, 'campaign.yaml'));
  await cp(join(world.cwd, 'people.csv'), join(cwd, 'people.csv'));
  const host = { ...world.host, hostname: 'another' };
  return { ...world, cwd, host, terminal: fakeTerminal({}), [Symbol.asyncDispose]: () => rm(cwd, { recursive: true }) };
}

function takeOver(made: FakeWorld, ...words: readonly string[]): Promise<number> {
  return main(['run', 'campaign.yaml', '--take-over', '--approve', '12', ...words], made);
}

test.each([
  { who: 'another store', words: [] },
  { who: 'another store, whose person says that nobody was called,', words: ['--nobody-called', '2026-11'] },
])('a run stops calling once $who took its address over, and nobody is called twice', async ({ words }) => {
  let other: Promise<number> | undefined;
  let placed = 0;
  await using garage = await openGarage({
    people: 12,
    execution,
    between: (http) => async (request, signal) => {
      const exchange = await http(request, signal);
      if (isPlacing(request)) placed += 1;
      if (placed === 2) other ??= takeOver(beside, ...words);
      return exchange;
    },
  });
  await using beside = await clone(garage);
  expect(await garage.run()).toMatchObject({ exit: 4 });
  expect(garage.world.terminal.stdoutText()).toContain('another store took garage-recall/default over');
  expect(await other).toBe(0);
  expect(new Set(garage.dials()).size).toBe(12);
  expect(garage.dials()).toHaveLength(12);
});

test('a run that stood still looks whose the address is before it goes on', async () => {
  let placed = 0;
  await using garage = await openGarage({
    people: 12,
    execution,
    between: (http) => async (request, signal) => {
      const exchange = await http(request, signal);
      if (!isPlacing(request)) return exchange;
      placed += 1;
      // The answer is seen long after, as the process stood still: the other one is through by then.
      if (placed === 2) expect(await takeOver(beside)).toBe(0);
      return exchange;
    },
  });
  await using beside = await clone(garage);
  expect(await garage.run()).toMatchObject({ exit: 4 });
  expect(garage.dials()).toHaveLength(12);
});

test('a take-over that was killed before it had looked looks again', async () => {
  await using garage = await openGarage({ people: 3, execution });
  await garage.run('--limit', '1');
  await using beside = await clone(garage);
  const killed: FakeWorld = {
    ...beside,
    http: (request, signal) =>
      request.url.includes('/calls?') ? new Promise<never>(() => undefined) : beside.http(request, signal),
  };
  void takeOver(killed);
  while (!garage.world.sent.some(({ request }) => request.method === 'PUT' && request.body?.includes('store:'))) {
    await garage.world.clock.sleep(1_000);
  }
  const host = { ...beside.host, pid: 2 };
  await garage.world.clock.sleep(60_000);
  expect(await main(['run', 'campaign.yaml', '--approve', '3'], { ...beside, host })).toBe(0);
  expect(beside.terminal.stderrText()).toContain('this store is new to the address');
  expect(garage.dials()).toHaveLength(3);
});
