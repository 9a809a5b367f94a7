/** What stands above the rows of a campaign's sources. */
import type { Source } from '../model/source.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { localSources } from './local-sources.ts';
import type { LocalSources, Surroundings } from './local-sources.ts';
import { sourceItems } from './rows/items.ts';
import type { LocalSource } from './rows/local-source.ts';
import { broken } from './rows/source-finding.ts';

export type Columns = {
  /** Columns that every source has: the names that templates may use. Undefined where no source was read. */
  readonly columns: readonly string[] | undefined;
  /** Columns that any source has, for files of rows. */
  readonly allColumns: readonly string[];
};

export type Heads =
  | ({ readonly kind: 'open' } & Columns)
  | { readonly kind: 'failed'; readonly diagnostics: readonly Diagnostic[] };

/** Opens all sources that are on this machine as far as their columns and first rows. */
export async function readHeads(sources: readonly Source[], files: Surroundings['files']): Promise<Heads> {
  return headsOf(await localSources(sources, { files }), files);
}

/** The same of sources that were brought to this machine. */
export async function headsOf(brought: LocalSources, files: Surroundings['files']): Promise<Heads> {
  const heads = await Promise.all(brought.local.map((source) => readHead(source, files)));
  const diagnostics = [
    ...brought.diagnostics,
    ...heads.flatMap((head) => (head.kind === 'failed' ? head.diagnostics : [])),
  ];
  if (diagnostics.length > 0) return { kind: 'failed', diagnostics };
  const headers = heads.flatMap((head) => (head.kind === 'open' ? [head.columns] : []));
  const allColumns = [...new Set(headers.flat())];
  const columns = allColumns.filter((column) => headers.every((header) => header.includes(column)));
  return { kind: 'open', columns: headers.length === 0 ? undefined : columns, allColumns };
}

type Head =
  | { readonly kind: 'open'; readonly columns: readonly string[] }
  | { readonly kind: 'failed'; readonly diagnostics: readonly Diagnostic[] };

/** The columns of a source, which must have a row as well: an empty list is an export that went wrong. */
async function readHead(source: LocalSource, files: Surroundings['files']): Promise<Head> {
  let columns: readonly string[] | undefined;
  for await (const item of sourceItems(source, files)) {
    if (item.kind === 'broken') return { kind: 'failed', diagnostics: item.diagnostics };
    if (item.kind === 'rows') return { kind: 'open', columns: columns ?? [] };
    ({ columns } = item);
  }
  const empty = broken(source, { kind: 'empty', lacks: 'rows' });
  return { kind: 'failed', diagnostics: empty.kind === 'broken' ? empty.diagnostics : [] };
}
