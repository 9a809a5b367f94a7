/**
 * Numbers that must not be called. Strict: a list that cannot be read whole, or an entry that is no phone number,
 * stops everything, since a number that is missing from the list would be called.
 */
import type { Campaign } from '../model/campaign.ts';
import type { FileSource, Source } from '../model/source.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { E164, RowPlace, SourceRow } from '../model/recipient.ts';
import { runningDigest } from '../model/running-digest.ts';
import type { FileInfo, Files } from '../ports.ts';
import { parsePhone } from '../recipients/phone.ts';
import { phoneSet } from '../recipients/phone-set.ts';
import type { PhoneSet } from '../recipients/phone-set.ts';
import { isDoubtful, phoneColumns, suppressionColumn } from '../recipients/suppression-column.ts';
import { localSources } from './local-sources.ts';
import type { Surroundings } from './local-sources.ts';
import { sourceItems } from './rows/items.ts';
import type { LocalSource } from './rows/local-source.ts';

/** The numbers of all lists, in flat memory. */
export type Suppression = {
  readonly has: (phone: E164) => boolean;
  /** How many different numbers. */
  readonly size: number;
  /** SHA-256 over the numbers in the order of the lists. */
  readonly digest: string;
  /** Absolute paths of the files that were read. */
  readonly files: readonly string[];
  /** Whether a list comes from a database or an address, which do not tell when they change. */
  readonly hasSilent: boolean;
  /** Whether a file was written, replaced or removed since it was read: then it must be read again. */
  readonly changed: (files: Pick<Files, 'info'>) => Promise<boolean>;
};

export type LoadedSuppression =
  /** `unread`: notes of lists that this command does not read. */
  | { readonly kind: 'loaded'; readonly suppression: Suppression; readonly unread: readonly Diagnostic[] }
  | { readonly kind: 'failed'; readonly diagnostics: readonly Diagnostic[] };

/** Malformed entries that are told one by one. */
const toldEntries = 20;

/** Reads all lists. Numbers without a country code are of the campaign's country, where it is the same for all. */
export async function loadSuppression(
  { suppress, country }: Pick<Campaign['recipients'], 'suppress' | 'country'>,
  files: Pick<Files, 'stream' | 'info'>,
  elsewhere: Omit<Surroundings, 'files'> = {},
): Promise<LoadedSuppression> {
  const said = country?.uses.length === 0 ? country.render({ values: {} }) : undefined;
  const list: List = {
    numbers: phoneSet(),
    digest: runningDigest(),
    country: said?.kind === 'rendered' ? String(said.value) : undefined,
  };
  const paths = suppress.flatMap((source) => (isFile(source) ? [source.path] : []));
  // Taken before reading, so that a change meanwhile is seen.
  const stamps = new Map<string, string>();
  for (const path of paths) stamps.set(path, stampOf(await files.info(path)));
  const brought = await localSources(suppress, { ...elsewhere, files });
  const diagnostics: Diagnostic[] = [...brought.diagnostics];
  for (const source of brought.local) diagnostics.push(...(await readList(source, files, list)));
  if (diagnostics.length > 0) return { kind: 'failed', diagnostics };
  const suppression = {
    has: list.numbers.has,
    size: list.numbers.size(),
    digest: list.digest.hex(),
    files: paths,
    hasSilent: suppress.some((source) => source.kind !== 'rows' && !isFile(source)),
    changed: (current: Pick<Files, 'info'>) => haveChanged(stamps, current),
  };
  return { kind: 'loaded', suppression, unread: brought.unread };
}

function isFile(source: Source): source is FileSource {
  return source.kind !== 'rows' && source.kind !== 'sql' && source.address === undefined;
}

type List = {
  readonly numbers: PhoneSet;
  readonly digest: ReturnType<typeof runningDigest>;
  readonly country: string | undefined;
};

async function readList(source: LocalSource, files: Pick<Files, 'stream'>, list: List): Promise<readonly Diagnostic[]> {
  const bad: Diagnostic[] = [];
  let more = 0;
  let columns: readonly string[] = [];
  let column: string | undefined;
  let entries = 0;
  const { file: path, at } = source;
  for await (const item of sourceItems(source, files, { mayLackHeader: true })) {
    if (item.kind === 'broken') return [...bad, ...item.diagnostics];
    if (item.kind === 'columns') {
      ({ columns } = item);
      column = suppressionColumn(columns);
      if (column === undefined)
        return [{ code: 'SUPPRESSION_COLUMN', args: { path, columns, taken: phoneColumns }, at }];
      continue;
    }
    entries += item.rows.length;
    for (const row of item.rows) {
      const reason = addEntry(row, column ?? '', list);
      if (reason === undefined) continue;
      if (bad.length === toldEntries) more += 1;
      else bad.push({ code: 'SUPPRESSION_ENTRY', args: { path, ...placeOf(row), reason }, at });
    }
  }
  const isHeaderDoubtful = isText(source) && columns.length === 1 && isDoubtful(column ?? '', { entries });
  if (isHeaderDoubtful) bad.unshift({ code: 'SUPPRESSION_HEADER', args: { path, taken: phoneColumns }, at });
  return more === 0 ? bad : [...bad, { code: 'SUPPRESSION_MORE', args: { path, more }, at }];
}

/** Where the name of a column is the first line of what may be anything. */
function isText({ rows }: LocalSource): boolean {
  return rows.kind === 'file' && (rows.source.kind === 'csv' || rows.source.kind === 'tsv');
}

/** Adds the number of a row; answers the reason where it has none. */
function addEntry(row: SourceRow, column: string, { numbers, digest, country }: List): string | undefined {
  if (row.kind === 'rejected') return row.rejected.reason.code;
  const parsed = parsePhone(row.row.cells[column] ?? '', country);
  if (parsed.kind === 'rejected') return parsed.code;
  numbers.add(parsed.phone);
  digest.add(`${parsed.phone}\n`);
  return undefined;
}

function placeOf(row: SourceRow): Pick<RowPlace, 'line' | 'unit'> {
  const { line, unit } = row.kind === 'row' ? row.row.place : row.rejected.place;
  return unit === undefined ? { line } : { line, unit };
}

function stampOf(info: FileInfo | undefined): string {
  return info?.version ?? 'missing';
}

async function haveChanged(stamps: ReadonlyMap<string, string>, files: Pick<Files, 'info'>): Promise<boolean> {
  for (const [path, stamp] of stamps) if (stampOf(await files.info(path)) !== stamp) return true;
  return false;
}
