/**
 * Paths of the command line become campaigns: finds the files, reads them and what they name, and lets src/campaign make
 * sense of them. In come paths, an environment and the doors to files and variables; out come campaigns and every
 * finding of every file. It must not know what a campaign says.
 */
import { resolve } from 'node:path';
import { build } from '../campaign/build.ts';
import type { Built } from '../campaign/build.ts';
import type { FindProvider, ProviderModule } from '../campaign/campaign-provider.ts';
import { checkAcross } from '../campaign/check-across.ts';
import { environmentsOf } from '../campaign/compose.ts';
import type { Included } from '../campaign/included.ts';
import { parse } from '../campaign/parse.ts';
import { sortDiagnostics } from '../campaign/sort-diagnostics.ts';
import type { SourcedMap } from '../campaign/sourced.ts';
import { countOf } from '../model/count-of.ts';
import type { Campaign, Draft } from '../model/campaign.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { World } from '../ports.ts';
import { atlas } from './atlas.ts';
import { findFiles } from './find-files.ts';
import { readText } from './read-text.ts';
import { showPath } from './show-path.ts';

export type LoadRequest = {
  /** Files and folders, as on the command line. */
  readonly paths: readonly string[];
  /** `-e`. */
  readonly environment?: string;
  /** `--wave`: beats the file's. */
  readonly wave?: string;
  /** `--recipients`: takes the place of `recipients.from`. */
  readonly recipientsFile?: string;
  /** `needed`: a campaign whose secrets are missing is left out. */
  readonly secrets: 'needed' | 'optional';
  /** Whether a file with environments may be taken without one of them. */
  readonly base: 'allowed' | 'refused';
  /** What the module at an absolute path brings, for campaigns that name one as their provider; default: nothing is a module. */
  readonly loadModule?: LoadModule;
};

export type LoadModule = (path: string) => Promise<ProviderModule>;

export type Loaded = {
  /** Those without findings, in the order of their paths. */
  readonly campaigns: readonly Campaign[];
  /** What is known of those with findings, where it is enough to check names. */
  readonly drafts: readonly Draft[];
  /** All findings of all files, sorted by place. */
  readonly diagnostics: readonly Diagnostic[];
  /** Texts of the files that findings point into, by their shown paths: for code frames. */
  readonly texts: ReadonlyMap<string, string>;
  /** The command line asks for an environment that is not there, or fails to name one: exit 64. */
  readonly usage?: string;
  /** What secrets lack, sorted: names of environment variables, paths of files. */
  readonly missingSecrets: readonly string[];
  /** The environments of files that were taken without one of them. */
  readonly environments: readonly string[];
};

/** The two doors that loading needs, and where relative paths start. */
export type LoadWorld = Pick<World, 'files' | 'env' | 'cwd'>;

/** Loads all campaigns that the paths mean. Mistakes of the user are findings; nothing is thrown for them. */
export async function loadCampaigns(
  request: LoadRequest,
  world: LoadWorld,
  findProvider: FindProvider,
): Promise<Loaded> {
  const found = await findFiles(request.paths, world);
  const sources = await inBatches(found.paths, (path) => readSource(path, world));
  const misused = sources.flatMap((source) => usageOf(source, request) ?? []);
  const task: Task = { request, world, findProvider, included: new Map<string, Included>(), modules: new Map() };
  const results = misused.length > 0 ? [] : await inBatches(sources, (source) => buildSource(source, task));
  const usable = results.filter(({ missingSecrets }) => request.secrets === 'optional' || missingSecrets.length === 0);
  const campaigns = usable.flatMap(({ campaign }) => campaign ?? []);
  const diagnostics = sortDiagnostics([
    ...found.diagnostics,
    ...sources.flatMap((source) => source.diagnostics),
    ...results.flatMap((result) => result.diagnostics),
    ...checkAcross(
      results.flatMap(({ campaign }) => campaign ?? []),
      findProvider,
    ),
  ]);
  return {
    campaigns,
    drafts: results.flatMap(({ draft }) => draft ?? []),
    diagnostics,
    texts: textsOf(diagnostics, sources, task.included),
    ...(misused.length > 0 && { usage: usageWords(misused) }),
    missingSecrets: [...new Set(results.flatMap(({ missingSecrets }) => missingSecrets))].toSorted(),
    environments: request.environment === undefined ? allEnvironments(sources) : [],
  };
}

/** Files that are read at the same time. */
const batchSize = 64;

async function inBatches<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (let start = 0; start < items.length; start += batchSize) {
    results.push(...(await Promise.all(items.slice(start, start + batchSize).map(work))));
  }
  return results;
}

/** One campaign file: its text, and its root where YAML could be read. */
type SourceFile = {
  readonly path: string;
  readonly file: string;
  readonly text?: string;
  readonly lines: readonly string[];
  readonly root?: SourcedMap;
  readonly diagnostics: readonly Diagnostic[];
};

async function readSource(path: string, { files, cwd }: LoadWorld): Promise<SourceFile> {
  const file = showPath(path, cwd);
  const read = await readText(files, path, file);
  if (read.kind === 'failed') return { path, file, lines: [], diagnostics: [read.diagnostic] };
  return { path, file, text: read.text, lines: read.text.split('\n'), ...parse(file, read.text) };
}

function allEnvironments(sources: readonly SourceFile[]): readonly string[] {
  return [...new Set(sources.flatMap(({ root }) => (root === undefined ? [] : environmentsOf(root))))];
}

type Misuse = { readonly file: string; readonly is: string; readonly are: string; readonly remedy: string };

/** Files that are misused alike are said together. */
function usageWords(misused: readonly Misuse[]): string {
  const alike = Map.groupBy(misused, ({ is, remedy }) => `${is}: ${remedy}`);
  return [...alike.values()]
    .flatMap(([first, ...more]) => {
      if (first === undefined) return [];
      const { file, is, are, remedy } = first;
      return more.length === 0
        ? `${file} ${is}: ${remedy}`
        : `${file} and ${countOf(more.length, 'other')} ${are}: ${remedy}`;
    })
    .join('\n');
}

/** What is wrong with `-e` for this file; undefined where nothing is. */
function usageOf({ file, root }: SourceFile, { environment, base }: LoadRequest): Misuse | undefined {
  if (root === undefined) return undefined;
  const names = environmentsOf(root);
  const remedy = `say one of ${names.map((name) => `-e ${name}`).join(', ')}`;
  if (environment === undefined) {
    if (names.length === 0 || base === 'allowed') return undefined;
    return { file, is: 'has environments', are: 'have environments', remedy };
  }
  if (names.includes(environment) || (names.length === 0 && environment === 'default')) return undefined;
  return names.length === 0
    ? { file, is: 'has no environments', are: 'have no environments', remedy: `leave out -e ${environment}` }
    : { file, is: `has no environment ${environment}`, are: `have no environment ${environment}`, remedy };
}

type Task = {
  readonly request: LoadRequest;
  readonly world: LoadWorld;
  readonly findProvider: FindProvider;
  /** Files that campaigns name, by absolute path: read once for all. */
  readonly included: Map<string, Included>;
  /** Modules that campaigns name, likewise. */
  readonly modules: Map<string, ProviderModule>;
};

async function buildSource(source: SourceFile, task: Task): Promise<Built> {
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

function textsOf(
  diagnostics: readonly Diagnostic[],
  sources: readonly SourceFile[],
  included: ReadonlyMap<string, Included>,
): ReadonlyMap<string, string> {
  const named = [...included.values()].flatMap((one) => (one.kind === 'text' ? [[one.file, one.text] as const] : []));
  const own = sources.flatMap(({ file, text }) => (text === undefined ? [] : [[file, text] as const]));
  const pointed = new Set(diagnostics.flatMap(({ at, related = [] }) => [at, ...related]).map((place) => place?.file));
  return new Map([...named, ...own].filter(([file]) => pointed.has(file)));
}
