import { registerHooks } from 'node:module';
import { commands } from '../../src/cli/commands.ts';
import { zonesOfRecipients } from '../../src/input/zones-of.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { play, type Played } from './play.ts';
import type { Counts } from './stage.ts';
import { drawWorld } from './draw-world.ts';
import type { SimulatedWorld } from './world.ts';

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
  await using folder = await temporaryFolder();
  isPlaying = true;
  try {
    const played = await play(world, folder.path);
    const [url] = late;
    if (url === undefined) return played;
    throw new Error(`${url} was imported while the clock ran, which waits for no disk: warm() has to see to it`);
  } finally {
    isPlaying = false;
  }
}

/**
 * Has the engine import what it imports when it first needs it: the clock would jump over it, to hours at which every run is
 * taken for hung.
 * @public of the planted graph
 */
export async function warm(): Promise<void> {
  isWarm = true;
  await import('../../src/cli/providers.ts');
  await Promise.all(commands.filter(({ name }) => used.has(name)).map(({ load }) => load()));
  await zonesOfRecipients({ recipients: {}, execution: { windows: [] } });
}

/** What people do in worlds, besides running files. */
const used: ReadonlySet<string> = new Set(['cancel', 'pause', 'resume', 'resolve', 'suppress', 'rerun', 'call']);

let isPlaying = false;
/** Modules that were imported amid a world. */
const late: string[] = [];

registerHooks({
  load: (url, context, next) => {
    if (isPlaying) late.push(url);
    return next(url, context);
  },
});
