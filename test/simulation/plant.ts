/**
 * Loads the simulation with an engine into which a bug was planted: a module graph of its own, in which the lines of some
 * files are others as Node reads them.
 */
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Bug } from './bugs.ts';
import type * as Simulation from './simulate.ts';

const root = new URL('../../', import.meta.url).href;

export async function plant(bug: Bug): Promise<typeof Simulation> {
  const mark = `?bug=${encodeURIComponent(bug.name)}`;
  const missing = new Set(bug.edits);
  const isOurs = (url: string): boolean => url.startsWith(root) && !url.includes('/node_modules/');
  registerHooks({
    resolve: (specifier, context, next) => {
      const resolved = next(specifier, context);
      const isMarked =
        context.parentURL?.endsWith(mark) === true && isOurs(resolved.url) && resolved.url.endsWith('.ts');
      return isMarked ? { ...resolved, url: resolved.url + mark } : resolved;
    },
    load: (url, context, next) => {
      const loaded = next(url, context);
      if (!url.endsWith(mark) || loaded.source === undefined || loaded.source === null) return loaded;
      const path = fileURLToPath(url.slice(0, -mark.length)).slice(fileURLToPath(root).length);
      let source = typeof loaded.source === 'string' ? loaded.source : new TextDecoder().decode(loaded.source);
      for (const edit of bug.edits) {
        if (edit.file !== path || source.split(edit.find).length !== 2) continue;
        source = source.replace(edit.find, () => edit.replace);
        missing.delete(edit);
      }
      return { ...loaded, source };
    },
  });
  const simulation = (await import(`./simulate.ts${mark}`)) as typeof Simulation;
  await simulation.warm();
  const [edit] = missing;
  if (edit === undefined) return simulation;
  throw new Error(`"${bug.name}" cannot be planted: ${edit.file} has no such line any more, or several: ${edit.find}`);
}
