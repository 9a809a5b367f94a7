import { isAbsolute, resolve } from 'node:path';
import type { Campaign } from '../model/campaign.ts';
import type { FileSource, RemoteFile, Source, SqlSource } from '../model/source.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Files } from '../ports.ts';
import type { Fetched, Reach } from './reach.ts';
import type { LocalSource } from './rows/local-source.ts';
import { fileFinding } from './rows/source-finding.ts';
import { readWhole } from './rows/whole-file.ts';

/** The sources that can be read here, in their order, and what is to be said of the others. */
export type LocalSources = {
  readonly local: readonly LocalSource[];
  /** Notes of sources that are not read. */
  readonly unread: readonly Diagnostic[];
  /** Why others cannot be read. */
  readonly diagnostics: readonly Diagnostic[];
};

export type Surroundings = {
  readonly files: Pick<Files, 'stream'>;
  /** Left out: sources that are elsewhere are not read. */
  readonly reach?: Reach | undefined;
  readonly secrets?: Campaign['secrets'] | undefined;
};

/** Brings sources to this machine, as far as this command may. */
export async function localSources(sources: readonly Source[], world: Surroundings): Promise<LocalSources> {
  const brought = await Promise.all(sources.map((source) => bring(source, world)));
  return {
    local: brought.flatMap((one) => (one.kind === 'local' ? [one.source] : [])),
    unread: brought.flatMap((one) => (one.kind === 'unread' ? [one.note] : [])),
    diagnostics: brought.flatMap((one) => (one.kind === 'failed' ? [one.diagnostic] : [])),
  };
}

type Brought =
  | { readonly kind: 'local'; readonly source: LocalSource }
  | { readonly kind: 'unread'; readonly note: Diagnostic }
  | { readonly kind: 'failed'; readonly diagnostic: Diagnostic };

async function bring(source: Source, world: Surroundings): Promise<Brought> {
  switch (source.kind) {
    case 'rows':
      return local(source, source.at.file, { kind: 'inline', source });
    case 'sql':
      return bringAnswer(source, world);
    case 'csv':
    case 'tsv':
    case 'json':
    case 'jsonl':
    case 'xlsx':
      if (source.address === undefined) return local(source, source.file, { kind: 'file', source });
      return bringFile({ ...source, address: source.address }, world);
  }
}

async function bringFile(
  source: FileSource & { readonly address: RemoteFile },
  { reach, secrets }: Surroundings,
): Promise<Brought> {
  if (reach === undefined) return unread(source, 'remote');
  const headers: Record<string, string> = {};
  for (const [name, written] of Object.entries(source.address.headers)) {
    const value = secretOf(written, secrets);
    if (value === undefined) return unread(source, 'secret');
    headers[name] = value;
  }
  return fetchedAs(source, await reach.file(source, headers), (path) => ({
    kind: 'file',
    source: { ...source, path },
  }));
}

async function bringAnswer(source: SqlSource, { files, reach, secrets }: Surroundings): Promise<Brought> {
  const database = secretOf(source.database, secrets);
  if (database === undefined) return unread(source, 'secret');
  const query = await queryOf(source, files);
  if (query.kind === 'failed') return query;
  if (!/^postgres(?:ql)?:/i.test(database)) {
    const path = isAbsolute(database) ? database : resolve(source.folder, database);
    const missing = await unreadable(path, source, files);
    return missing ?? local(source, source.file, { kind: 'sqlite', path, query: query.text });
  }
  if (reach === undefined) return unread(source, 'remote');
  const fetched = await reach.answer(source, { address: database, query: query.text });
  return fetchedAs(source, fetched, (path) => ({ kind: 'spool', path }));
}

/** A text with its secrets filled in; undefined where they are not set. */
function secretOf(written: string, secrets: Campaign['secrets'] | undefined): string | undefined {
  return secrets?.has(written) === true ? secrets.get(written) : written.includes('${') ? undefined : written;
}

/** In bytes. */
const longestQuery = 1_048_576;

async function queryOf(
  { query, at }: SqlSource,
  files: Surroundings['files'],
): Promise<{ readonly kind: 'query'; readonly text: string } | (Brought & { readonly kind: 'failed' })> {
  if (query.kind === 'text') return { kind: 'query', text: query.text };
  try {
    const read = await readWhole(files.stream(query.path), longestQuery);
    if (read.kind === 'whole') return { kind: 'query', text: read.bytes.toString() };
    const { size, limit } = read;
    return { kind: 'failed', diagnostic: { code: 'SOURCE_TOO_LARGE', args: { path: query.file, size, limit }, at } };
  } catch (error) {
    return { kind: 'failed', diagnostic: fileFinding(error, { file: query.file, at }) };
  }
}

/** SQLite says of a file that is not there only that it cannot be opened. */
async function unreadable(path: string, source: SqlSource, files: Surroundings['files']): Promise<Brought | undefined> {
  try {
    for await (const _ of files.stream(path)) break;
    return undefined;
  } catch (error) {
    return { kind: 'failed', diagnostic: fileFinding(error, source) };
  }
}

function fetchedAs(
  source: Source & { readonly file: string },
  fetched: Fetched,
  rows: (path: string) => LocalSource['rows'],
): Brought {
  return fetched.kind === 'failed' ? fetched : local(source, source.file, rows(fetched.path));
}

function local(source: Source, file: string, rows: LocalSource['rows']): Brought {
  return { kind: 'local', source: { file, at: source.at, shape: source, rows } };
}

function unread({ file, at }: FileSource | SqlSource, why: 'remote' | 'secret'): Brought {
  return { kind: 'unread', note: { code: 'SOURCE_NOT_READ', args: { path: file, why }, at } };
}
