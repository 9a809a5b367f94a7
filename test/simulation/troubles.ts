import { drawRules } from './draw-rules.ts';
import type { Draw } from './draw.ts';
import { drawStrokes, type Edit, type Episode, type RunPlan, type Spoilt } from './episode.ts';
import { people, type SimulatedWorld } from './world.ts';

type About = { readonly world: SimulatedWorld; readonly isLater: boolean };

/** Rules that change, lists that cannot be read, and test calls. */
export function withTroubles(draw: Draw, episode: Episode, { world, isLater }: About): Episode {
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
