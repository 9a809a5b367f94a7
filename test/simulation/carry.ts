import { exitCode } from '../../src/cli/exit.ts';
import { failureOf } from '../../src/cli/failure.ts';
import { Findings } from '../../src/cli/run/findings-error.ts';
import { performRun } from '../../src/cli/run/perform-run.ts';
import { loadCampaigns } from '../../src/input/load-campaign.ts';
import { openReach } from '../../src/input/reach.ts';
import type { Campaign } from '../../src/model/campaign.ts';
import { findProvider } from '../../src/providers/registry.ts';
import { openSqlite } from '../../src/store/sqlite/open.ts';
import { asked } from './asked.ts';
import { wave } from './campaign-file.ts';
import { commandLine } from './command.ts';
import type { RunPlan } from './episode.ts';
import type { Cap } from './execution-plan.ts';
import type { Process } from './process.ts';
import type { Stage } from './stage.ts';
import { mayVouch } from './vouch.ts';

/** What a process does that runs a campaign, at doors that kill and freeze it; answers its exit code. */
export async function carry(stage: Stage, process: Process, plan: RunPlan): Promise<number> {
  const reach = openReach(process.world);
  const { answering } = plan;
  const terminal = answering === undefined ? process.world.terminal : asked(stage, process, answering);
  const world = { ...process.world, reach, terminal };
  try {
    const campaign = await load(stage, plan.campaign);
    const opened = await openSqlite(stage.store.path, { create: true, random: world.random });
    process.onEnd(() => void opened.close());
    try {
      const { carried } = await performRun(
        {
          campaign,
          store: process.storeOf(opened),
          root: '/clinic',
          apply: true,
          allowDeletes: undefined,
          approved: answering === undefined ? 1_000 : undefined,
          takeOver: stage.store.lostMs !== undefined,
          nobodyCalled: mayVouch(stage, plan.campaign),
          naming: { newAddress: false, renamedFrom: undefined },
          alone: false,
          options: { wait: plan.wait, ...(plan.limit === undefined ? {} : { limit: plan.limit }) },
          follow: () => '',
        },
        world,
        silent,
      );
      if (carried.run.kind === 'refused') stage.says.push(carried.run.why);
      else if ('why' in carried.run.ended) stage.says.push(carried.run.ended.why);
      return exitCode(carried.endings);
    } finally {
      if (!process.isDead) {
        await reach.close();
        await opened.close();
      }
    }
  } catch (error) {
    return process.isDead ? 137 : failed(stage, error);
  }
}

/** The same of a rerun, by the command line: its store is opened in there, so it is killed and frozen at its other doors. */
export async function carryRerun(stage: Stage, process: Process, plan: RunPlan): Promise<number> {
  const manifest = `/clinic/runs/${stage.of(plan.campaign).address}/${wave}/manifest.json`;
  const limit = plan.limit === undefined ? [] : ['--limit', String(plan.limit)];
  const word = plan.nobodyCalled === undefined ? [] : ['--nobody-called', plan.nobodyCalled];
  const how = ['--allow-changes', '--apply', '--approve', '99', ...(plan.wait ? [] : ['--no-wait']), ...limit];
  return commandLine(stage, process, ['rerun', manifest, '--only', plan.rerun ?? '', ...how, ...word]);
}

function failed(stage: Stage, error: unknown): number {
  if (error instanceof Findings) {
    stage.says.push(error.diagnostics.map(({ code }) => code).join(' '));
    return exitCode(['invalid']);
  }
  const failure = failureOf(error, '/clinic');
  if (failure !== undefined) {
    stage.says.push(failure.message);
    return exitCode([failure.ending]);
  }
  stage.witness.broken('no bug shows', error instanceof Error ? (error.stack ?? error.message) : String(error));
  return 1;
}

async function load({ disk, plans, loaded: known, world: { seed } }: Stage, at: number): Promise<Campaign> {
  const world = { files: disk, env: { PROVIDER_API_KEY: 'made-up' }, cwd: '/clinic' };
  const plan = plans[at];
  const path = `/clinic/${plan?.name ?? ''}.campaign.yaml`;
  const text = disk.text(path) ?? '';
  const before = known.get(text);
  if (before !== undefined) return before;
  const loaded = await loadCampaigns({ paths: [path], secrets: 'needed', base: 'refused' }, world, findProvider);
  const [campaign] = loaded.campaigns;
  if (campaign === undefined) {
    throw new Error(`the campaign of world ${String(seed)}: ${JSON.stringify(loaded.diagnostics)}`);
  }
  const capped = withPolicyCaps(campaign, plan?.execution.policyCaps);
  known.set(text, capped);
  return capped;
}

/** No pack that there is has caps: they are given to one as its file would. */
function withPolicyCaps(campaign: Campaign, caps: readonly Cap[] = []): Campaign {
  const { execution } = campaign;
  if (execution.policy === undefined || caps.length === 0) return campaign;
  const perPerson = caps.map((cap) => ({ calls: cap.calls, perMs: cap.minutes * 60_000, in: cap.in }));
  return { ...campaign, execution: { ...execution, policy: { ...execution.policy, perPerson } } };
}

const silent = { say: () => undefined, news: () => undefined, show: () => undefined };
