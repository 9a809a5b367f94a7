/** A run among other processes: its server goes away, another run starts, a person interrupts it. */
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { expectPromiseKept, tally } from './invariants.ts';
import { testCampaign } from './campaign.ts';
import { isPlacing, provider } from './provider.ts';
import { approved, expectFinished, kill, people, shown, stage, type Stage } from './stage.ts';

async function dialled({ intron }: Stage, count: number): Promise<void> {
  while (intron.dials().length < count) await sleep(10);
}

/** Tests of what other processes and people do. */
export function otherProcesses(): void {
  test('whose server goes away twice and comes back costs nobody a call', async () => {
    const faults = 'list-lag=300ms,lose-response=10%';
    await using scene = await stage({ faults, campaign: { recipients: 60, rate: '20/s', concurrency: 60 } });
    const { intron, campaign } = scene;
    const command = campaign.run(['--apply', '--approve', '60']);
    for (const count of [10, 30]) {
      await dialled(scene, count);
      await intron.down();
      await sleep(800);
      await intron.up();
    }
    expect(shown(await command.finished)).toEqual({ code: 0 });
    expectPromiseKept(intron, campaign.results(), 60);
    expect(tally(intron.dials())).toMatchObject({ people: 60, twice: [] });
  });

  test('waits for a store that another program locks for a while', async () => {
    await using scene = await stage();
    const { intron, campaign } = scene;
    const command = campaign.run(approved);
    await dialled(scene, 1);
    const other = new DatabaseSync(campaign.storePath, { timeout: 5_000 });
    other.exec('BEGIN EXCLUSIVE');
    await sleep(2_000);
    other.close();
    expect(shown(await command.finished)).toEqual({ code: 0 });
    expectPromiseKept(intron, campaign.results(), people);
    expect(intron.dials()).toHaveLength(people);
  });

  describe('beside another on one store', () => {
    test('the second leaves with 6 while the first lives', async () => {
      await using scene = await stage({ campaign: { rate: '1/s', recipients: 20 } });
      const { intron, campaign } = scene;
      const args = ['--apply', '--approve', '20'];
      const first = campaign.run(args);
      await dialled(scene, 1);
      const second = await campaign.run(args).finished;
      expect(second.code).toBe(6);
      expect(second.stderr).toContain(`held by "run", process ${String(first.process.pid)}`);
      expect(shown(await first.finished)).toEqual({ code: 0 });
      expectPromiseKept(intron, campaign.results(), 20);
    });

    test('the second takes over at once where the first is gone', async () => {
      await using scene = await stage();
      const first = scene.campaign.run(approved);
      await dialled(scene, 2);
      await kill(first);
      const second = scene.campaign.run(approved);
      expect(shown(await second.finished)).toEqual({ code: 0 });
      expect(second.stderr()).not.toContain('watching its heartbeat');
      expectPromiseKept(scene.intron, scene.campaign.results(), people);
    });
  });

  test('of another campaign with the same people calls nobody who is on the line', async () => {
    await using intron = await provider({ callMs: 700 });
    const both = { baseUrl: intron.baseUrl, recipients: 12, settle: '1s' };
    await using reminders = await testCampaign(both);
    await using survey = await testCampaign({ ...both, name: 'clinic-survey' });
    const args = ['--apply', '--approve', '12', '--store', reminders.storePath];
    const ran = await Promise.all([reminders.run(args).finished, survey.run(args).finished]);
    expect(ran.map(shown)).toEqual([{ code: 0 }, { code: 0 }]);
    const byPhone = Map.groupBy(intron.dials(), ({ phone }) => phone);
    expect(byPhone.size).toBe(12);
    for (const dials of byPhone.values()) {
      const [first, second] = dials.map(({ atMs }) => atMs);
      expect(dials).toHaveLength(2);
      expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(700);
    }
  });

  describe('that is interrupted', () => {
    test.for([
      ['SIGINT', 130],
      ['SIGTERM', 143],
      ['SIGHUP', 143],
    ] as const)('%s once, a run waits for the answers under way and exits %i', async ([signal, code]) => {
      await using scene = await stage({ faults: 'slow=150ms', campaign: { rate: '5/s', recipients: 8 } });
      const { intron, campaign } = scene;
      const command = campaign.run(['--apply', '--approve', '8']);
      intron.once('before', isPlacing, () => {
        command.kill(signal);
        return undefined;
      });
      expect((await command.finished).code).toBe(code);
      const called = intron.dials().length;
      expect(called).toBeGreaterThan(0);
      expect(called).toBeLessThan(8);
      const states = Map.groupBy(campaign.results(), ({ state }) => state);
      expect(states.get('pending')).toHaveLength(8 - called);
      expect(campaign.results().filter(({ state }) => state === 'accepted' || state === 'done')).toHaveLength(called);
      expect(campaign.manifest().wave.status).toBe('interrupted');
      await expectFinished(scene, { args: ['--approve', '8'], count: 8 });
      expect(intron.dials()).toHaveLength(8);
    });

    test('twice, a run leaves at once', async () => {
      await using scene = await stage();
      const { intron, campaign } = scene;
      const command = campaign.run(approved);
      const held = Promise.withResolvers<undefined>();
      intron.once('after', isPlacing, () => held.promise);
      await dialled(scene, 1);
      command.kill('SIGINT');
      await sleep(300);
      const againMs = performance.now();
      command.kill('SIGINT');
      expect((await command.finished).code).toBe(130);
      expect(performance.now() - againMs).toBeLessThan(2_500);
      held.resolve(undefined);
      expect(campaign.results().map(({ state }) => state)).toContain('intent');
      await expectFinished(scene);
      expect(intron.dials()).toHaveLength(people);
    });
  });
}
