/**
 * A campaign's recipients, opened: sources found, headers read, suppression lists loaded. The rows themselves stream
 * in batches, as often as they are asked for; each time every row is read, checked and compared anew, so memory stays
 * flat whatever the length of the list.
 */
import type { Campaign, Source } from '../model/campaign.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { InternalError } from '../model/internal-error.ts';
import type { ReadRow, RowReason, SourceRow } from '../model/recipient.ts';
import type { Files } from '../ports.ts';
import { dedupe } from '../recipients/dedupe.ts';
import { recipientReader } from '../recipients/read.ts';
import type { ReadPlan, RenderedCall } from '../recipients/read.ts';
import { tally } from '../recipients/summary.ts';
import type { RecipientsSummary, Tally } from '../recipients/summary.ts';
import { sourceItems } from './rows/items.ts';
import { broken } from './rows/source-finding.ts';
import { loadSuppression } from './suppression.ts';
import type { Suppression } from './suppression.ts';

export type RecipientsOptions = {
  /**
   * Names that the provider's templates ask for: their values must be there and are checked. Undefined where they
   * are not known yet: then all recipient variables are taken to be sent.
   */
  readonly sent: readonly string[] | undefined;
  /** Whether a value holds the provider's own placeholder syntax. */
  readonly hasPlaceholder: (text: string) => boolean;
  /** The resource that goes with each call, its texts as templates. */
  readonly resource?: NonNullable<ReadPlan['resource']>;
  /** Reasons that only the provider knows. */
  readonly checkCall?: (call: RenderedCall) => RowReason | undefined;
};

export type OpenRecipients = {
  readonly kind: 'open';
  /** Columns that every source has: the names that templates may use. */
  readonly columns: readonly string[];
  /** Columns that any source has, for files of rows. */
  readonly allColumns: readonly string[];
  readonly suppression: Suppression;
  /** Reads all rows from the start, in batches of at most 1,000. A source that breaks off ends it: see the summary. */
  readonly read: () => AsyncIterable<readonly ReadRow[]>;
  /** Of the reading that ended last. @throws InternalError before one has */
  readonly summary: () => RecipientsSummary;
};

export type OpenedRecipients =
  | OpenRecipients
  | {
      readonly kind: 'failed';
      readonly diagnostics: readonly Diagnostic[];
      /** Where the sources could be opened, and a suppression list could not. */
      readonly columns?: readonly string[];
    };

type World = { readonly files: Pick<Files, 'stream' | 'info'> };

/** Opens the sources and suppression lists of a campaign. */
export async function openRecipients(
  campaign: Campaign,
  { files }: World,
  options: RecipientsOptions,
): Promise<OpenedRecipients> {
  const { sources } = campaign.recipients;
  const heads = await readHeads(sources, files);
  const suppression = await loadSuppression(campaign.recipients, files);
  if (heads.kind === 'failed' || suppression.kind === 'failed') {
    const diagnostics = [heads, suppression].flatMap((one) => (one.kind === 'failed' ? one.diagnostics : []));
    return { kind: 'failed', diagnostics, ...(heads.kind === 'open' && { columns: heads.columns }) };
  }
  let last: RecipientsSummary | undefined;
  const plan = planOf(campaign, suppression.suppression, options);
  return {
    kind: 'open',
    columns: heads.columns,
    allColumns: heads.allColumns,
    suppression: suppression.suppression,
    read: () => readAll(plan, { sources, files }, (summary) => (last = summary)),
    summary: () => {
      if (last === undefined) throw new InternalError('the recipients have not been read yet');
      return last;
    },
  };
}

export type Heads =
  | Pick<OpenRecipients, 'kind' | 'columns' | 'allColumns'>
  | { readonly kind: 'failed'; readonly diagnostics: readonly Diagnostic[] };

/** Opens all sources as far as their columns and first rows. */
export async function readHeads(sources: readonly Source[], files: Pick<Files, 'stream'>): Promise<Heads> {
  const heads = await Promise.all(sources.map((source) => readHead(source, files)));
  const diagnostics = heads.flatMap((head) => (head.kind === 'failed' ? head.diagnostics : []));
  if (diagnostics.length > 0) return { kind: 'failed', diagnostics };
  const headers = heads.flatMap((head) => (head.kind === 'open' ? [head.columns] : []));
  const allColumns = [...new Set(headers.flat())];
  const columns = allColumns.filter((column) => headers.every((header) => header.includes(column)));
  return { kind: 'open', columns, allColumns };
}

type Head =
  | { readonly kind: 'open'; readonly columns: readonly string[] }
  | { readonly kind: 'failed'; readonly diagnostics: readonly Diagnostic[] };

/** The columns of a source, which must have a row as well: an empty list is an export that went wrong. */
async function readHead(source: Source, files: Pick<Files, 'stream'>): Promise<Head> {
  let columns: readonly string[] | undefined;
  for await (const item of sourceItems(source, files)) {
    if (item.kind === 'broken') return { kind: 'failed', diagnostics: item.diagnostics };
    if (item.kind === 'rows') return { kind: 'open', columns: columns ?? [] };
    ({ columns } = item);
  }
  const shown = source.kind === 'csv' ? source : { file: source.at.file, at: source.at };
  const empty = broken(shown, { kind: 'empty', lacks: 'rows' });
  return { kind: 'failed', diagnostics: empty.kind === 'broken' ? empty.diagnostics : [] };
}

function planOf(campaign: Campaign, suppression: Suppression, options: RecipientsOptions): ReadPlan {
  const { recipients, call, variables: constants } = campaign;
  return { ...options, recipients, call, constants, isSuppressed: suppression.has };
}

async function* readAll(
  plan: ReadPlan,
  { sources, files }: { readonly sources: readonly Source[]; readonly files: Pick<Files, 'stream'> },
  ended: (summary: RecipientsSummary) => void,
): AsyncGenerator<readonly ReadRow[]> {
  const counts = tally();
  const readRow = rowReader(plan, counts);
  for (const source of sources) {
    for await (const item of sourceItems(source, files)) {
      if (item.kind === 'broken') counts.fail(item.diagnostics);
      if (item.kind === 'rows') yield item.rows.map(readRow);
    }
  }
  ended(counts.summary());
}

function rowReader(plan: ReadPlan, counts: Tally): (row: SourceRow) => ReadRow {
  const read = recipientReader(plan);
  const compare = dedupe(plan.recipients.samePhone);
  return (source) => {
    const row = oneRow(source, read, compare);
    counts.add(row);
    return row;
  };
}

function oneRow(
  source: SourceRow,
  read: ReturnType<typeof recipientReader>,
  compare: ReturnType<typeof dedupe>,
): ReadRow {
  if (source.kind === 'rejected') return source;
  const { row } = source;
  const recipient = read(row);
  if (recipient.kind === 'field') return compare(recipient.value);
  return { kind: 'rejected', rejected: { place: row.place, reason: recipient.reason, row: row.cells } };
}
