import type { Draw } from './draw.ts';
import type { Edit, RunPlan } from './episode.ts';
import { people, type SimulatedWorld } from './world.ts';

/** Some runs ask how many they may call, and files are others by the time that somebody answers. */
export function withAnswers(draw: Draw, world: SimulatedWorld): SimulatedWorld {
  const answered = (run: RunPlan): RunPlan => {
    const answering = draw.maybe(0.15, () => drawAnswer(draw, run.campaign));
    return answering === undefined ? run : { ...run, answering };
  };
  return { ...world, episodes: world.episodes.map((one) => ({ ...one, runs: one.runs.map(answered) })) };
}

function drawAnswer(draw: Draw, campaign: number): NonNullable<RunPlan['answering']> {
  const edits = Array.from({ length: draw.pick(0, 1, 1, 2) }, () => drawEdit(draw, campaign));
  return { afterMs: draw.pick(0, 2_000, 30_000), edits };
}

/** Of what is read before the question and again after it. */
function drawEdit(draw: Draw, campaign: number): Edit {
  const at = draw.size(1, 9) - 1;
  const person = draw.whole(0, people.length - 1);
  return draw.pick<Edit>(
    { kind: 'drop', campaign, at },
    { kind: 'drop', campaign, at },
    { kind: 'renumber', campaign, at, person: draw.whole(9, 11) },
    { kind: 'renumber', campaign, at, person: draw.whole(9, 11) },
    { kind: 'add', campaign, person },
    { kind: 'suppress', campaign, at },
    { kind: 'opt_out', person },
    { kind: 'cancel', campaign, follows: false },
    { kind: 'spoil', campaign, list: draw.pick('recipients', 'suppressed'), how: draw.pick('missing', 'malformed') },
  );
}
