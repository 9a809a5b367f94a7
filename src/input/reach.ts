/**
 * What a command may fetch: files behind addresses, answers of databases. Each is fetched once, whole, into a private
 * folder, so that every reading of a command sees the same rows; the folder goes away with the command.
 */
import { join } from 'node:path';
import type { FileSource, RemoteFile, SqlSource } from '../model/source.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Download, Downloaded, World } from '../ports.ts';

/** What was fetched, or why not. */
export type Fetched =
  | { readonly kind: 'fetched'; readonly path: string }
  | { readonly kind: 'failed'; readonly diagnostic: Diagnostic };

export type Reach = {
  /** `headers` with their secrets filled in. */
  readonly file: (
    source: FileSource & { readonly address: RemoteFile },
    headers: Download['headers'],
  ) => Promise<Fetched>;
  /** The answer as a spool. */
  readonly answer: (source: SqlSource, question: Question) => Promise<Fetched>;
  /** The same without memory: everything is fetched again. */
  readonly again: () => Reach;
  /** Removes what was fetched. */
  readonly close: () => Promise<void>;
};

/** A query and the address of the database that it is for. */
export type Question = { readonly address: string; readonly query: string };

type Doors = Pick<World, 'files' | 'scratch' | 'download'>;

/** In bytes. */
const largestDownload = 2_147_483_648;

/** Opens the way out; nothing is made before something is fetched. */
export function openReach(world: Doors): Reach {
  let folder: ReturnType<Doors['scratch']> | undefined;
  const names: string[] = [];
  // Each source has its path: what is fetched again takes the place of what was there.
  const pathOf = async (name: string): Promise<string> => {
    folder ??= world.scratch();
    if (!names.includes(name)) names.push(name);
    return join((await folder).path, String(names.indexOf(name)));
  };
  const close = async (): Promise<void> => {
    const made = await folder;
    folder = undefined;
    await made?.remove();
  };
  return reachOf(world, pathOf, close);
}

function reachOf(world: Doors, pathOf: (name: string) => Promise<string>, close: () => Promise<void>): Reach {
  const fetched = new Map<string, Promise<Fetched>>();
  const once = (key: readonly unknown[], fetch: (path: string) => Promise<Fetched>): Promise<Fetched> => {
    const name = JSON.stringify(key);
    const known = fetched.get(name) ?? pathOf(name).then(fetch);
    fetched.set(name, known);
    return known;
  };
  return {
    file: (source, headers) => {
      const { url, sha256 } = source.address;
      return once(['file', url, headers, sha256], async (path) => {
        const done = await world.download({ url, headers, path, limit: largestDownload });
        return fileOf(source, done, { path, sha256 });
      });
    },
    answer: (source, question) => once(['answer', question], (path) => askInto(path, source, question, world.files)),
    again: () => reachOf(world, pathOf, close),
    close,
  };
}

function fileOf(
  { file, at }: FileSource,
  done: Downloaded,
  { path, sha256 }: { readonly path: string; readonly sha256: string | undefined },
): Fetched {
  if (done.kind === 'failed')
    return failed({ code: 'SOURCE_ADDRESS', args: { path: file, problem: done.problem }, at });
  if (sha256 === undefined || done.sha256 === sha256) return { kind: 'fetched', path };
  return failed({ code: 'SOURCE_CHECKSUM', args: { path: file, expected: sha256, found: done.sha256 }, at });
}

async function askInto(
  path: string,
  { file, at }: SqlSource,
  { address, query }: Question,
  files: Doors['files'],
): Promise<Fetched> {
  const { QueryFailed } = await import('./rows/sql/answer.ts');
  const { askPostgres } = await import('./rows/sql/postgres.ts');
  const { writeSpool } = await import('./rows/sql/spool.ts');
  try {
    await writeSpool(path, askPostgres(address, query), files);
    return { kind: 'fetched', path };
  } catch (error) {
    if (!(error instanceof QueryFailed)) throw error;
    const args = { path: file, problem: error.message };
    return failed({ code: error.kind === 'query' ? 'SOURCE_QUERY' : 'SOURCE_DATABASE', args, at });
  }
}

function failed(diagnostic: Diagnostic): Fetched {
  return { kind: 'failed', diagnostic };
}
