/**
 * Loads the simulation with an engine into which a bug was planted: the lines of some files are others as Node reads them.
 * What leads to these files is loaded anew for it; the rest of the modules all bugs share.
 */
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Bug } from './bugs/bug.ts';
import { dependents } from './module-graph.ts';
import type * as Simulation from './simulate.ts';

const root = new URL('../../', import.meta.url).href;

/** What Node asks for the bug that is planted now. */
let hooks: ReturnType<typeof registerHooks> | undefined;

export async function plant(bug: Bug): Promise<typeof Simulation> {
  const mark = `?bug=${encodeURIComponent(bug.name)}`;
  const missing = new Set(bug.edits);
  const reached = dependents(bug.edits.map(({ file }) => file));
  hooks?.deregister();
  hooks = registerHooks({
    resolve: (specifier, context, next) => {
      const resolved = next(specifier, context);
      const isMarked = context.parentURL?.endsWith(mark) === true && reached.has(pathOf(resolved.url));
      return isMarked ? { ...resolved, url: resolved.url + mark } : resolved;
    },
    load: (url, context, next) => {
      if (!url.endsWith(mark)) return next(url, context);
      const path = pathOf(url.slice(0, -mark.length));
      let source = readFileSync(fileURLToPath(root + path), 'utf8');
      for (const edit of bug.edits) {
        if (edit.file !== path || source.split(edit.find).length !== 2) continue;
        source = source.replace(edit.find, () => edit.replace);
        missing.delete(edit);
      }
      return { format: 'module-typescript', source, shortCircuit: true };
    },
  });
  const simulation = (await import(`./simulate.ts${mark}`)) as typeof Simulation;
  await simulation.warm();
  const [edit] = missing;
  if (edit === undefined) return simulation;
  throw new Error(`"${bug.name}" cannot be planted: ${edit.file} has no such line any more, or several: ${edit.find}`);
}

/** From the project's root; of a module that is elsewhere, what no file of it is called. */
function pathOf(url: string): string {
  return url.startsWith(root) ? url.slice(root.length) : url;
}
