/** A world of the simulation: a plain value that its seed gives, so that a failure is told by one number. */
import type { Ending } from '../../src/sandbox/life.ts';
import { drawFrom, type Draw } from './draw.ts';
import { drawEpisodes, drawRun, withUnknownCalls, type Episode } from './episode.ts';
import { drawHours, roomMinutes, type Hours } from './hours.ts';
import { drawReruns, meddled } from './meddle.ts';
import { drawProvider, type ProviderPlan } from './provider-plan.ts';

export type SimulatedWorld = {
  readonly seed: number;
  /** Epoch ms at which it begins. */
  readonly startMs: number;
  readonly provider: ProviderPlan;
  readonly campaigns: readonly CampaignPlan[];
  /** By phone: how its first, second ... call ends. */
  readonly fates: Readonly<Record<string, readonly Ending[]>>;
  /** Length of a call that somebody takes. */
  readonly talkMs: number;
  readonly episodes: readonly Episode[];
  readonly lockout?: Lockout;
  /** Played when everybody has a final state. */
  readonly reruns: readonly Episode[];
  /** Whoever runs a store that knows nothing says that nobody was called, where that is so or is known from references. */
  readonly vouches: boolean;
  /** A person settles what no look-up could; false: it stays unresolved. */
  readonly resolves: boolean;
};

/** From the first call in doubt on nothing can be read at the provider for a while: look-ups fail, or are of no use. */
export type Lockout = {
  readonly forMs: number;
  readonly status: 403 | 404 | 503;
};

export type CampaignPlan = {
  readonly name: string;
  readonly rows: readonly Row[];
  readonly samePhone: 'call_each' | 'call_once';
  readonly execution: ExecutionPlan;
  readonly suppressed: readonly string[];
};

export type Row = {
  readonly id: string;
  readonly phone: string;
  readonly zone: string;
  readonly notBeforeMs?: number;
  readonly notAfterMs?: number;
  /** When the provider is to dial, where it takes such calls. */
  readonly scheduledMs?: number;
};

export type ExecutionPlan = {
  readonly concurrency: number;
  readonly rate: { readonly calls: number; readonly per: 's' | 'm' };
  readonly batchSize: number;
  readonly hours: Hours;
  readonly span?: Span;
  readonly maxAttempts: number;
  /** Minutes. */
  readonly retry: { readonly no_answer: readonly number[]; readonly busy: readonly number[] };
  /** All of them hold. */
  readonly caps: readonly Cap[];
  /** Minutes of the clock that a retry keeps from earlier attempts. */
  readonly anotherTime?: number;
  readonly stops: Stops;
  /** Hours that a law sets besides. */
  readonly policy?: 'us-federal@1';
  /** Caps of the policy, as packs may have them. */
  readonly policyCaps?: readonly Cap[];
  readonly settleS: number;
  readonly everyS: number;
};

/** Calls to one phone within so many minutes, by all campaigns or by one. */
export type Cap = { readonly calls: number; readonly minutes: number; readonly in: 'store' | 'campaign' };

/** Between which instants anybody is called at all. */
export type Span = {
  readonly startAtMs?: number;
  readonly endAtMs?: number;
  /** From when somebody entered the wave. */
  readonly expireAfterMs?: number;
};

/** What stops a wave by itself; per cent of calls that ended so. */
export type Stops = {
  readonly canary?: { readonly calls: number; readonly noAnswer: number };
  /** Of the last ten calls. */
  readonly breaker?: { readonly noAnswer: number };
  readonly budget?: { readonly calls: number } | { readonly minutes: number };
};

export const people: readonly string[] = Array.from({ length: 12 }, (_, at) => `+23480312340${String(10 + at)}`);

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
  return {
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
}

/** A person decides about the first campaign before the runs begin. */
function settling(draw: Draw, episode: Episode): Episode {
  return draw.chance(0.5) ? { ...episode, edits: [...episode.edits, { kind: 'resolve', campaign: 0 }] } : episode;
}

function cancelling(draw: Draw, episode: Episode): Episode {
  const cancel = draw.maybe(0.08, () => ({ kind: 'cancel', campaign: 0, follows: draw.chance(0.5) }) as const);
  return cancel === undefined ? episode : { ...episode, edits: [...episode.edits, cancel] };
}

function capped(draw: Draw, plan: CampaignPlan): CampaignPlan {
  const { execution } = plan;
  const caps = draw.maybe(0.15, () =>
    Array.from({ length: draw.whole(1, 3) }, (): Cap => ({
      calls: draw.whole(1, 3),
      minutes: draw.pick(3, 10, 45),
      in: draw.pick('store', 'campaign'),
    })),
  );
  const anotherTime = draw.maybe(0.15, () => draw.pick(30, 45, 180));
  const policy = draw.maybe(0.1, () => 'us-federal@1' as const);
  const isRetried = execution.maxAttempts > 1 && roomMinutes(execution.hours) >= (anotherTime ?? 0);
  return {
    ...plan,
    execution: {
      ...execution,
      ...(caps === undefined ? {} : { caps }),
      ...(policy === undefined ? {} : { policy }),
      ...(anotherTime !== undefined && isRetried && policy === undefined ? { anotherTime } : {}),
    },
  };
}

function drawSpan(draw: Draw, startMs: number): Span {
  const startAtMs = draw.maybe(0.4, () => startMs + draw.whole(1, 10) * 60_000);
  const endAtMs = draw.maybe(0.5, () => startMs + draw.whole(11, 30) * 60_000);
  const expireAfterMs = draw.maybe(0.5, () => draw.whole(1, 20) * 60_000);
  return {
    ...(startAtMs === undefined ? {} : { startAtMs }),
    ...(endAtMs === undefined ? {} : { endAtMs }),
    ...(expireAfterMs === undefined ? {} : { expireAfterMs }),
  };
}

function drawLockout(draw: Draw): Lockout {
  const status = draw.pick<Lockout['status']>(404, 404, 403, 503);
  // A look-up is given up after a quarter of an hour of failing.
  const forMs = status === 503 ? draw.pick(60_000, 1_800_000) : draw.pick(30_000, 120_000, 300_000);
  return { forMs, status };
}

type Shared = {
  readonly draw: Draw;
  readonly startMs: number;
  readonly zones: readonly [string, ...string[]];
  readonly hours: Hours;
  readonly settleS: number;
};

function drawCampaign(name: string, size: number, { draw, startMs, zones, hours, settleS }: Shared): CampaignPlan {
  const rows = Array.from({ length: size }, (_, at): Row => {
    // Now and then two rows share a phone.
    const phone = people[draw.chance(0.1) ? 0 : at] ?? '';
    const notBeforeMs = draw.maybe(0.05, () => startMs + draw.whole(-5, 10) * 60_000);
    const notAfterMs = draw.maybe(0.1, () => startMs + draw.whole(1, 20) * 60_000);
    return {
      id: `${name.slice(0, 1).toUpperCase()}-${String(100 + at)}`,
      phone,
      zone: draw.pick(...zones),
      ...(notBeforeMs === undefined ? {} : { notBeforeMs }),
      ...(notAfterMs === undefined ? {} : { notAfterMs }),
    };
  });
  const canary = draw.maybe(0.12, () => ({ calls: draw.whole(1, 3), noAnswer: draw.pick(40, 100) }));
  const breaker = draw.maybe(0.12, () => ({ noAnswer: draw.pick(10, 20, 30) }));
  const budget = draw.maybe(0.12, () =>
    draw.pick<NonNullable<Stops['budget']>>({ calls: draw.whole(1, 6) }, { minutes: draw.whole(4, 12) }),
  );
  const cap = draw.maybe(0.15, (): Cap => ({ calls: draw.whole(1, 2), minutes: draw.pick(5, 20), in: 'store' }));
  return {
    name,
    rows,
    samePhone: draw.pick('call_each', 'call_once'),
    suppressed: draw.chance(0.15) ? [draw.pick(...phonesOf(rows))] : [],
    execution: {
      concurrency: draw.pick(1, 2, 4, 30),
      rate: draw.pick({ calls: 10, per: 's' }, { calls: 2, per: 's' }, { calls: 20, per: 'm' }, { calls: 3, per: 'm' }),
      batchSize: draw.pick(1, 1, 3, 10),
      hours,
      maxAttempts: draw.pick(1, 2, 3),
      retry: { no_answer: draw.pick([1], [2, 4]), busy: draw.pick([1], [1, 3]) },
      caps: cap === undefined ? [] : [cap],
      stops: {
        ...(canary === undefined ? {} : { canary }),
        ...(breaker === undefined ? {} : { breaker }),
        ...(budget === undefined ? {} : { budget }),
      },
      settleS,
      everyS: draw.pick(2, 5, 15),
    },
  };
}

function phonesOf(rows: readonly Row[]): readonly [string, ...string[]] {
  const [first = people[0] ?? '', ...rest] = rows.map(({ phone }) => phone);
  return [first, ...rest];
}

function drawFate(draw: Draw): readonly Ending[] {
  const one = (): Ending => draw.pick('replied', 'answered', 'no_answer', 'no_answer', 'busy', 'voicemail', 'failed');
  return [one(), one(), one()];
}
