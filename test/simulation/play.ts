/** Plays a world: the real engine, store and sandbox under a clock that jumps. Out comes what the witness saw. */
import { callAgain, checkRerun } from './call-again.ts';
import { checkEnd } from './end.ts';
import type { Episode } from './episode.ts';
import { makeEdit } from './make-edit.ts';
import { calmRun, run } from './run.ts';
import { Stage, type Counts } from './stage.ts';
import { visitUntilDone } from './visits.ts';
import type { Violation } from './invariants.ts';
import type { SimulatedWorld } from './world.ts';

export type Played = {
  readonly violations: readonly Violation[];
  readonly counts: Counts;
  /** Exit codes of the runs, in order; undefined: it was killed. */
  readonly exits: readonly (number | undefined)[];
  /** What runs said that were not done. */
  readonly says: readonly string[];
};

export async function play(world: SimulatedWorld, folder: string): Promise<Played> {
  const stage = new Stage(world, folder);
  try {
    for (const episode of world.episodes) if (!stage.isBroken) await playEpisode(stage, episode);
    if (!stage.isBroken) await finish(stage);
  } finally {
    stage.close();
  }
  const { witness, counts, exits, says } = stage;
  return { violations: witness.violations, counts, exits, says };
}

async function playEpisode(stage: Stage, episode: Episode): Promise<void> {
  await stage.clock.sleep(episode.gapMs);
  for (const edit of episode.edits) await makeEdit(stage, edit);
  await Promise.all(
    episode.runs.map(async (plan) => {
      await stage.clock.sleep(plan.afterMs);
      return run(stage, plan);
    }),
  );
  await Promise.all(stage.beside.splice(0));
}

/** No faults any more: everybody gets a final state, or is named; and one more run calls nobody. */
async function finish(stage: Stage): Promise<void> {
  const { witness, disk, clock } = stage;
  stage.weather.becomes('calm');
  for (const at of stage.plans.keys()) stage.mend(at);
  if (stage.store.lostMs !== undefined) await clock.sleep(30_000);
  const visited = await visitUntilDone(stage);
  const mayRerun = !stage.isBroken && visited[0] !== 4;
  const { exits, reruns } = mayRerun
    ? await callAgain(stage, { exits: visited, playEpisode: (episode) => playEpisode(stage, episode) })
    : { exits: visited, reruns: [] };
  if (stage.isBroken) return;
  for (const rerun of reruns) await checkRerun(stage, rerun);
  for (const [at, plan] of stage.plans.entries()) {
    const exit = exits[at] ?? 1;
    const dials = witness.dials.length;
    const again = await run(stage, calmRun(stage, at));
    if (witness.dials.length > dials || again !== exit) {
      witness.broken('a second run dials nobody', `exit ${String(exit)}, then ${String(again)}`);
    }
    if (exit !== 4) checkEnd(witness, { plan, exit, files: disk, nowMs: clock.now() + witness.spreadMs });
  }
}
