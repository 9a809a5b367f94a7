import { checkChosen, checkRerunEnd } from './end.ts';
import type { Episode, RunPlan } from './episode.ts';
import { calmRun, run } from './run.ts';
import type { Stage } from './stage.ts';
import { mostVisits, untilDue } from './visits.ts';

type Again = {
  /** How each campaign ended before. */
  readonly exits: readonly (number | undefined)[];
  readonly playEpisode: (episode: Episode) => Promise<void>;
};

/** Some are called again while everything goes wrong, and then until that is done, too; one run of each kind. */
export async function callAgain(stage: Stage, { exits, playEpisode }: Again): Promise<readonly RunPlan[]> {
  const { reruns } = stage.world;
  stage.weather.becomes('storm');
  for (const episode of reruns) if (!stage.isBroken) await playEpisode(episode);
  stage.weather.becomes('calm');
  const kinds = new Set(reruns.flatMap(({ runs }) => runs.flatMap(({ rerun }) => rerun ?? [])));
  const calm = [...kinds].map((rerun): RunPlan => ({ ...calmRun(stage, 0), rerun }));
  const left = new Set(calm);
  for (let visit = 0; left.size > 0 && !stage.isBroken; visit += 1) {
    // All of them in turn: who is due in one of them would be so for ever if only another were run.
    for (const one of left) {
      const exit = await run(stage, one);
      // No reference tells whose a call is that a person settled, or that a copy of the store lacks; nobody vouches for it here.
      const isRefused = exit === 4 && stage.world.provider.faults['no-echo'] === true;
      if (exit === 0 || exit === 7 || exit === 9 || isRefused) left.delete(one);
      else if (visit === mostVisits) {
        stage.witness.broken('a run ends', `rerun of ${one.rerun ?? ''}: ${String(exit)}`);
      }
    }
    if (left.size > 0) await untilDue(stage, exits);
  }
  return calm;
}

/** A rerun that is done calls nobody when it is said again. */
export async function checkRerun(stage: Stage, rerun: RunPlan): Promise<void> {
  const { witness, ledger, disk, plans } = stage;
  const exit = await run(stage, rerun);
  const dials = witness.dials.length;
  const again = await run(stage, rerun);
  if (witness.dials.length > dials || again !== exit) {
    witness.broken('a second run dials nobody', `rerun: exit ${String(exit)}, then ${String(again)}`);
  }
  if (exit !== 0) return;
  for (const of of ledger.rerunsOf(stage.of(0))) checkRerunEnd(witness, disk, of);
  const [plan] = plans;
  if (plan !== undefined) checkChosen(witness, plan, new Set(rerun.rerun?.split(',')));
}
