/** What a wall clock says is believed only as far as the provider's clock bears it out. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import type { Clock, Http } from '../../src/ports.ts';
import { firstWave, isPlacing, openGarage, type Garage } from './garage.ts';

const hourMs = 3_600_000;

/** A clock that is set while a run waits by it. */
class WallClock {
  readonly clock: Clock;
  offMs: number = 0;
  #pauses: number = 0;

  /** @param setTo what it shows when the run has waited for ten minutes; left out: it is not set */
  constructor(clock: Clock, setTo: (nowMs: number) => number = (nowMs) => nowMs + this.offMs) {
    this.clock = {
      ...clock,
      now: () => clock.now() + this.offMs,
      sleep: (ms, signal) => {
        if (ms >= 60_000) this.#pauses += 1;
        if (this.#pauses === 10) this.offMs = setTo(clock.now()) - clock.now();
        return clock.sleep(ms, signal);
      },
    };
  }
}

const command = ['run', 'campaign.yaml', '--apply', '--approve', '2'];

async function run(garage: Garage, clock: Clock): Promise<number> {
  garage.world.terminal.clear();
  return main(command, { ...garage.world, clock });
}

/** Windows are open from 20:00 to 21:00 UTC; the world begins in the morning. */
async function openLater(garage: Garage): Promise<void> {
  const file = join(garage.world.cwd, 'campaign.yaml');
  const windows = 'windows: [{days: [mon, tue, wed, thu, fri, sat, sun], from: "21:00", to: "22:00"}]';
  await writeFile(file, (await readFile(file, 'utf8')).replace('windows: always', windows));
}

function today(time: string): () => number {
  return () => Date.parse(`2026-11-24T${time}Z`);
}

test('dials nobody by a clock that was set to an hour at which windows are open', async () => {
  await using garage = await openGarage({ people: 2 });
  await openLater(garage);
  const wall = new WallClock(garage.world.clock, today('20:30'));
  expect(await run(garage, wall.clock)).toBe(8);
  expect(garage.world.terminal.stdoutText().replaceAll(/\s+/g, ' ')).toContain('minutes off the provider');
  expect(garage.dials()).toEqual([]);
});

test('lets nobody wait for the day after because a clock was ahead for a while', async () => {
  await using garage = await openGarage({ people: 2 });
  await openLater(garage);
  const wall = new WallClock(garage.world.clock, today('22:00'));
  expect(await run(garage, wall.clock)).toBe(8);
  const beganMs = garage.world.clock.now();
  expect(await run(garage, garage.world.clock)).toBe(0);
  expect(garage.dials()).toHaveLength(2);
  expect(garage.world.clock.now() - beganMs).toBeLessThan(14 * hourMs);
});

test('goes on after the machine slept: the provider bears its clock out', async () => {
  await using garage = await openGarage({ people: 2 });
  await openLater(garage);
  // Slept: the monotonic clock stood still, which is as if the wall clock alone had moved.
  const wall = new WallClock(garage.world.clock, (nowMs) => nowMs + 4 * 60_000);
  expect(await run(garage, wall.clock)).toBe(0);
  expect(garage.dials()).toHaveLength(2);
});

test('enters nobody into the wave by a clock that is off', async () => {
  await using garage = await openGarage({ people: 2, execution: ['concurrency: 2', 'expire_after: 2h'] });
  const wall = new WallClock(garage.world.clock);
  wall.offMs = -24 * hourMs;
  expect(await run(garage, wall.clock)).toBe(8);
  expect(await run(garage, garage.world.clock)).toBe(0);
  expect(garage.dials()).toHaveLength(2);
});

test('retries nobody a year late because the clock was ahead when their call ended', async () => {
  const execution = ['concurrency: 2', 'attempts: {max: 2, retry: {no_answer: [30m]}}'];
  await using garage = await openGarage({ people: 1, life: { shares: { no_answer: 1 } }, execution });
  const wall = new WallClock(garage.world.clock);
  const { http } = garage.world;
  const ahead: Http = async (request, signal) => {
    const exchange = await http(request, signal);
    if (exchange.kind === 'answered' && exchange.body.includes('TIMEOUT')) wall.offMs = 365 * 24 * hourMs;
    return exchange;
  };
  expect(await main(command, { ...garage.world, clock: wall.clock, http: ahead })).toBe(8);
  const beganMs = garage.world.clock.now();
  expect(await run(garage, garage.world.clock)).toBe(0);
  expect(garage.dials()).toHaveLength(2);
  expect(garage.world.clock.now() - beganMs).toBeLessThan(2 * hourMs);
});

test('lets nobody expire by the hours that the machine slept before they entered the wave', async () => {
  let asleepMs = 0;
  await using garage = await openGarage({
    people: 2,
    execution: ['concurrency: 2', 'expire_after: 2h'],
    between: (http, opened) => async (request, signal) => {
      if (asleepMs > 0 || !request.url.includes('/calls?')) return http(request, signal);
      await opened().world.clock.sleep(3 * hourMs);
      asleepMs = 3 * hourMs;
      return http(request, new AbortController().signal);
    },
  });
  const { clock } = garage.world;
  expect(await run(garage, { ...clock, monotonic: () => clock.monotonic() - asleepMs })).toBe(0);
  expect(garage.dials()).toHaveLength(2);
});

test('follows a call to its end that was begun after the machine slept, though another run takes it up', async () => {
  let fellAsleepMs: number | undefined;
  let placed = 0;
  await using garage = await openGarage({
    people: 2,
    life: { shares: { answered: 1 }, talkMs: [600_000, 600_000] },
    execution: ['concurrency: 2', 'rate: 1/m'],
    between: (http, opened) => async (request, signal) => {
      if (isPlacing(request)) placed += 1;
      if (placed !== 1 || fellAsleepMs !== undefined || request.method !== 'GET') return http(request, signal);
      fellAsleepMs = opened().world.clock.now();
      await opened().world.clock.sleep(3 * hourMs);
      return http(request, new AbortController().signal);
    },
  });
  const { clock } = garage.world;
  const asleepMs = (): number => Math.min(3 * hourMs, clock.now() - (fellAsleepMs ?? clock.now()));
  const slept = { ...clock, monotonic: () => clock.monotonic() - asleepMs() };
  expect(await main([...command, '--max-duration', '3m'], { ...garage.world, clock: slept })).toBe(10);
  expect(garage.dials()).toHaveLength(2);
  expect(await run(garage, clock)).toBe(0);
  expect(await garage.written(firstWave, 'results.jsonl')).not.toContain('unknown');
});
