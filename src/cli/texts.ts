import { resolve } from 'node:path';
import type { Diagnostic } from '../model/diagnostic.ts';
import { FileProblem } from '../ports.ts';
import type { World } from '../ports.ts';

/** The texts that findings point into, for code frames: those at hand, and the others read. */
export async function textsFor(
  diagnostics: readonly Diagnostic[],
  known: ReadonlyMap<string, string>,
  { files, cwd }: Pick<World, 'files' | 'cwd'>,
): Promise<ReadonlyMap<string, string>> {
  const texts = new Map(known);
  for (const { at, related = [] } of diagnostics) {
    for (const place of [at, ...related]) {
      if (place === undefined || texts.has(place.file)) continue;
      const text = await readText(resolve(cwd, place.file), files);
      if (text !== undefined) texts.set(place.file, text);
    }
  }
  return texts;
}

/** A file that is gone by now has no frame. */
async function readText(path: string, files: World['files']): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await files.read(path));
  } catch (error) {
    if (error instanceof FileProblem) return undefined;
    throw error;
  }
}
