import { temporaryFolder } from '../support/temporary-folder.ts';
import { play, type Counts, type Played } from './play.ts';
import { drawWorld, type SimulatedWorld } from './world.ts';

export type Simulation = {
  readonly first: number;
  readonly count: number;
  /** Shows the world itself. */
  readonly isTold: boolean;
  readonly say: (line: string) => void;
};

/** Plays worlds one after the other; true if one of them broke an invariant. */
export async function simulate({ first, count, isTold, say }: Simulation): Promise<boolean> {
  const beganMs = performance.now();
  const sum: Record<string, number> = {};
  let broken = 0;
  for (let seed = first; seed < first + count; seed += 1) {
    const played = await playSeed(seed);
    if (isTold) say(JSON.stringify(drawWorld(seed), undefined, 1));
    if (isTold) say(JSON.stringify(played, undefined, 1));
    for (const [name, value] of Object.entries(played.counts) as [keyof Counts, number][])
      sum[name] = (sum[name] ?? 0) + value;
    if (played.violations.length === 0) continue;
    broken += 1;
    const [violation] = played.violations;
    say(
      `broken: ${violation?.invariant ?? ''}: ${violation?.what ?? ''}\n  npm run simulate -- --seed ${String(seed)}`,
    );
  }
  const seconds = (performance.now() - beganMs) / 1000;
  say(
    `${String(count)} worlds in ${seconds.toFixed(1)} s (${(count / seconds).toFixed(0)} a second): ${JSON.stringify(sum)}`,
  );
  return broken > 0;
}

let isWarm = false;

export async function playSeed(seed: number): Promise<Played> {
  return playWorld(drawWorld(seed));
}

export async function playWorld(world: SimulatedWorld): Promise<Played> {
  if (!isWarm) await warm();
  return playAlone(world);
}

/** Plays a world nobody looks at: what the engine imports when it first needs it must be there, as no clock waits for it. */
/** @public of the planted graph */
export async function warm(): Promise<void> {
  isWarm = true;
  await Promise.all([
    import('../../src/cli/commands/cancel.ts'),
    import('../../src/cli/commands/pause.ts'),
    import('../../src/cli/commands/resume.ts'),
    import('../../src/cli/commands/resolve.ts'),
    import('../../src/cli/commands/suppress.ts'),
    import('../../src/cli/commands/rerun.ts'),
  ]);
  await playAlone(drawWorld(0)).catch(() => undefined);
}

async function playAlone(world: SimulatedWorld): Promise<Played> {
  await using folder = await temporaryFolder();
  return await play(world, folder.path);
}
