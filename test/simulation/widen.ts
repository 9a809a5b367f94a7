/** What was drawn for some worlds later on; the others stay as they were. */
import { drawCampaign, type Shared } from './draw-campaign.ts';
import { drawCap } from './draw-rules.ts';
import type { Draw } from './draw.ts';
import { drawRun, type Episode } from './episode.ts';
import { mayBeGoverned } from './hours.ts';
import { withTroubles } from './troubles.ts';
import type { CampaignPlan, Row, SimulatedWorld } from './world.ts';

export function widened(draw: Draw, world: SimulatedWorld, settleS: number): SimulatedWorld {
  const crowded = draw.chance(0.5) ? withMoreCampaigns(draw, world, settleS) : world;
  const governedOnes = crowded.campaigns.map((one) => governed(draw, one));
  const campaigns = withSharedCaps(draw, governedOnes).map((one) => remote(draw, scheduled(draw, one, world)));
  const wide = { ...crowded, campaigns };
  return {
    ...wide,
    episodes: wide.episodes.map((one, at) => withTroubles(draw, one, { world: wide, isLater: at > 0 })),
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
