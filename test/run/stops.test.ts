/** What stops a wave while its calls end: canary, breaker, budget, and a provider that takes no more calls at once. */
import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { openGarage, firstWave, isPlacing, type Garage } from './garage.ts';

const allFail = { shares: { failed: 1 } } as const;
const allAnswer = { shares: { answered: 1 }, talkMs: [60_000, 60_000] } as const;
const quick = ['concurrency: 50', 'rate: 50/s', 'batch_size: 1'];

async function stateOf(garage: Garage): Promise<Record<string, unknown>> {
  const { stdout } = await garage.callplan('status', 'campaign.yaml', '--format', 'json');
  return Object(JSON.parse(stdout)).campaigns[0].progress;
}

describe('a canary', () => {
  const canary = 'canary: {calls: 4, stop_when: {failed: 50%}}';

  test('lets its calls through, waits for their ends, and stops the wave', async () => {
    await using garage = await openGarage({ people: 20, life: allFail, execution: [...quick, canary] });
    const { exit, stdout, stderr } = await garage.run();
    expect(exit).toBe(9);
    expect(garage.dials()).toHaveLength(4);
    expect(stderr).toContain("0 of the canary's 4 calls ended");
    expect(stderr).toContain('nobody else is called');
    expect(stdout).toContain("2 of the canary's 4 calls failed; the wave stops at");
    expect(stdout).toContain('let the wave go on, with a new canary');
    expect(await stateOf(garage)).toMatchObject({ tripped: { kind: 'canary', calls: [{ outcome: 'failed' }, {}] } });
  });

  test('keeps the wave stopped for later runs, and begins anew when it is resumed', async () => {
    await using garage = await openGarage({ people: 20, life: allFail, execution: [...quick, canary] });
    await garage.run();
    expect((await garage.run()).exit).toBe(9);
    expect(garage.dials()).toHaveLength(4);
    expect((await garage.callplan('resume', 'campaign.yaml')).exit).toBe(0);
    expect((await garage.run()).exit).toBe(9);
    expect(garage.dials()).toHaveLength(8);
    expect(JSON.parse(await garage.written(firstWave, 'manifest.json'))).toMatchObject({
      wave: { status: 'tripped', limits: { canary: { calls: 4, stop_when: { failed: 50 } } } },
      record: { tripped: { kind: 'canary', calls: [{ n: 1, outcome: 'failed' }, {}] } },
    });
  });

  test('lets everybody through once it ended well, never more than its calls before', async () => {
    let mostBefore = 0;
    let ended = 0;
    await using garage = await openGarage({
      people: 20,
      life: allAnswer,
      execution: [...quick, canary],
      between: (http, garageNow) => async (request, signal) => {
        const answer = await http(request, signal);
        if (isPlacing(request) && ended === 0) mostBefore = garageNow().dials().length;
        if (answer.kind === 'answered' && answer.body.includes('COMPLETED')) ended += 1;
        return answer;
      },
    });
    expect((await garage.run()).exit).toBe(0);
    expect(mostBefore).toBe(4);
    expect(garage.dials()).toHaveLength(20);
  });

  test('of a run that was killed goes on, and is not given its calls again', async () => {
    await using garage = await openGarage({ people: 20, life: allFail, execution: [...quick, canary] });
    expect((await garage.run('--max-duration', '1s')).exit).toBe(10);
    expect(garage.dials()).toHaveLength(4);
    expect((await garage.run()).exit).toBe(9);
    expect(garage.dials()).toHaveLength(4);
  });

  test('that is taken out of the file while its calls are under way and put back later waits for none of them', async () => {
    await using garage = await openGarage({ people: 20, life: allAnswer, execution: [...quick, canary] });
    await garage.run('--max-duration', '1s');
    await garage.execute(quick);
    await garage.run('--limit', '1');
    await garage.execute([...quick, canary]);
    expect((await garage.run('--max-duration', '1h')).exit).toBe(0);
    expect(garage.dials()).toHaveLength(20);
  });

  test('is not said to go on when the run would be over', async () => {
    await using garage = await openGarage({ people: 20, life: allAnswer, execution: [...quick, canary] });
    const { stderr } = await garage.run('--max-duration', '3h');
    expect(stderr).toContain("of the canary's 4 calls ended");
    expect(stderr).not.toContain('next in 3 h');
  });

  test('with more calls than there are people ends with them', async () => {
    await using garage = await openGarage({ people: 3, life: allAnswer, execution: [...quick, canary] });
    expect((await garage.run()).exit).toBe(0);
    expect(garage.dials()).toHaveLength(3);
  });
});

describe('a breaker', () => {
  test('stops the wave once so many of the last calls ended badly', async () => {
    const execution = ['concurrency: 5', 'rate: 50/s', 'batch_size: 1', 'stop_when: {no_answer: 30%, of_last: 20}'];
    await using garage = await openGarage({ people: 60, life: { shares: { no_answer: 1 } }, execution });
    const { exit, stdout } = await garage.run();
    expect(exit).toBe(9);
    expect(stdout).toContain('6 of the last 20 calls were not answered; the wave stops at');
    expect(stdout).toMatch(/GR-\d\d {2}no answer/);
    expect(garage.dials().length).toBeGreaterThanOrEqual(6);
    expect(garage.dials().length).toBeLessThanOrEqual(6 + 5);
  });

  test('that the file makes stricter stops the wave before anybody else is called', async () => {
    const stopAt = (share: string) => [...quick, `stop_when: {no_answer: ${share}, of_last: 20}`];
    await using garage = await openGarage({ people: 60, life: { shares: { no_answer: 1 } }, execution: stopAt('80%') });
    await garage.run('--limit', '10');
    await garage.execute(stopAt('30%'));
    expect((await garage.run()).exit).toBe(9);
    expect((await garage.run()).exit).toBe(9);
    expect(garage.dials()).toHaveLength(10);
  });

  test('forgets what it saw when the wave is resumed', async () => {
    const execution = ['concurrency: 1', 'rate: 50/s', 'batch_size: 1', 'stop_when: {no_answer: 30%, of_last: 10}'];
    await using garage = await openGarage({ people: 60, life: { shares: { no_answer: 1 } }, execution });
    await garage.run();
    expect(garage.dials()).toHaveLength(3);
    await garage.callplan('resume', 'campaign.yaml');
    await garage.run();
    expect(garage.dials()).toHaveLength(6);
  });
});

describe('a budget', () => {
  test('of calls is never passed', async () => {
    await using garage = await openGarage({ people: 20, life: allAnswer, execution: [...quick, 'budget: {calls: 7}'] });
    const { exit, stdout } = await garage.run();
    expect(exit).toBe(9);
    expect(garage.dials()).toHaveLength(7);
    expect(stdout).toContain('one more call may not fit into the budget of 7 calls');
    expect(stdout).toContain('raise execution.budget');
  });

  test('of minutes reserves the longest call, and gives back what was not talked', async () => {
    const execution = [...quick, 'max_call: 10m', 'budget: {minutes: 30}'];
    await using garage = await openGarage({ people: 60, life: allAnswer, execution });
    const { exit, stderr } = await garage.run();
    expect(exit).toBe(9);
    expect(stderr.replaceAll(/\s+/g, ' ')).toContain('the budget of 30 minutes has no room for one more call');
    // 20 minutes talked and 10 reserved for one more fit, 21 and 10 do not.
    expect(garage.dials()).toHaveLength(21);
    const { stdout } = await garage.callplan('run', 'campaign.yaml', '--format', 'json');
    expect(JSON.parse(stdout)).toMatchObject({ exit_code: 9, tripped: { kind: 'budget', calls: [] } });
  });

  test('of cost takes the price where the provider reports none', async () => {
    const execution = [...quick, 'max_call: 1m', 'price: 0.50 USD/min', 'budget: {cost: 5 USD}'];
    await using garage = await openGarage({ people: 60, life: allAnswer, execution });
    const { exit, stdout } = await garage.run();
    expect([exit, garage.dials().length]).toEqual([9, 10]);
    expect(stdout).toContain('budget of 5 USD');
  });

  test('that is raised goes on once the wave is resumed, not before', async () => {
    await using garage = await openGarage({ people: 9, life: allAnswer, execution: [...quick, 'budget: {calls: 4}'] });
    await garage.run();
    await garage.execute([...quick, 'budget: {calls: 20}']);
    expect((await garage.run()).exit).toBe(9);
    await garage.callplan('resume', 'campaign.yaml');
    expect((await garage.run()).exit).toBe(0);
    expect(garage.dials()).toHaveLength(9);
  });

  test('that is spent stops nobody who is not to be called anyway', async () => {
    const execution = ['concurrency: 10', 'rate: 1/h', 'budget: {calls: 2}'];
    await using garage = await openGarage({ people: 3, life: allAnswer, execution });
    await garage.callplan('suppress', 'add', '+2348031234002', '--because', 'asked us to');
    expect((await garage.run()).exit).toBe(0);
    // The pace leaves room for a call only in an hour.
    expect((await garage.run()).exit).toBe(0);
    expect(garage.dials()).toHaveLength(2);
  });

  test('counts what an earlier run used up, and the calls it left in doubt', async () => {
    const execution = [...quick, 'budget: {calls: 6}'];
    await using garage = await openGarage({
      people: 20,
      life: allAnswer,
      faults: { 'lose-response': 0.5 },
      execution,
    });
    await garage.run('--max-duration', '1s');
    await garage.run();
    expect(garage.dials()).toHaveLength(6);
  });
});

describe('resume', () => {
  test('that waits for a run to end keeps what its last call used up', async () => {
    let resuming: Promise<number> | undefined;
    await using garage = await openGarage({
      people: 4,
      execution: [...quick, 'max_call: 10m', 'budget: {minutes: 20}', 'canary: {calls: 2, stop_when: {failed: 50%}}'],
      life: { ...allAnswer, numbers: { '+2348031234000': 'failed' } },
      between: (http, garageNow) => async (request, signal) => {
        const answer = await http(request, signal);
        if (resuming === undefined && answer.kind === 'answered' && answer.body.includes('COMPLETED')) {
          const { world } = garageNow();
          const host = { ...world.host, pid: world.host.pid + 1, mayBeAlive: () => true };
          resuming = main(['resume', 'campaign.yaml'], { ...world, host });
          while (!world.terminal.stderrText().includes('watching its heartbeat')) await setImmediate();
          return http(request, signal);
        }
        return answer;
      },
    });
    expect((await garage.run()).exit).toBe(9);
    expect(await resuming).toBe(0);
    await garage.run();
    expect(garage.dials()).toHaveLength(4);
  });
});

describe('a provider that takes only so many calls at once', () => {
  test('is asked again as soon as one of them ended, and nobody is lost', async () => {
    let tooMany = 0;
    await using garage = await openGarage({
      people: 30,
      life: allAnswer,
      faults: { 'calls-at-once': 5 },
      execution: quick,
      between: (http) => async (request, signal) => {
        const answer = await http(request, signal);
        if (answer.kind === 'answered' && answer.status === 429) tooMany += 1;
        return answer;
      },
    });
    expect((await garage.run()).exit).toBe(0);
    expect(new Set(garage.dials()).size).toBe(30);
    // All but five of the first moment, then one more for each minute.
    expect(tooMany).toBeLessThan(30 + 15);
  });

  test('says so while it goes', async () => {
    await using garage = await openGarage({
      people: 12,
      life: allAnswer,
      faults: { 'calls-at-once': 2 },
      execution: quick,
    });
    expect((await garage.run()).stderr).toMatch(/the provider takes \d+ calls at once/);
  });

  test.each([1, 3])(
    'and asks to wait for more than an hour, %i calls into the wave, is not waited for',
    async (first) => {
      let asked = 0;
      await using garage = await openGarage({
        people: 3,
        execution: ['concurrency: 1', 'batch_size: 1'],
        life: { shares: { answered: 1 }, talkMs: [60_000, 60_000] },
        between: (http) => (request, signal) => {
          if (!isPlacing(request)) return http(request, signal);
          asked += 1;
          if (asked < first) return http(request, signal);
          const headers = { 'retry-after': '4000' };
          return Promise.resolve({ kind: 'answered', status: 429, headers, body: '{"message":"no capacity"}' });
        },
      });
      const { exit, stdout } = await garage.run();
      expect([exit, asked]).toEqual([10, first]);
      expect(stdout).toContain('the provider asks to wait for more than an hour');
    },
  );

  test('is waited for where the calls are not ours', async () => {
    await using garage = await openGarage({
      people: 3,
      execution: quick,
      between: (http) => (request, signal) =>
        isPlacing(request)
          ? Promise.resolve({
              kind: 'answered',
              status: 429,
              headers: {},
              body: '{"message":"too many concurrent calls"}',
            })
          : http(request, signal),
    });
    const { exit, stdout } = await garage.run();
    expect([exit, garage.dials()]).toEqual([10, []]);
    expect(stdout).toContain('the provider accepted nothing for 15 minutes');
  });
});
