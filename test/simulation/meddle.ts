/** What people do from other terminals: during runs, and between them. */
import type { Draw } from './draw.ts';
import type { Edit, Episode, RunPlan } from './episode.ts';
import type { SimulatedWorld } from './world.ts';

/** The same episodes with people who cancel a wave that is under way, and with some who ask not to be called. */
export function meddled(draw: Draw, episodes: readonly Episode[]): readonly Episode[] {
  return episodes.map((episode) => ({
    ...episode,
    edits: [...episode.edits, ...(draw.chance(0.12) ? [drawOptOut(draw)] : [])],
    runs: episode.runs.map((run) => withPeople(draw, run)),
  }));
}

function drawOptOut(draw: Draw): Edit {
  return { kind: draw.pick('opt_out', 'opt_out', 'opt_in'), person: draw.whole(0, 5) };
}

function withPeople(draw: Draw, run: RunPlan): RunPlan {
  const cancelling = draw.maybe(0.04, () => ({ afterMs: draw.size(500, 60_000), follows: draw.chance(0.5) }));
  const optingOut = draw.maybe(0.08, () => ({ afterMs: draw.size(1_000, 60_000), person: draw.whole(0, 5) }));
  return {
    ...run,
    ...(cancelling === undefined ? {} : { cancelling }),
    ...(optingOut === undefined ? {} : { optingOut }),
  };
}

/** What is played once everybody of the first campaign has a final state: some are called again, perhaps by two at once. */
export function drawReruns(draw: Draw, drawRun: (afterMs: number) => RunPlan): readonly Episode[] {
  const choices = ['no_answer', 'busy,no_answer', 'busy,failed,no_answer', 'skipped', 'no_answer,skipped'] as const;
  return Array.from({ length: draw.pick(1, 1, 2) }, (): Episode => {
    const count = draw.chance(0.3) ? 2 : 1;
    const runs = Array.from({ length: count }, (_, at) => again(drawRun(at * draw.pick(0, 5_000, 40_000))));
    return {
      gapMs: draw.pick(0, 20_000, 300_000),
      edits: [],
      runs: runs.map((run) => ({ ...run, campaign: 0, rerun: draw.pick(...choices) })),
    };
  });
}

/**
 * In some worlds who opted out before all runs is taken back once the wave is over: the wave would call them as well as a rerun
 * does that begins beside it.
 */
export function withReturning(
  draw: Draw,
  world: SimulatedWorld,
  drawRun: (afterMs: number) => RunPlan,
): SimulatedWorld {
  const { episodes, reruns } = world;
  const [first, ...later] = reruns;
  if (first === undefined || !draw.chance(0.5)) return world;
  const whom = draw.pick([0], [0, 1], [0, 1, 2, 3]);
  const edits = (kind: 'opt_out' | 'opt_in'): readonly Edit[] => whom.map((person): Edit => ({ kind, person }));
  const [rerun, ...others] = first.runs.map((run, at) =>
    at > 0 ? run : { ...run, rerun: draw.pick('skipped', 'no_answer,skipped') },
  );
  const wave = again(drawRun(draw.pick(0, 5_000, 40_000)));
  return {
    ...world,
    episodes: episodes.map((one, at) => (at > 0 ? one : { ...one, edits: [...edits('opt_out'), ...one.edits] })),
    reruns: [
      { ...first, edits: edits('opt_in'), runs: [...(rerun === undefined ? [] : [rerun]), ...others, wave] },
      ...later,
    ],
  };
}

/** Whom a pause or a cancellation stops is the wave of the file. */
function again({ pauseAfterMs: _pause, cancelling: _cancel, ...run }: RunPlan): RunPlan {
  return run;
}
