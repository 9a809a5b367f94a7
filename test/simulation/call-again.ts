import { checkChosen, checkRerunEnd } from './end.ts';
import type { Episode, RunPlan } from './episode.ts';
import { rerunAs } from './rerun-as.ts';
import { calmRun } from './run.ts';
import type { Stage } from './stage.ts';
import { visitUntilDone } from './visits.ts';

type Exit = number | undefined;

type Again = {
  /** How each campaign ended before. */
  readonly exits: readonly Exit[];
  readonly playEpisode: (episode: Episode) => Promise<void>;
};

/** How each campaign ended now, and one run of each kind that called some of the first one again. */
type CalledAgain = { readonly exits: readonly Exit[]; readonly reruns: readonly RunPlan[] };

/** Some are called again while everything goes wrong, and then until that is done, too: by reruns, and by the wave beside them. */
export async function callAgain(stage: Stage, { exits, playEpisode }: Again): Promise<CalledAgain> {
  const { world, weather, witness } = stage;
  if (world.reruns.length === 0) return { exits, reruns: [] };
  weather.becomes('storm');
  for (const episode of world.reruns) if (!stage.isBroken) await playEpisode(episode);
  weather.becomes('calm');
  const kinds = new Set(world.reruns.flatMap(({ runs }) => runs.flatMap(({ rerun }) => rerun ?? [])));
  const reruns = [...kinds].map((rerun): RunPlan => ({ ...calmRun(stage, 0), rerun }));
  // Whom the wave calls now a rerun may have to call again.
  for (;;) {
    const dials = witness.dials.length;
    const ended = await visitUntilDone(stage, reruns);
    if (witness.dials.length === dials || stage.isBroken) return { exits: ended, reruns };
  }
}

/** A rerun that is done calls nobody when it is said again. */
export async function checkRerun(stage: Stage, rerun: RunPlan): Promise<void> {
  const { witness, ledger, disk, plans } = stage;
  const exit = await rerunAs(stage, rerun);
  const dials = witness.dials.length;
  const again = await rerunAs(stage, rerun);
  if (witness.dials.length > dials || again !== exit) {
    witness.broken('a second run dials nobody', `rerun: exit ${String(exit)}, then ${String(again)}`);
  }
  if (exit !== 0) return;
  for (const of of ledger.rerunsOf(stage.of(0))) checkRerunEnd(witness, disk, of);
  const [plan] = plans;
  if (plan !== undefined) checkChosen(witness, plan, new Set(rerun.rerun?.split(',')));
}
