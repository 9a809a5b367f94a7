/**
 * Paths of the command line become campaigns: finds the files, reads them and what they name, and lets src/campaign make
 * sense of them. In come paths, an environment and the doors to files and variables; out come campaigns and every
 * finding of every file. It must not know what a campaign says.
 */
import type { FindProvider } from '../campaign/campaign-provider.ts';
import { checkAcross } from '../campaign/check-across.ts';
import { environmentsOf } from '../campaign/compose.ts';
import type { Included } from '../campaign/included.ts';
import { parse } from '../campaign/parse.ts';
import { sortDiagnostics } from '../campaign/sort-diagnostics.ts';
import type { Campaign, Draft } from '../model/campaign.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { buildSource, type SourceFile, type Task } from './build-source.ts';
import { environmentMisuse, misuseWords } from './environment-misuse.ts';
import { findFiles } from './find-files.ts';
import type { LoadRequest, LoadWorld } from './load-request.ts';
import { readText } from './read-text.ts';
import { showPath } from './show-path.ts';

/** What loading comes to. */
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

/** Loads all campaigns that the paths mean. Mistakes of the user are findings; nothing is thrown for them. */
export async function loadCampaigns(
  request: LoadRequest,
  world: LoadWorld,
  findProvider: FindProvider,
): Promise<Loaded> {
  const found = await findFiles(request.paths, world);
  const sources = await inBatches(found.paths, (path) => readSource(path, world));
  const misused = sources.flatMap((source) => environmentMisuse(source, request) ?? []);
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
    ...(misused.length > 0 && { usage: misuseWords(misused) }),
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

async function readSource(path: string, { files, cwd }: LoadWorld): Promise<SourceFile> {
  const file = showPath(path, cwd);
  const read = await readText(files, path, file);
  if (read.kind === 'failed') return { path, file, lines: [], diagnostics: [read.diagnostic] };
  return { path, file, text: read.text, lines: read.text.split('\n'), ...parse(file, read.text) };
}

function allEnvironments(sources: readonly SourceFile[]): readonly string[] {
  return [...new Set(sources.flatMap(({ root }) => (root === undefined ? [] : environmentsOf(root))))];
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
