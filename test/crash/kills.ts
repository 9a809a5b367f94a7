/**
 * The promise of a run under SIGKILL: the command, as a process, against a sandbox that loses answers, fails after
 * placing and lists late, is killed at random (seeded) instants and started again. By the sandbox's own log nobody is
 * dialled twice; in the end everybody has a final state. Then the store is lost, and replaced by an older copy.
 */
import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { World } from '../../src/ports.ts';
import { sandboxes, type SandboxOptions } from '../../src/sandbox/registry.ts';
import { seededRandom } from '../../src/sandbox/seeded-random.ts';
import { testCampaign, type CampaignOptions, type TestCampaign } from './campaign.ts';
import { expectPromiseKept, tally } from './invariants.ts';
import { otherStories } from './others.ts';
import { keys } from './processes.ts';
import { providerOf, type Provider } from './provider.ts';
import { shown } from './stage.ts';

/** All kills of this file; `npm run crash` asks for 100. */
const kills = Number(process.env['CALLPLAN_KILLS'] ?? 10);

type Story = Pick<CampaignOptions, 'type' | 'batchSize' | 'execution' | 'blocks'> & {
  readonly about: string;
  /** Whose sandbox it is. @default Intron's */
  readonly provider?: string;
  readonly resource?: NonNullable<SandboxOptions['resource']>;
  readonly faults: string;
};

const retries = ['  attempts: {max: 2, retry: {no_answer: [1s], busy: [1s]}}'];

const stories: readonly Story[] = [
  {
    about: 'single robocalls',
    type: 'ROBOCALL',
    batchSize: 1,
    faults: 'lose-response=10%,fail-after-placing=10%,fail-before-placing=3%,list-lag=300ms,throttle=2%',
  },
  {
    about: 'conversations in batches, with retries',
    type: 'CONVERSATION',
    batchSize: 5,
    execution: retries,
    faults: 'lose-response=10%,fail-after-placing=10%,cut-body=2%,list-lag=300ms,throttle-no-header=2%',
  },
  {
    about: 'robocalls in batches, echoed in requests only',
    type: 'ROBOCALL',
    batchSize: 5,
    faults: 'lose-response=10%,fail-after-placing=10%,echo-requests-only,list-lag=300ms,page-cap=40',
  },
  {
    about: 'single conversations, with retries',
    type: 'CONVERSATION',
    batchSize: 1,
    execution: retries,
    faults: 'lose-response=5%,fail-after-placing=5%,fail-before-placing=15%,slow=50ms,list-lag=300ms',
  },
];

/** A few kills are not spread over all. */
const told = kills < 40 ? stories.slice(0, 2) : stories;

/** How many kills a story gets, and what follows from it. */
type Plan = {
  readonly share: number;
  /** Kills before the store is lost. */
  readonly early: number;
  /** Enough that each of the early kills finds calls to be made. */
  readonly people: number;
};

function planOf(share: number): Plan {
  const early = share - 2 * Math.floor(share * 0.2);
  return { share, early, people: 40 + 30 * early };
}

type Stage = Plan & {
  readonly campaign: TestCampaign;
  readonly provider: Provider<unknown>;
  readonly next: () => number;
  /** Kills so far, and those that left an intent of which the ledger does not know whether it was sent. */
  readonly counted: { kills: number; midway: number };
};

/** Tests of kills at random instants: Intron's share them, each other provider gets half as many. */
export function randomKills(): void {
  for (const [index, story] of told.entries()) tell(story, index + 1, planOf(Math.round(kills / told.length)));
  for (const [index, story] of otherStories.entries()) tell(story, index + 1, planOf(Math.round(kills / 2)));
}

function tell(story: Story, seed: number, plan: Plan): void {
  const timeout = 120_000 + plan.share * 20_000;
  test(`of ${story.about} calls nobody twice and loses nobody`, { timeout }, async () => {
    const kind = sandboxes[story.provider ?? 'intron'];
    if (kind === undefined) throw new Error(`no sandbox of ${String(story.provider)}`);
    const { faults, resource } = story;
    await using provider = await providerOf(kind, {
      seed,
      faults,
      wayMs: 60,
      ...(resource === undefined ? {} : { resource }),
    });
    await using campaign = await testCampaign({
      ...story,
      baseUrl: provider.baseUrl,
      recipients: plan.people,
      concurrency: 200,
      settle: '1s',
    });
    const stage = { ...plan, campaign, provider, next: seededRandom(seed).next, counted: { kills: 0, midway: 0 } };
    await runThrough(stage);
    measure(story, stage);
  });
}

async function runThrough(stage: Stage): Promise<void> {
  const { campaign, provider, people, share, early } = stage;
  const args = ['--apply', '--approve', String(people + 20)];
  const takeOver = [...args, '--take-over'];

  await killed(stage, { args, count: early, copyAfter: Math.ceil(early / 2), among: 'calls' });
  expect(shown(await campaign.run(args).finished)).toEqual({ code: 0 });
  expectPromiseKept(provider, campaign.results(), people);
  await expectQuiet(stage, []);

  await campaign.list(people + 20);
  expect(shown(await campaign.run(args).finished)).toEqual({ code: 0 });
  expect(tally(provider.dials()).people).toBe(people + 20);
  await campaign.list(people + 20, 'booking');
  await expectQuiet(stage, []);
  await expectQuiet(stage, ['--store', campaign.storePath], { env: { ...keys, CI: 'true' } });

  const dials = provider.dials().length;
  for (const { copy, again } of [
    { copy: 'older.db', again: args },
    { copy: undefined, again: takeOver },
  ]) {
    campaign.restore(copy);
    await killed(stage, { args: again, count: Math.floor(share * 0.2) });
    expect(shown(await campaign.run(again).finished)).toEqual({ code: 0 });
    expectPromiseKept(provider, campaign.results(), people + 20);
    expect(provider.dials().length).toBe(dials);
  }
}

/** Starts the command and kills it, again and again; on the way a copy of the store is put aside. */
async function killed(
  stage: Stage,
  options: {
    readonly args: readonly string[];
    readonly count: number;
    readonly copyAfter?: number;
    /** Every other time only once calls are placed: some runs have to wait before. */
    readonly among?: 'calls';
  },
): Promise<void> {
  const { campaign, counted } = stage;
  for (let kill = 1; kill <= options.count; kill += 1) {
    const command = campaign.run(options.args);
    const isAmongCalls = options.among === 'calls' && kill % 2 === 0;
    await Promise.race([instant(stage, isAmongCalls), command.finished]);
    command.kill('SIGKILL');
    const { code } = await command.finished;
    if (code === undefined) counted.kills += 1;
    if (campaign.intents() > 0) counted.midway += 1;
    if (kill === options.copyAfter) campaign.backUp('older.db');
  }
}

/** A random one, counted from the command's first request or call: how long it takes to start depends on the machine. */
async function instant({ provider, next }: Stage, isAmongCalls: boolean): Promise<void> {
  const seen = (): number => (isAmongCalls ? provider.dials() : provider.requests()).length;
  const before = seen();
  while (seen() === before) await sleep(5);
  await sleep(next() * 1_600);
}

/** One more run of the same list finds nothing to do. */
async function expectQuiet(
  { campaign, provider }: Stage,
  args: readonly string[],
  world: Partial<World> = {},
): Promise<void> {
  const before = provider.dials().length;
  expect(shown(await campaign.runHere(args, world))).toEqual({ code: 0 });
  expect(provider.dials().length).toBe(before);
}

/** For the record, where somebody wants one. */
function measure({ about }: Story, { provider, counted }: Stage): void {
  const path = process.env['CALLPLAN_CRASH_REPORT'];
  if (path === undefined) return;
  const { twice, ...rest } = tally(provider.dials());
  appendFileSync(path, `${JSON.stringify({ about, ...counted, ...rest, twice: twice.length })}\n`);
}
