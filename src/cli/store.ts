import { dirname, join, relative, resolve } from 'node:path';
import type { Campaign } from '../model/campaign.ts';
import { isLoopback } from '../model/loopback.ts';
import type { Files, World } from '../ports.ts';
import { storePath } from '../store/store-path.ts';
import { Halt } from './halt.ts';
import { seenFiles } from './seen-files.ts';
import { UsageError } from './usage-error.ts';

/** What a command says about the store that it means. */
export type StoreRequest = {
  /** `--store`. */
  readonly named: string | undefined;
  /** Absolute paths of the campaign files. */
  readonly files: readonly string[];
  /** Origins that calls go to, from a command that calls: in CI its store must be named, unless all are on loopback. */
  readonly calls?: readonly string[];
  /** What the command writes counts for good: in CI its store must be named as well. */
  readonly isKept?: boolean;
};

/**
 * Where the store is: `--store`, else CALLPLAN_STORE, else beside the nearest .git or .callplan of the campaigns, else
 * beside the campaign, or in the folder that holds all of them, where later commands find it again.
 * The file need not be there.
 * @throws Halt (environment) in CI without a name, UsageError for what is no path or where campaigns mean two stores
 */
export async function resolveStore(
  { named, files, calls = [], isKept = false }: StoreRequest,
  world: Pick<World, 'files' | 'env' | 'cwd'>,
): Promise<string> {
  const written = named ?? (world.env['CALLPLAN_STORE'] || undefined);
  if (written !== undefined) return resolve(world.cwd, asPath(written, named));
  if ((isKept || !calls.every(isLocal)) && isCi(world.env)) {
    throw new Halt('environment', 'a CI job starts without the record of earlier runs, and no store is named', [
      'name a store that outlives the job with --store or CALLPLAN_STORE',
    ]);
  }
  const folders = [...new Set(files.map((file) => dirname(file)))];
  const [first, second] = await placesOf(folders.length === 0 ? [world.cwd] : folders, seenFiles(world.files));
  if (second === undefined) return first;
  throw new UsageError(`the campaigns belong to two stores, ${first} and ${second}`, 'Name one with --store');
}

/** The folder that a campaign's `.callplan` belongs in, wherever the store is that was named: `runs` stands beside it. */
export async function campaignRoot({ path }: Pick<Campaign, 'path'>, files: Files): Promise<string> {
  return dirname(dirname(await storePath(dirname(path), seenFiles(files))));
}

/** Where the folders' stores are; folders without any sign of one share the folder above them all. */
async function placesOf(folders: readonly string[], files: Files): Promise<readonly [string, ...string[]]> {
  const signs = await Promise.all(folders.map((folder) => hasSign(folder, files)));
  const loose = folders.filter((_, index) => !signs[index]);
  const anchored = folders.filter((_, index) => signs[index]);
  const common = loose.length === 0 ? [] : [loose.reduce(commonFolder)];
  const places = await Promise.all([...anchored, ...common].map((folder) => storePath(folder, files)));
  const [first = '', ...others] = [...new Set(places)].toSorted();
  return [first, ...others];
}

/** Whether a `.git` or `.callplan` at or above the folder says where its store is. */
async function hasSign(folder: string, files: Files): Promise<boolean> {
  const own = join(folder, '.callplan');
  if ((await storePath(folder, files)) !== join(own, 'callplan.db')) return true;
  return (await files.info(own)) !== undefined || (await files.info(join(folder, '.git'))) !== undefined;
}

function commonFolder(a: string, b: string): string {
  let folder = a;
  while (relative(folder, b).startsWith('..')) folder = dirname(folder);
  return folder;
}

/** Other stores than files are no paths, whatever they look like. */
function asPath(written: string, named: string | undefined): string {
  const from = named === undefined ? 'CALLPLAN_STORE' : '--store';
  const scheme = /^[a-z][a-z0-9+.-]+:\/\//i.exec(written)?.[0];
  if (scheme !== undefined) throw new UsageError(`${from} takes the path of a file; this begins with ${scheme}`);
  if (written.trim() === '') throw new UsageError(`${from} is empty`);
  return written;
}

/** What CI systems set; https://docs.github.com/actions/reference/variables-reference says always `true`. */
function isCi(env: World['env']): boolean {
  return !['', '0', 'false', undefined].includes(env['CI']?.toLowerCase());
}

function isLocal(origin: string): boolean {
  const url = URL.parse(origin);
  return url !== null && isLoopback(url.hostname);
}
