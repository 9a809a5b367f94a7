/** A wave that is paused and cancelled from another process, on real files and against a slow provider over HTTP. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { happyrobotSandbox } from '../../src/sandbox/happyrobot.ts';
import { testCampaign, type TestCampaign } from '../crash/campaign.ts';
import { tally } from '../crash/invariants.ts';
import { start, type Finished } from '../crash/processes.ts';
import { providerOf, type Provider } from '../crash/provider.ts';

vi.setConfig({ testTimeout: 60_000 });

const people = 40;

const first = ['--apply', '--approve', String(people)];

type Scene = AsyncDisposable & {
  readonly provider: Pick<Provider, 'dials' | 'requests'>;
  readonly campaign: TestCampaign;
  readonly command: (...args: readonly string[]) => Promise<Finished>;
  /** Waits for so many calls. */
  readonly dialled: (count: number) => Promise<void>;
};

async function scene(callMs: number): Promise<Scene> {
  const provider = await providerOf({ open: happyrobotSandbox, basePath: '/api/v1' }, { callMs, wayMs: 300 });
  const campaign = await testCampaign({
    baseUrl: provider.baseUrl,
    recipients: people,
    rate: '4/s',
    blocks: (baseUrl) => `provider: {type: happyrobot, api_key: "\${env.PROVIDER_API_KEY}", base_url: ${baseUrl}}
use_case: {id: 5a4db0000000000000000001}
call: {number_id: 65f2c01e9a4b7d3308e1f6d1, params: {name: "{{name}}"}}`,
  });
  const cwd = campaign.folder;
  return {
    provider,
    campaign,
    command: (name, ...args) => start([name ?? '', 'campaign.yaml', ...args], { cwd }).finished,
    dialled: async (count) => {
      while (provider.dials().length < count) await sleep(20);
    },
    [Symbol.asyncDispose]: async () => {
      await provider[Symbol.asyncDispose]();
      await campaign[Symbol.asyncDispose]();
    },
  };
}

/** How the recipients ended, by state and outcome. */
function endings({ campaign }: Scene): Readonly<Record<string, number>> {
  const grouped = Map.groupBy(campaign.results(), ({ state, reason, outcome }) => outcome ?? reason ?? state);
  return Object.fromEntries([...grouped].map(([ending, members]) => [ending, members.length]));
}

test.concurrent('a run that another process pauses calls nobody else, and goes on once it is resumed', async () => {
  await using it = await scene(1_000);
  const { provider, campaign, command } = it;
  const run = campaign.run(first);
  await it.dialled(3);
  expect(await command('pause')).toMatchObject({ code: 0 });
  expect(await run.finished).toMatchObject({ code: 9 });
  const placed = provider.dials().length;
  expect(placed).toBeLessThan(people);
  expect(campaign.manifest().wave.status).toBe('paused');
  expect(await command('run')).toMatchObject({ code: 9 });
  expect(provider.dials()).toHaveLength(placed);
  expect(await command('resume')).toMatchObject({ code: 0 });
  expect(await command('run', '--approve', String(people))).toMatchObject({ code: 0 });
  expect(tally(provider.dials())).toEqual({ dials: people, people, twice: [] });
});

test.concurrent('a run that is killed while its wave is paused leaves nobody behind, and nobody is called twice', async () => {
  await using it = await scene(1_000);
  const { provider, campaign, command } = it;
  const run = campaign.run(first);
  await it.dialled(3);
  await command('pause');
  run.kill('SIGKILL');
  await run.finished;
  await sleep(700);
  const placed = provider.dials().length;
  expect(await command('run')).toMatchObject({ code: 9 });
  expect(provider.dials()).toHaveLength(placed);
  expect(Object.keys(endings(it)).filter((ending) => ending !== 'new' && ending !== 'voided')).toEqual(
    expect.not.arrayContaining(['accepted', 'in_doubt', 'intent', 'unresolved']),
  );
  await command('resume');
  expect(await command('run', '--approve', String(people))).toMatchObject({ code: 0 });
  expect(tally(provider.dials())).toEqual({ dials: people, people, twice: [] });
});

test.concurrent('a run that another process cancels has its calls ended, and is over', async () => {
  await using it = await scene(60_000);
  const { provider, campaign, command } = it;
  const run = campaign.run(first);
  await it.dialled(3);
  expect(await command('cancel', '--approve', String(people))).toMatchObject({ code: 0 });
  expect(await run.finished).toMatchObject({ code: 9 });
  const placed = provider.dials().length;
  expect(placed).toBeLessThan(people);
  expect(provider.requests().filter((request) => request.endsWith('/stop'))).toHaveLength(placed);
  expect(endings(it)).toEqual({ cancelled: people });
  expect(campaign.manifest().wave.status).toBe('cancelled');
  expect(await command('cancel')).toMatchObject({ code: 0 });
  expect(await command('resume')).toMatchObject({ code: 5 });
  expect(await command('run')).toMatchObject({ code: 9 });
  expect(provider.dials()).toHaveLength(placed);
});
