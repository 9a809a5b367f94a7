/** How a run heeds a person's word from another terminal, and how the calls of a cancelled wave come to their end. */
import { describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import type { Manifest } from '../../src/ledger/manifest.ts';
import type { Http } from '../../src/ports.ts';
import { firstWave, isPlacing as isIntronPlacing, openGarage } from './garage.ts';
import { isEnding, isPlacing, openHaulier, type Haulier } from './haulier.ts';

/** Something happens in another terminal when the n-th call is placed. */
function atCall(n: number, happens: (haulier: Haulier) => Promise<unknown>): (http: Http, now: () => Haulier) => Http {
  let calls = 0;
  return (http, now) => async (request, signal) => {
    if (isPlacing(request) && ++calls === n) await happens(now());
    return http(request, signal);
  };
}

const run = ['run', 'campaign.yaml', '--approve', '8'];

describe('a run whose wave is paused', () => {
  test('calls nobody from then on, and ends once its requests are answered', async () => {
    await using haulier = await openHaulier({
      drivers: 8,
      between: atCall(3, (open) => open.elsewhere('pause', 'campaign.yaml')),
    });
    const { exit, stdout } = await haulier.callplan(...run);
    expect(exit).toBe(9);
    expect(stdout).toContain('paused by amina');
    expect(haulier.placings()).toBe(3);
    expect((await haulier.callplan(...run)).exit).toBe(9);
    expect(haulier.placings()).toBe(3);
    await haulier.callplan('resume', 'campaign.yaml');
    expect((await haulier.callplan(...run)).exit).toBe(0);
    expect(haulier.placings()).toBe(8);
    expect(haulier.endings()).toBe(0);
  });

  test('hears of it with its heartbeat, while it waits for another time of day', async () => {
    await using garage = await openGarage({
      people: 2,
      life: { shares: { no_answer: 1 } },
      execution: ['concurrency: 10', 'rate: 5/s', 'attempts: {max: 2, retry: {no_answer: [8h]}}'],
    });
    const { clock } = garage.world;
    let pausedMs = 0;
    const pausing = clock.sleep(3_600_000).then(async () => {
      await clock.busy(garage.callplan('pause', 'campaign.yaml'));
      pausedMs = clock.now();
    });
    const { exit } = await garage.run();
    await pausing;
    expect(exit).toBe(9);
    expect(clock.now() - pausedMs).toBeLessThanOrEqual(5_000);
    const manifest = JSON.parse(await garage.written(firstWave, 'manifest.json')) as Manifest;
    expect(manifest.wave).toMatchObject({ status: 'paused', counts: { states: { pending: 2 } } });
  });

  test('that only follows calls goes on with that, and says that it was resumed meanwhile', async () => {
    await using haulier = await openHaulier({
      drivers: 4,
      between: atCall(2, (open) => open.elsewhere('pause', 'campaign.yaml')),
    });
    await haulier.callplan(...run);
    const { clock } = haulier.world;
    const resuming = clock.sleep(30_000).then(() => haulier.elsewhere('resume', 'campaign.yaml'));
    const { exit, stdout } = await haulier.callplan(...run);
    expect(await resuming).toMatchObject({ exit: 0 });
    expect(exit).toBe(10);
    expect(stdout).toContain('it was resumed while its calls were followed');
    expect(haulier.placings()).toBe(2);
  });
});

test('a run that was not approved, as the wave was paused, calls nobody where that is lifted before it calls', async () => {
  let isResuming = false;
  await using haulier = await openHaulier({
    drivers: 4,
    between: (http, now) => async (request, signal) => {
      if (isResuming && request.url.includes('/calls?')) {
        isResuming = false;
        expect(await now().elsewhere('resume', 'campaign.yaml')).toMatchObject({ exit: 0 });
      }
      return http(request, signal);
    },
  });
  await haulier.callplan(...run, '--limit', '1');
  await haulier.callplan('pause', 'campaign.yaml');
  isResuming = true;
  const { exit, stdout } = await haulier.callplan('run', 'campaign.yaml');
  expect(haulier.placings()).toBe(1);
  expect(exit).toBe(10);
  expect(stdout).toContain('nobody was to be called when this run began');
});

describe('a run whose wave is cancelled', () => {
  test('has its calls ended, follows them, and calls nobody else', async () => {
    await using haulier = await openHaulier({
      drivers: 8,
      between: atCall(4, async (open) => {
        expect((await open.elsewhere('cancel', 'campaign.yaml', '--approve', '4')).exit).toBe(0);
      }),
    });
    const { exit, stdout } = await haulier.callplan(...run);
    expect(exit).toBe(9);
    expect(stdout).toContain('cancelled by amina');
    expect([haulier.placings(), haulier.endings()]).toEqual([4, 4]);
    const again = await haulier.callplan(...run, '--format', 'json');
    expect(JSON.parse(again.stdout)).toMatchObject({
      status: 'cancelled',
      counts: { states: { done: 4, skipped: 4 }, outcomes: { cancelled: 4 }, skips: { cancelled: 4 } },
    });
    expect([haulier.placings(), haulier.endings()]).toEqual([4, 4]);
  });

  test('after it was paused, while the requests of the run are still under way, is seen to its end', async () => {
    let calls = 0;
    await using haulier = await openHaulier({
      drivers: 8,
      between: (http, now) => async (request, signal) => {
        if (isPlacing(request) && ++calls === 3) {
          await now().elsewhere('pause', 'campaign.yaml');
          await now().world.clock.sleep(7_000);
          await now().elsewhere('cancel', 'campaign.yaml', '--approve', '5');
        }
        return http(request, signal);
      },
    });
    expect((await haulier.callplan(...run)).exit).toBe(9);
    expect([haulier.placings(), haulier.endings()]).toEqual([3, 3]);
  });
});

describe('calls that shall end', () => {
  test.for([
    [500, 3],
    [429, 12],
    [400, 1],
  ] as const)('and cannot, as the provider answers %i, go on to their own end', async ([status, requests]) => {
    await using haulier = await openHaulier({
      drivers: 2,
      callMs: 300_000,
      between: (http) => async (request, signal) =>
        isEnding(request) ? { kind: 'answered', status, headers: {}, body: '{}' } : http(request, signal),
    });
    await haulier.callplan(...run, '--limit', '1', '--max-duration', '3s');
    const { exit, stdout, stderr } = await haulier.callplan('cancel', 'campaign.yaml', '--approve', '1');
    expect(exit).toBe(0);
    expect(haulier.endings()).toBe(requests);
    expect(stderr.match(/a call could not be ended/g)).toHaveLength(1);
    expect(stdout).toContain('1  answered');
  });

  test('are looked at right after they were asked to', async () => {
    await using haulier = await openHaulier({ drivers: 2 });
    await haulier.callplan(...run, '--limit', '1', '--max-duration', '3s');
    const beganMs = haulier.world.clock.now();
    expect((await haulier.callplan('cancel', 'campaign.yaml', '--approve', '1')).exit).toBe(0);
    expect(haulier.world.clock.now() - beganMs).toBeLessThan(1_000);
    expect([haulier.endings(), haulier.placings()]).toEqual([1, 1]);
  });

  test('and were left, as there was no key, are ended by the run of another wave', async () => {
    await using haulier = await openHaulier({ drivers: 3 });
    await haulier.callplan(...run, '--limit', '2', '--max-duration', '3s');
    const keyless = { ...haulier.world, env: {} };
    expect(await main(['cancel', 'campaign.yaml', '--approve', '1'], keyless)).toBe(8);
    expect([haulier.placings(), haulier.endings()]).toEqual([2, 0]);
    expect((await haulier.callplan(...run, '--wave', 'next')).exit).toBe(0);
    expect([haulier.placings(), haulier.endings()]).toEqual([5, 2]);
  });

  test('go on where the provider knows no way, and who may have been called is looked up', async () => {
    await using garage = await openGarage({
      people: 4,
      faults: { 'lose-response': 1 },
      life: { shares: { answered: 1 } },
      execution: ['concurrency: 2', 'rate: 1/s', 'batch_size: 1'],
    });
    await garage.run('--limit', '2', '--max-duration', '3s');
    const { exit, stdout, stderr } = await garage.callplan('cancel', 'campaign.yaml', '--approve', '2');
    expect(exit).toBe(0);
    expect(stderr).toContain('Intron documents no way');
    expect(stdout).toContain('2  answered');
    expect(garage.world.sent.filter(({ request }) => isIntronPlacing(request))).toHaveLength(2);
  });
});
