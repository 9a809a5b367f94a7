import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** Modules whose imports lead to one of these files, the files among them; paths from the project's root. */
export function dependents(files: readonly string[]): ReadonlySet<string> {
  graph ??= importersByFile();
  const found = new Set(files);
  for (const file of found) for (const importer of graph.get(file) ?? []) found.add(importer);
  return found;
}

let graph: ReadonlyMap<string, readonly string[]> | undefined;

/** Imports of types are none: nothing is left of them when the module runs. */
const relative = /^(?:import|export) (?!type )(?:[^;]* from )?'(?<early>\.[^']+)'|import\('(?<late>\.[^']+)'\)/gm;

function importersByFile(): ReadonlyMap<string, readonly string[]> {
  const importers = new Map<string, string[]>();
  for (const file of globSync(['src/**/*.ts', 'test/{simulation,support}/*.ts'], { cwd: root })) {
    for (const { groups } of readFileSync(join(root, file), 'utf8').matchAll(relative)) {
      const imported = join(dirname(file), groups?.['early'] ?? groups?.['late'] ?? '');
      const known = importers.get(imported);
      if (known === undefined) importers.set(imported, [file]);
      else known.push(file);
    }
  }
  return importers;
}
