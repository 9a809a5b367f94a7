/** What people do from other terminals: during runs, and between them. */
import type { Draw } from './draw.ts';
import type { Edit, Episode, RunPlan } from './episode.ts';

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

/** Whom a pause or a cancellation stops is the wave of the file. */
function again({ pauseAfterMs: _pause, cancelling: _cancel, ...run }: RunPlan): RunPlan {
  return run;
}
