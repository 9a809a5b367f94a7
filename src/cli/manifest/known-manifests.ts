import { basename, dirname, join, sep } from 'node:path';
import type { World } from '../../ports.ts';

type Files = Pick<World['files'], 'info' | 'list'>;

/**
 * The absolute folders of manifests near a path where none is: those of the closest folder above it that has some, in
 * a `runs` folder. Sorted.
 */
export async function knownManifests(named: string, files: Files): Promise<readonly string[]> {
  for (let folder = named; ; folder = dirname(folder)) {
    const isInRuns = folder.split(sep).includes('runs');
    const found = await manifestsBelow(isInRuns ? folder : join(folder, 'runs'), files, wavesDepth);
    const isOver = found.length > 0 || (!isInRuns && (await files.info(folder)) !== undefined);
    if (isOver || folder === dirname(folder)) return found;
  }
}

/** `runs/<campaign>/<environment>/<wave>`. */
const wavesDepth = 3;

async function manifestsBelow(folder: string, files: Files, depth: number): Promise<readonly string[]> {
  if (basename(folder).startsWith('.') || (await files.info(folder))?.kind !== 'folder') return [];
  if ((await files.info(join(folder, 'manifest.json'))) !== undefined) return [folder];
  if (depth === 0) return [];
  const below: string[] = [];
  for (const name of await files.list(folder)) {
    below.push(...(await manifestsBelow(join(folder, name), files, depth - 1)));
  }
  return below;
}
