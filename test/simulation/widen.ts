/** What was drawn for some worlds later on; the others stay as they were. */
import { drawCampaign, type Shared } from './draw-campaign.ts';
import { drawCap, drawRules } from './draw-rules.ts';
import type { Draw } from './draw.ts';
import { drawRun, drawStrokes, type Edit, type Episode, type RunPlan, type Spoilt } from './episode.ts';
import { mayBeGoverned } from './hours.ts';
import { people, type CampaignPlan, type Row, type SimulatedWorld } from './world.ts';

export function widened(draw: Draw, world: SimulatedWorld, settleS: number): SimulatedWorld {
  const crowded = draw.chance(0.5) ? withMoreCampaigns(draw, world, settleS) : world;
  const capped = {
    ...crowded,
    campaigns: withSharedCaps(
      draw,
      crowded.campaigns.map((one) => governed(draw, one)),
    ),
  };
  const timed = { ...capped, campaigns: capped.campaigns.map((one) => remote(draw, scheduled(draw, one, world))) };
  return {
    ...timed,
    episodes: timed.episodes.map((one, at) => withTroubles(draw, one, { world: timed, isLater: at > 0 })),
  };
}

const moreNames = ['parcel-notices', 'survey-calls'] as const;

/** A third and a fourth campaign of the store, where it has two; their runs come beside the others. */
function withMoreCampaigns(draw: Draw, world: SimulatedWorld, settleS: number): SimulatedWorld {
  const [first, second] = world.campaigns;
  if (first === undefined || second === undefined) return world;
  const zones: Shared['zones'] = [first.rows[0]?.zone ?? 'UTC', ...first.rows.map(({ zone }) => zone)];
  const shared = { draw, startMs: world.startMs, zones, hours: first.execution.hours, settleS };
  const more = moreNames.slice(0, draw.pick(1, 2)).map((name) => drawCampaign(name, draw.size(1, 4), shared));
  const numbers = more.map((_, at) => world.campaigns.length + at);
  const episodes = world.episodes.map((episode): Episode => {
    const runs = numbers.flatMap((at) => (draw.chance(0.6) ? [drawRun(draw, at, draw.pick(0, 300, 15_000))] : []));
    return { ...episode, runs: [...episode.runs, ...runs] };
  });
  return { ...world, campaigns: [...world.campaigns, ...more], episodes };
}

/** One cap for all campaigns, whose lists have people in common. */
function withSharedCaps(draw: Draw, campaigns: readonly CampaignPlan[]): readonly CampaignPlan[] {
  if (campaigns.length < 2 || !draw.chance(0.3)) return campaigns;
  const cap = { ...drawCap(draw), in: 'store' } as const;
  return campaigns.map((plan) => ({
    ...plan,
    execution: { ...plan.execution, caps: [cap, ...plan.execution.caps] },
  }));
}

/** Its list of suppressed numbers lies behind an address. */
function remote(draw: Draw, plan: CampaignPlan): CampaignPlan {
  return draw.chance(0.1) ? { ...plan, isListRemote: true } : plan;
}

/** A policy that caps calls, too. */
function governed(draw: Draw, plan: CampaignPlan): CampaignPlan {
  const { execution } = plan;
  if (!draw.chance(0.08) || execution.anotherTime !== undefined || !mayBeGoverned(execution.hours)) return plan;
  const policyCaps = Array.from({ length: draw.pick(1, 1, 2) }, () => drawCap(draw));
  return { ...plan, execution: { ...execution, policy: 'us-federal@1', policyCaps } };
}

/** Some are to be called at a time of their own. */
function scheduled(draw: Draw, plan: CampaignPlan, { provider, startMs }: SimulatedWorld): CampaignPlan {
  if (provider.name !== 'happyrobot' || !draw.chance(0.6)) return plan;
  const rows = plan.rows.map((row): Row => {
    const scheduledMs = draw.maybe(0.6, () => startMs + draw.whole(-3, 15) * 60_000);
    return scheduledMs === undefined ? row : { ...row, scheduledMs };
  });
  return { ...plan, rows };
}

type About = { readonly world: SimulatedWorld; readonly isLater: boolean };

/** Rules that change, lists that cannot be read, and test calls. */
function withTroubles(draw: Draw, episode: Episode, { world, isLater }: About): Episode {
  const campaign = draw.whole(0, world.campaigns.length - 1);
  const edits: Edit[] = [];
  const plan = world.campaigns[campaign];
  if (isLater && plan !== undefined && draw.chance(0.35)) {
    edits.push({ kind: 'rules', campaign, rules: drawRules(draw, plan, { atMs: world.startMs + 120_000 }) });
  }
  if (isLater && draw.chance(0.7)) edits.push({ kind: 'mend', campaign });
  if (draw.chance(0.05)) {
    const list = draw.pick('recipients', 'suppressed', 'suppressed');
    edits.push({ kind: 'spoil', campaign, list, how: draw.pick('missing', 'malformed') });
  }
  if (isLater && draw.chance(0.12)) edits.push({ kind: 'call', campaign, ...drawTestCall(draw) });
  return {
    ...episode,
    edits: [...episode.edits, ...edits],
    runs: episode.runs.map((run) => besieged(draw, run, world)),
  };
}

function besieged(draw: Draw, run: RunPlan, { campaigns, provider }: SimulatedWorld): RunPlan {
  const spoiling = draw.maybe(0.06, () => ({
    afterMs: draw.size(1_000, 60_000),
    forMs: draw.pick(500, 20_000, 120_000),
    how: draw.pick<Spoilt['how']>('missing', 'malformed'),
  }));
  const testing = draw.maybe(0.08, () => ({
    afterMs: draw.size(500, 60_000),
    campaign: draw.whole(0, campaigns.length - 1),
    ...drawTestCall(draw),
  }));
  const jump = isLate(provider) && draw.chance(0.4) ? { afterMs: draw.size(1_000, 60_000), byMs: 200_000 } : run.jump;
  return {
    ...run,
    ...(spoiling === undefined ? {} : { spoiling }),
    ...(testing === undefined ? {} : { testing }),
    ...(jump === undefined ? {} : { jump }),
  };
}

/** Calls are often in doubt, and listed late: where a clock is set, they are soon taken for missing. */
function isLate({ faults }: SimulatedWorld['provider']): boolean {
  return (faults['list-lag'] ?? 0) > 10_000 && (faults['lose-response'] ?? 0) >= 0.25;
}

/** Mostly to somebody who is on a list as well. */
function drawTestCall(draw: Draw): Pick<NonNullable<RunPlan['testing']>, 'person' | 'strokes'> {
  return { person: draw.pick(0, 1, 2, 5, people.length - 1), strokes: drawStrokes(draw) };
}
