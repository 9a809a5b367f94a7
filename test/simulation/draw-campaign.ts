import type { Draw } from './draw.ts';
import { mayBeGoverned, roomMinutes, type Hours } from './hours.ts';
import type { Cap, Span, Stops } from './execution-plan.ts';
import { people, type CampaignPlan, type Row } from './world.ts';

/** What the campaigns of a world have in common. */
export type Shared = {
  readonly draw: Draw;
  readonly startMs: number;
  readonly zones: readonly [string, ...string[]];
  readonly hours: Hours;
  readonly settleS: number;
};

export function drawCampaign(
  name: string,
  size: number,
  { draw, startMs, zones, hours, settleS }: Shared,
): CampaignPlan {
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

/** With caps, another time of day for retries, and a policy, in some worlds. */
export function capped(draw: Draw, plan: CampaignPlan): CampaignPlan {
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
  const isGoverned = policy !== undefined && mayBeGoverned(execution.hours);
  const isRetried = execution.maxAttempts > 1 && roomMinutes(execution.hours) >= (anotherTime ?? 0);
  return {
    ...plan,
    execution: {
      ...execution,
      ...(caps === undefined ? {} : { caps }),
      ...(isGoverned ? { policy } : {}),
      ...(anotherTime !== undefined && isRetried && !isGoverned ? { anotherTime } : {}),
    },
  };
}

export function drawSpan(draw: Draw, startMs: number): Span {
  const startAtMs = draw.maybe(0.4, () => startMs + draw.whole(1, 10) * 60_000);
  const endAtMs = draw.maybe(0.5, () => startMs + draw.whole(11, 30) * 60_000);
  const expireAfterMs = draw.maybe(0.5, () => draw.whole(1, 20) * 60_000);
  return {
    ...(startAtMs === undefined ? {} : { startAtMs }),
    ...(endAtMs === undefined ? {} : { endAtMs }),
    ...(expireAfterMs === undefined ? {} : { expireAfterMs }),
  };
}

function phonesOf(rows: readonly Row[]): readonly [string, ...string[]] {
  const [first = people[0] ?? '', ...rest] = rows.map(({ phone }) => phone);
  return [first, ...rest];
}
