/** How the loop that carries a wave waits, stops and ends. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import type { Manifest } from '../../src/ledger/manifest.ts';
import { sha256 } from '../../src/model/digest.ts';
import { Flow } from '../../src/run/flow.ts';
import { openSqlite } from '../../src/store/sqlite/open.ts';
import { firstWave, isPlacing, openGarage, type Garage } from './garage.ts';

describe('a run that is told to stop', () => {
  test('waits for requests under way without spinning, though polls are due', async () => {
    await using garage = await openGarage({
      people: 40,
      faults: { slow: 9_000 },
      execution: ['concurrency: 10', 'rate: 1/s', 'follow_up: {every: 1s, for: 2h}'],
    });
    const { exit } = await garage.run('--max-duration', '150s');
    expect(exit).toBe(10);
  });

  test('says how many it dialled, those of its last second as well', async () => {
    let placed = 0;
    await using garage = await openGarage({
      people: 4,
      between: (http, garageNow) => (request, signal) => {
        if (isPlacing(request) && ++placed === 3) garageNow().world.interrupt('SIGINT');
        return http(request, signal);
      },
    });
    const { exit, stdout } = await garage.run();
    expect(exit).toBe(130);
    expect(garage.dials()).toHaveLength(3);
    expect(stdout).toContain('3 called for the first time in this run');
    expect(JSON.parse(await garage.written(firstWave, 'manifest.json'))).toMatchObject({
      wave: { status: 'interrupted' },
    });
  });
});

describe('a run that breaks', () => {
  test('begins none of the polls that were waiting', async () => {
    let polls = 0;
    await using garage = await openGarage({
      people: 40,
      execution: ['concurrency: 40', 'rate: 40/s', 'batch_size: 2', 'follow_up: {every: 1m, for: 2h}'],
      between: (http, garageNow) => async (request, signal) => {
        if (!request.url.includes('batch_id=')) return http(request, signal);
        polls += 1;
        const isFirst = polls === 1;
        await garageNow().world.clock.sleep(isFirst ? 1_000 : 2_000, signal);
        if (isFirst) throw new Error('out of memory');
        return http(request, signal);
      },
    });
    await garage.run('--max-duration', '10s');
    expect((await garage.run()).exit).toBe(1);
    const begun = polls;
    await garage.world.clock.sleep(60_000);
    expect(polls).toBe(begun);
  });
});

describe('a run one of whose polls hangs', () => {
  test('asks for its other calls when they are due', async () => {
    const asked: number[] = [];
    await using garage = await openGarage({
      people: 2,
      execution: ['concurrency: 2', 'rate: 3/m', 'follow_up: {every: 15s, for: 2h}'],
      life: { shares: { answered: 1 } },
      between: (http, garageNow) => async (request, signal) => {
        if (!request.url.includes('batch_id=')) return http(request, signal);
        const { clock } = garageNow().world;
        asked.push(clock.monotonic());
        if (asked.length === 1) await clock.sleep(60_000, signal);
        return http(request, signal);
      },
    });
    expect((await garage.run()).exit).toBe(0);
    // Called 20 s after the first, so due 20 s after it.
    expect((asked[1] ?? 0) - (asked[0] ?? 0)).toBeLessThan(25_000);
  });
});

describe('a run whose listing of earlier calls fails', () => {
  test('says so in the manifest, and calls nobody', async () => {
    await using garage = await openGarage({
      people: 4,
      between: (http) => (request, signal) =>
        request.url.includes('/requests')
          ? Promise.resolve({ kind: 'answered', status: 500, headers: {}, body: '{}' })
          : http(request, signal),
    });
    expect((await garage.run()).exit).toBe(8);
    expect(garage.dials()).toEqual([]);
    expect(JSON.parse(await garage.written(firstWave, 'manifest.json'))).toMatchObject({
      wave: { status: 'stopped' },
      record: { runs: [{ exit_code: 8 }] },
    });
  });

  test('because the person left at once was interrupted', async () => {
    await using garage = await openGarage({
      people: 4,
      between: (http, garageNow) => (request, signal) => {
        if (!request.url.includes('/requests')) return http(request, signal);
        garageNow().world.interrupt('SIGTERM');
        garageNow().world.interrupt('SIGTERM');
        return Promise.resolve({ kind: 'unanswered', cause: signal.reason });
      },
    });
    expect((await garage.run()).exit).toBe(143);
    expect(JSON.parse(await garage.written(firstWave, 'manifest.json'))).toMatchObject({
      wave: { status: 'interrupted' },
      record: { runs: [{ exit_code: 143 }] },
    });
  });
});

describe('a call that was over long before it is asked for again', () => {
  test('keeps its outcome, though the first polls fail', async () => {
    let isDown = false;
    await using garage = await openGarage({
      people: 1,
      life: { shares: { answered: 1 } },
      between: (http, garageNow) => async (request, signal) => {
        if (isDown && request.url.includes('batch_id='))
          return { kind: 'answered', status: 503, headers: {}, body: '' };
        const exchange = await http(request, signal);
        if (isPlacing(request)) garageNow().world.interrupt('SIGINT');
        return exchange;
      },
    });
    expect((await garage.run()).exit).toBe(130);
    await garage.world.clock.sleep(9 * 3_600_000);
    isDown = true;
    void garage.world.clock.sleep(120_000).then(() => (isDown = false));
    const { exit } = await garage.run();
    expect(exit).toBe(0);
    expect(JSON.parse(await garage.written(firstWave, 'results.jsonl'))).toMatchObject({ outcome: 'answered' });
  });
});

async function manifestOf(garage: Garage): Promise<Manifest> {
  return JSON.parse(await garage.written(firstWave, 'manifest.json')) as Manifest;
}

describe('a new wave', () => {
  test('follows what a run of the wave before left open, and then calls those people', async () => {
    let placed = 0;
    await using garage = await openGarage({
      people: 4,
      faults: { 'lose-response': 0.5 },
      between: (http, garageNow) => (request, signal) => {
        if (isPlacing(request) && ++placed === 4) garageNow().world.interrupt('SIGINT');
        return http(request, signal);
      },
    });
    expect((await garage.run()).exit).toBe(130);
    const before = await manifestOf(garage);
    expect(before).toMatchObject({ wave: { status: 'interrupted' }, record: { runs: [{ exit_code: 130 }] } });
    await garage.nameWave('2026-12');
    const { exit, stderr } = await garage.run('--max-duration', '3h');
    expect(stderr).toContain('4 calls of wave 2026-11');
    expect(exit).toBe(0);
    const after = await manifestOf(garage);
    expect(after.wave).toMatchObject({ status: 'complete', counts: { recipients: 4, states: { done: 4 } } });
    expect(after.wave.digests).toEqual(before.wave.digests);
    const results = await garage.written(firstWave, 'results.jsonl');
    expect(after.record.results_sha256).toBe(sha256(results));
    expect(results.match(/"state":"done","outcome"/g)).toHaveLength(4);
    expect(new Set(garage.dials()).size).toBe(8);
    expect(garage.dials()).toHaveLength(8);
  });
});

describe('a wave before, whose doubts are settled beside a new one', () => {
  test('has nobody called, though the clock that its calls were intended by ran ahead', async () => {
    let isFirst = true;
    await using garage = await openGarage({
      people: 4,
      between: (http, garageNow) => (request, signal) => {
        if (!isPlacing(request) || !isFirst) return http(request, signal);
        isFirst = false;
        garageNow().world.interrupt('SIGINT');
        return Promise.resolve({ kind: 'answered', status: 503, headers: {}, body: '{}' });
      },
    });
    expect((await garage.run()).exit).toBe(130);
    const store = new DatabaseSync(join(garage.world.cwd, '.callplan/callplan.db'));
    store.exec('UPDATE attempt SET intent_ms = intent_ms + 3600000');
    store.close();
    await garage.nameWave('2026-12');
    expect((await garage.run('--max-duration', '3h')).exit).toBe(0);
    expect(garage.dials()).toHaveLength(4);
    expect(new Set(garage.dials()).size).toBe(4);
  });
});

describe('another campaign with the same people', () => {
  test('ends where it would wait for calls that nobody follows, and says whose', async () => {
    let placed = 0;
    await using garage = await openGarage({
      people: 4,
      between: (http, garageNow) => (request, signal) => {
        if (isPlacing(request) && ++placed === 2) garageNow().world.interrupt('SIGINT');
        return http(request, signal);
      },
    });
    expect((await garage.run()).exit).toBe(130);
    const other = await garage.open('tyre-change');
    const ran = await garage.callplan('run', other, '--apply', '--approve', '4');
    expect(ran.exit).toBe(10);
    expect(ran.stdout).toContain('garage-recall/default');
    expect(garage.dials()).toHaveLength(4);
    expect((await garage.run()).exit).toBe(0);
    expect((await garage.callplan('run', other, '--approve', '2')).exit).toBe(0);
    expect(garage.dials()).toHaveLength(8);
  });

  test('watches the heartbeat of a process on another host that would have to follow them', async () => {
    let placed = 0;
    await using garage = await openGarage({
      people: 2,
      between: (http, garageNow) => (request, signal) => {
        if (isPlacing(request) && ++placed === 2) garageNow().world.interrupt('SIGINT');
        return http(request, signal);
      },
    });
    expect((await garage.run()).exit).toBe(130);
    const { clock, cwd } = garage.world;
    const store = await openSqlite(join(cwd, '.callplan/callplan.db'), { ...garage.world, create: false });
    const elsewhere = { hostname: 'branch-office', pid: 7, started: 'monday', command: 'run' };
    const lease = await store.acquire('garage-recall/default', elsewhere, clock.now());
    if (lease.kind !== 'held') throw new Error('held by somebody else');
    const beganMs = clock.now();
    void (async () => {
      for (let beats = 0; beats < 6; beats += 1) {
        await clock.sleep(5_000);
        await store.beat('garage-recall/default', lease.fence, clock.now());
      }
    })();
    const other = await garage.open('tyre-change');
    const ran = await garage.callplan('run', other, '--apply', '--approve', '4', '--max-duration', '10m');
    expect(ran.exit).toBe(10);
    expect(ran.stdout).toContain('garage-recall/default');
    expect(clock.now() - beganMs).toBeGreaterThanOrEqual(45_000);
    expect(clock.now() - beganMs).toBeLessThan(60_000);
    await store.close();
  });
});

describe('the sleep at the end of a turn', () => {
  const pace = { calls: 1, sliceMs: 1_000 };

  test('does not begin where something came while the turn went on', () => {
    const flow = new Flow(0, { calls: pace, requests: pace });
    flow.beginTurn();
    flow.wake();
    expect(flow.sleepSignal().aborted).toBe(true);
    flow.beginTurn();
    expect(flow.sleepSignal().aborted).toBe(false);
  });
});
