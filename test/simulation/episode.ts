/** What happens in a world, one thing after the other: runs, what befalls them, and what people do to the files. */
import type { Draw } from './draw.ts';
import type { ExecutionPlan } from './execution-plan.ts';
import type { Stroke } from './process.ts';
import type { ProviderPlan } from './provider-plan.ts';

export type Episode = {
  /** True time that passes before it. */
  readonly gapMs: number;
  /** Before the runs begin. */
  readonly edits: readonly Edit[];
  readonly runs: readonly RunPlan[];
};

export type Edit =
  /** A row more, of a person who is on no list yet, or is on the other campaign's. */
  | { readonly kind: 'add'; readonly campaign: number; readonly person: number }
  | { readonly kind: 'drop'; readonly campaign: number; readonly at: number }
  | { readonly kind: 'suppress'; readonly campaign: number; readonly at: number }
  /** A row's phone becomes another. */
  | { readonly kind: 'renumber'; readonly campaign: number; readonly at: number; readonly person: number }
  | { readonly kind: 'pace'; readonly campaign: number; readonly concurrency: number; readonly batchSize: number }
  /** Other execution rules. */
  | { readonly kind: 'rules'; readonly campaign: number; readonly rules: Partial<ExecutionPlan> }
  /** A list cannot be read any more; it can be read again. */
  | ({ readonly kind: 'spoil'; readonly campaign: number; readonly list: 'recipients' | 'suppressed' } & Spoilt)
  | { readonly kind: 'mend'; readonly campaign: number }
  /** Somebody makes a test call, and waits for its end. */
  | ({ readonly kind: 'call' } & TestCall)
  /** Lets a wave that was paused or stopped itself go on. */
  | { readonly kind: 'resume'; readonly campaign: number }
  /** Says what became of those whom no look-up could settle. */
  | { readonly kind: 'resolve'; readonly campaign: number }
  /** Ends the wave for good; `follows`: its calls are seen to their end. */
  | { readonly kind: 'cancel'; readonly campaign: number; readonly follows: boolean }
  /** Puts somebody on the store's list of those who are not called, or takes them off it. */
  | { readonly kind: 'opt_out' | 'opt_in'; readonly person: number }
  /** Puts a copy of the store aside; brings it back; loses the store. */
  | { readonly kind: 'copy' }
  | { readonly kind: 'restore' }
  | { readonly kind: 'lose' };

/** How a list cannot be read. */
export type Spoilt = { readonly how: 'missing' | 'malformed' };

/** To a number of somebody's own; the process is struck as others are. */
type TestCall = { readonly campaign: number; readonly person: number; readonly strokes: readonly Stroke[] };

export type RunPlan = {
  readonly campaign: number;
  readonly hostname: string;
  /** From the beginning of the episode. */
  readonly afterMs: number;
  /** False: it ends when nobody is due. */
  readonly wait: boolean;
  readonly limit?: number;
  readonly wallOffsetMs: number;
  /** Its wall clock is set in the middle of the run. */
  readonly jump?: { readonly afterMs: number; readonly byMs: number };
  readonly strokes: readonly Stroke[];
  /** One interruption drains, the second leaves. */
  readonly interruptions: readonly number[];
  /** A person pauses the wave from another terminal. */
  readonly pauseAfterMs?: number;
  /** A person ends the wave from another terminal; `follows`: sees its calls to their end, where nobody else does. */
  readonly cancelling?: { readonly afterMs: number; readonly follows: boolean };
  /** Somebody asks at the desk not to be called. */
  readonly optingOut?: { readonly afterMs: number; readonly person: number };
  /** It calls some of the wave again, by how their calls ended. */
  readonly rerun?: string;
  /** The word of a person that this wave has called nobody but those whom the store knows. */
  readonly nobodyCalled?: string;
  /** A list of suppressed numbers that is edited while it runs. */
  readonly suppressing?: { readonly afterMs: number; readonly at: number };
  /** One that cannot be read for a while. */
  readonly spoiling?: { readonly afterMs: number; readonly forMs: number } & Spoilt;
  /** Somebody is asked how many may be called, and files are edited before the answer; left out: the command line says it. */
  readonly answering?: { readonly afterMs: number; readonly edits: readonly Edit[] };
  /** Somebody makes a test call meanwhile. */
  readonly testing?: { readonly afterMs: number } & TestCall;
};

type About = { readonly provider: ProviderPlan; readonly settleS: number; readonly campaigns: number };

export function drawEpisodes(draw: Draw, about: About): readonly Episode[] {
  const mayLose = about.provider.faults['no-echo'] !== true;
  const episodes = Array.from({ length: draw.size(1, 3) }, (_, at) => drawEpisode(draw, about, at > 0));
  if (!mayLose || !draw.chance(0.2)) return episodes;
  return withLoss(draw, about, episodes);
}

/** Nothing comes back by which calls could be told: a store that knows nothing of them must call nobody. */
export function withUnknownCalls(draw: Draw, about: About, episodes: readonly Episode[]): readonly Episode[] {
  return draw.chance(0.5) ? withLoss(draw, about, episodes) : episodes;
}

/** The store is lost, or an older copy of it comes back later than the provider's listing may lag. */
function withLoss(draw: Draw, about: About, episodes: readonly Episode[]): readonly Episode[] {
  const last = drawEpisode(draw, about, true);
  if (draw.chance(0.5)) return [...episodes, { ...last, edits: [{ kind: 'lose' }, ...last.edits] }];
  const copied = draw.whole(0, episodes.length - 1);
  const kept = episodes.map((one, at): Episode =>
    at === copied ? { ...one, edits: [...one.edits, { kind: 'copy' }] } : one,
  );
  const gapMs = last.gapMs + about.settleS * 1_000 + 60_000;
  return [...kept, { ...last, gapMs, edits: [{ kind: 'restore' }, ...last.edits] }];
}

function drawEpisode(draw: Draw, about: About, isLater: boolean): Episode {
  const campaign = draw.whole(0, about.campaigns - 1);
  const first = drawRun(draw, campaign, 0);
  const runs = [first];
  if (about.campaigns > 1 && draw.chance(0.6)) runs.push(drawRun(draw, 1 - campaign, draw.pick(0, 500, 20_000)));
  if (draw.chance(0.2)) runs.push(drawRun(draw, campaign, draw.pick(0, 100, 5_000, 40_000)));
  return {
    gapMs: isLater ? draw.pick(0, 0, 1_000, 20_000, 300_000) : 0,
    edits: isLater ? drawEdits(draw, about) : [],
    runs,
  };
}

function drawEdits(draw: Draw, about: About): readonly Edit[] {
  if (draw.chance(0.5)) return [];
  const campaign = draw.whole(0, about.campaigns - 1);
  const at = draw.whole(0, 8);
  return [
    draw.pick<Edit>(
      { kind: 'add', campaign, person: draw.whole(0, 11) },
      { kind: 'add', campaign, person: 11 },
      { kind: 'resume', campaign },
      { kind: 'drop', campaign, at },
      { kind: 'suppress', campaign, at },
      { kind: 'renumber', campaign, at, person: draw.whole(9, 11) },
      { kind: 'pace', campaign, concurrency: draw.pick(1, 3, 10), batchSize: draw.pick(1, 4) },
    ),
  ];
}

export function drawRun(draw: Draw, campaign: number, afterMs: number): RunPlan {
  const limit = draw.maybe(0.05, () => draw.whole(1, 4));
  const jump = draw.maybe(0.08, () => ({
    afterMs: draw.size(100, 60_000),
    byMs: draw.pick(-3_600_000, -200_000, -20_000, 20_000, 200_000, 3_600_000),
  }));
  const suppressing = draw.maybe(0.08, () => ({ afterMs: draw.size(1_000, 60_000), at: draw.whole(0, 8) }));
  const pauseAfterMs = draw.maybe(0.06, () => draw.size(500, 60_000));
  return {
    campaign,
    hostname: draw.pick('front-desk', 'front-desk', 'back-office'),
    afterMs,
    wait: draw.chance(0.7),
    ...(limit === undefined ? {} : { limit }),
    wallOffsetMs: draw.pick(0, 0, 0, 0, 30_000, -30_000),
    ...(jump === undefined ? {} : { jump }),
    strokes: drawStrokes(draw),
    interruptions: draw.chance(0.25)
      ? [draw.size(100, 60_000), ...(draw.chance(0.5) ? [draw.size(100, 5_000)] : [])]
      : [],
    ...(pauseAfterMs === undefined ? {} : { pauseAfterMs }),
    ...(suppressing === undefined ? {} : { suppressing }),
  };
}

export function drawStrokes(draw: Draw): readonly Stroke[] {
  const strokes: Stroke[] = [];
  if (draw.chance(0.45)) strokes.push({ kind: 'kill', atAwait: draw.size(5, 700) });
  if (draw.chance(0.25)) {
    const forMs = draw.pick(500, 8_000, 14_000, 40_000, 300_000);
    strokes.push({ kind: 'freeze', atAwait: draw.size(5, 500), forMs, what: draw.pick('process', 'machine') });
  }
  return strokes;
}
