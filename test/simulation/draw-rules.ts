import type { Draw } from './draw.ts';
import type { Cap, ExecutionPlan, Stops } from './execution-plan.ts';
import { drawWindows, mayBeGoverned, roomMinutes } from './hours.ts';
import type { CampaignPlan } from './world.ts';

/** Other execution rules than a campaign has, that somebody writes into its file amid a wave. */
export function drawRules(
  draw: Draw,
  { execution, rows }: CampaignPlan,
  { atMs }: { readonly atMs: number },
): Partial<ExecutionPlan> {
  const maxAttempts = draw.pick(1, 2, 3);
  const retry = { no_answer: draw.pick([1], [3], [2, 5]), busy: draw.pick([2], [1, 4]) };
  const hours = draw.chance(0.3)
    ? ({ kind: 'always' } as const)
    : ({ kind: 'windows', windows: drawWindows(draw, rows[0]?.zone ?? 'UTC', atMs), holidays: [] } as const);
  const caps: readonly Cap[] = [drawCap(draw)];
  const endAtMs = atMs + draw.whole(2, 25) * 60_000;
  const all: readonly [Partial<ExecutionPlan>, ...Partial<ExecutionPlan>[]] = [
    { maxAttempts },
    { maxAttempts: 1 },
    { maxAttempts: 3, retry },
    { retry },
    { rate: draw.pick({ calls: 3, per: 'm' }, { calls: 1, per: 's' }, { calls: 10, per: 's' }) },
    { concurrency: draw.pick(1, 2, 10) },
    { caps },
    { span: { endAtMs } },
    { stops: drawStops(draw) },
    // Retries at another time of day need room, and a policy leaves only some hours.
    roomMinutes(hours) >= (execution.anotherTime ?? 0) && mayBeGoverned(hours) ? { hours } : { caps },
  ];
  return draw.chance(0.5) ? draw.pick(...all) : { ...draw.pick(...all), ...draw.pick(...all) };
}

/** A cap on calls to one person that a few of them reach. */
export function drawCap(draw: Draw): Cap {
  return { calls: draw.whole(1, 2), minutes: draw.pick(5, 12, 30), in: draw.pick('store', 'store', 'campaign') };
}

function drawStops(draw: Draw): Stops {
  return draw.pick<Stops>(
    {},
    { canary: { calls: draw.whole(1, 3), noAnswer: 100 } },
    { breaker: { noAnswer: 20 } },
    { budget: { calls: draw.whole(2, 8) } },
    { budget: { minutes: draw.whole(4, 12) } },
  );
}
