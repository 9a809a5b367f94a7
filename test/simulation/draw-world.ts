import type { Ending } from '../../src/sandbox/life.ts';
import { withAnswers } from './draw-answer.ts';
import { capped, drawCampaign, drawSpan } from './draw-campaign.ts';
import { drawFrom, type Draw } from './draw.ts';
import { drawEpisodes, drawRun, withUnknownCalls, type Episode } from './episode.ts';
import { drawHours } from './hours.ts';
import { drawReruns, meddled, withReturning } from './meddle.ts';
import { drawProvider } from './provider-plan.ts';
import { widened } from './widen.ts';
import { people, type CampaignPlan, type Lockout, type SimulatedWorld } from './world.ts';

export function drawWorld(seed: number): SimulatedWorld {
  const draw = drawFrom(seed);
  const settleS = draw.pick(20, 40, 60);
  const provider = drawProvider(draw, settleS);
  const { startMs, zones, hours } = drawHours(draw);
  const size = draw.size(1, 9);
  // HappyRobot makes no second use case by itself.
  const two = draw.chance(0.25) && provider.name !== 'happyrobot';
  const shared = { draw, startMs, zones, hours, settleS };
  // Drawn apart, so that what is drawn beside it stays as it was.
  const later = drawFrom(seed + 1_000_000);
  const lockout = later.maybe(0.25, () => drawLockout(later));
  const campaigns = [drawCampaign('clinic-reminders', size, shared)];
  if (two) campaigns.push(drawCampaign('garage-recall', draw.size(1, 5), shared));
  const fates = Object.fromEntries(people.map((phone) => [phone, drawFate(draw)]));
  const talkMs = draw.pick(3_000, 12_000, 25_000);
  const about = { provider, settleS, campaigns: campaigns.length };
  const episodes = drawEpisodes(draw, about);
  const settled = lockout === undefined ? episodes : episodes.map((one, at) => (at > 0 ? settling(later, one) : one));
  const resolves = later.chance(0.8);
  const cancelled = settled.map((one, at) => (at > 0 ? cancelling(later, one) : one));
  const spanned = campaigns.map((plan): CampaignPlan => {
    const span = later.maybe(0.2, () => drawSpan(later, startMs));
    return span === undefined ? plan : { ...plan, execution: { ...plan.execution, span } };
  });
  const last = drawFrom(seed + 2_000_000);
  const peopled = meddled(last, cancelled);
  const world: SimulatedWorld = {
    seed,
    startMs,
    provider,
    campaigns: spanned.map((plan) => capped(last, plan)),
    fates,
    talkMs,
    episodes: provider.faults['no-echo'] === true ? withUnknownCalls(last, about, peopled) : peopled,
    reruns: last.maybe(0.2, () => drawReruns(last, (afterMs) => drawRun(last, 0, afterMs))) ?? [],
    vouches: last.chance(0.5),
    ...(lockout === undefined ? {} : { lockout }),
    resolves,
  };
  const wide = widened(drawFrom(seed + 3_000_000), world, settleS);
  const latest = drawFrom(seed + 4_000_000);
  const returning = withReturning(latest, wide, (afterMs) => drawRun(latest, 0, afterMs));
  return withAnswers(drawFrom(seed + 5_000_000), returning);
}

/** A person decides about the first campaign before the runs begin. */
function settling(draw: Draw, episode: Episode): Episode {
  return draw.chance(0.5) ? { ...episode, edits: [...episode.edits, { kind: 'resolve', campaign: 0 }] } : episode;
}

function cancelling(draw: Draw, episode: Episode): Episode {
  const cancel = draw.maybe(0.08, () => ({ kind: 'cancel', campaign: 0, follows: draw.chance(0.5) }) as const);
  return cancel === undefined ? episode : { ...episode, edits: [...episode.edits, cancel] };
}

function drawLockout(draw: Draw): Lockout {
  const status = draw.pick<Lockout['status']>(404, 404, 403, 503);
  // A look-up is given up after a quarter of an hour of failing.
  const forMs = status === 503 ? draw.pick(60_000, 1_800_000) : draw.pick(30_000, 120_000, 300_000);
  return { forMs, status };
}

function drawFate(draw: Draw): readonly Ending[] {
  const one = (): Ending => draw.pick('replied', 'answered', 'no_answer', 'no_answer', 'busy', 'voicemail', 'failed');
  return [one(), one(), one()];
}
