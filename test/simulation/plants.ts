/** Plants each bug in turn and says, one line of JSON a bug, which world showed it and which invariant caught it. */
import { bugs } from './bugs.ts';
import { plant } from './plant.ts';
import { drawWorld } from './draw-world.ts';

/** Worlds that are played before a bug counts as not seen. */
const mostWorlds = 60;
const mostSeeds = 20_000;

const asked = process.argv[2];
for (const bug of bugs) {
  if (asked !== undefined && asked !== bug.name) continue;
  const { playSeed } = await plant(bug);
  let worlds = 0;
  let found: object = {};
  for (let seed = bug.from ?? 1; seed < mostSeeds && worlds < mostWorlds; seed += 1) {
    if (bug.in?.(drawWorld(seed)) === false) continue;
    worlds += 1;
    const { violations } = await playSeed(seed);
    const caught = violations.find(({ invariant }) => bug.caughtBy.includes(invariant));
    if (caught === undefined) continue;
    found = { seed, ...caught };
    break;
  }
  process.stdout.write(`${JSON.stringify({ bug: bug.name, worlds, ...found })}\n`);
}
