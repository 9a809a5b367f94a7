import { resolve } from 'node:path';
import { build } from '../campaign/build.ts';
import type { Built } from '../campaign/build.ts';
import type { FindProvider, ProviderModule } from '../campaign/campaign-provider.ts';
import { environmentsOf } from '../campaign/compose.ts';
import type { Included } from '../campaign/included.ts';
import type { SourcedMap } from '../campaign/sourced.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { atlas } from './atlas.ts';
import type { LoadRequest, LoadWorld } from './load-request.ts';
import { readText } from './read-text.ts';
import { showPath } from './show-path.ts';

/** One campaign file: its text, and its root where YAML could be read. */
export type SourceFile = {
  readonly path: string;
  readonly file: string;
  readonly text?: string;
  readonly lines: readonly string[];
  readonly root?: SourcedMap;
  readonly diagnostics: readonly Diagnostic[];
};

/** What building the campaigns of one command line shares. */
export type Task = {
  readonly request: LoadRequest;
  readonly world: LoadWorld;
  readonly findProvider: FindProvider;
  /** Files that campaigns name, by absolute path: read once for all. */
  readonly included: Map<string, Included>;
  /** Modules that campaigns name, likewise. */
  readonly modules: Map<string, ProviderModule>;
};

/** The campaign of a file as it is asked for; without an environment, findings of all of them count. */
export async function buildSource(source: SourceFile, task: Task): Promise<Built> {
  const { root } = source;
  if (root === undefined) return { diagnostics: [], missingSecrets: [], wanted: [] };
  const { environment } = task.request;
  const asked = await buildOne({ ...source, root }, environment, task);
  if (environment !== undefined) return asked;
  const overlaid: Diagnostic[] = [];
  for (const name of environmentsOf(root)) {
    const { diagnostics } = await buildOne({ ...source, root }, name, task);
    overlaid.push(...diagnostics.filter(({ code }) => code !== 'SUBSTITUTION_UNSET'));
  }
  return { ...asked, diagnostics: [...asked.diagnostics, ...overlaid] };
}

/** Builds, reads the files that turn out to be named, and builds again until nothing is wanting. */
async function buildOne(
  source: SourceFile & { readonly root: SourcedMap },
  environment: string | undefined,
  task: Task,
): Promise<Built> {
  const { request, world, findProvider, included, modules } = task;
  const file = request.recipientsFile === undefined ? undefined : resolve(world.cwd, request.recipientsFile);
  for (;;) {
    const built = build({
      root: source.root,
      parseFindings: source.diagnostics,
      lines: source.lines,
      file: source.file,
      path: source.path,
      ...(environment !== undefined && environmentsOf(source.root).includes(environment) && { environment }),
      ...(request.wave !== undefined && { wave: request.wave }),
      ...(file !== undefined && { recipientsFile: { path: file, file: showPath(file, world.cwd) } }),
      env: world.env,
      included,
      findProvider,
      modules,
      atlas,
    });
    const { wantedModule } = built;
    if (wantedModule !== undefined) modules.set(wantedModule, await loadModule(wantedModule, task));
    else if (built.wanted.length === 0) return built;
    await Promise.all(built.wanted.map((path) => readIncluded(path, task)));
  }
}

async function loadModule(path: string, { request, world }: Task): Promise<ProviderModule> {
  const load = request.loadModule;
  if (load !== undefined) return load(path);
  return { kind: 'failed', diagnostic: { code: 'FILE_MISSING', args: { path: showPath(path, world.cwd) } } };
}

async function readIncluded(path: string, { world, included }: Task): Promise<void> {
  const file = showPath(path, world.cwd);
  const read = await readText(world.files, path, file);
  included.set(path, read.kind === 'failed' ? read : { kind: 'text', file, text: read.text });
}
