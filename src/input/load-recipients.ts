/**
 * A campaign's recipients, opened: sources found, headers read, suppression lists loaded. The rows themselves stream
 * in batches, as often as they are asked for; each time every row is read, checked and compared anew, so memory stays
 * flat whatever the length of the list.
 */
import type { Campaign } from '../model/campaign.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { InternalError } from '../model/internal-error.ts';
import type { ReadRow, RowReason, SourceRow } from '../model/recipient.ts';
import type { Files } from '../ports.ts';
import { dedupe } from '../recipients/dedupe.ts';
import { recipientReader } from '../recipients/read.ts';
import type { ReadPlan, RenderedCall } from '../recipients/read.ts';
import { rowCounter } from '../recipients/row-counter.ts';
import type { RecipientsSummary } from '../recipients/summary.ts';
import type { RowCounter } from '../recipients/row-counter.ts';
import { contentOf } from './list-content.ts';
import { headsOf, type Columns } from './list-heads.ts';
import { localSources } from './local-sources.ts';
import type { Surroundings } from './local-sources.ts';
import type { Reach } from './reach.ts';
import { sourceItems } from './rows/items.ts';
import type { LocalSource } from './rows/local-source.ts';
import type { CheckRow } from './rows/shape.ts';
import { readRowsSchema } from './read-rows-schema.ts';
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

export type OpenRecipients = Columns & {
  readonly kind: 'open';
  readonly suppression: Suppression;
  /** Notes of sources and lists that this command does not read. */
  readonly unread: readonly Diagnostic[];
  /** Reads all rows from the start, in batches of at most 1,000. A source that breaks off ends it: see the summary. */
  readonly read: () => AsyncIterable<readonly ReadRow[]>;
  /**
   * SHA-256 over what the rows are read from, as it is now: equal where every row is. Undefined where it cannot be told but by
   * reading them.
   */
  readonly content: () => Promise<string | undefined>;
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

export type RecipientsWorld = {
  readonly files: Pick<Files, 'stream' | 'info'>;
  /** Left out: only what is on this machine is read. */
  readonly reach?: Reach | undefined;
};

/** Opens the sources and suppression lists of a campaign. */
export async function openRecipients(
  campaign: Campaign,
  { files, reach }: RecipientsWorld,
  options: RecipientsOptions,
): Promise<OpenedRecipients> {
  const { recipients, secrets } = campaign;
  const brought = await localSources(recipients.sources, { files, reach, secrets });
  const rule = await readRowsSchema(recipients, files);
  const heads = await headsOf(brought, files);
  const suppression = await loadSuppression(recipients, files, { reach, secrets });
  if (heads.kind === 'failed' || suppression.kind === 'failed' || rule.kind === 'failed') {
    const diagnostics = [rule, heads, suppression].flatMap((one) => (one.kind === 'failed' ? one.diagnostics : []));
    const columns = heads.kind === 'open' ? heads.columns : undefined;
    return { kind: 'failed', diagnostics, ...(columns !== undefined && { columns }) };
  }
  const plan = planOf(campaign, suppression.suppression, options);
  const list = { sources: brought.local, files, check: rule.check };
  const opened = {
    columns: heads.columns,
    allColumns: heads.allColumns,
    suppression: suppression.suppression,
    unread: [...brought.unread, ...suppression.unread],
    content: () => contentOf(brought.local, rule.digest, files),
  };
  return openedList(opened, (ended) => readAll(plan, list, ended));
}

/** A list that knows what its last reading came to. */
export function openedList(
  opened: Omit<OpenRecipients, 'kind' | 'read' | 'summary'>,
  read: (ended: (summary: RecipientsSummary) => void) => AsyncIterable<readonly ReadRow[]>,
): OpenRecipients {
  let last: RecipientsSummary | undefined;
  return {
    kind: 'open',
    ...opened,
    read: () => read((summary) => (last = summary)),
    summary: () => {
      if (last === undefined) throw new InternalError('the recipients have not been read yet');
      return last;
    },
  };
}

/** What reading a recipient needs to know of the campaign. */
export function planOf(campaign: Campaign, suppression: Suppression, options: RecipientsOptions): ReadPlan {
  const { recipients, call, variables: constants } = campaign;
  return { ...options, recipients, call, constants, isSuppressed: suppression.has };
}

type List = {
  readonly sources: readonly LocalSource[];
  readonly files: Surroundings['files'];
  readonly check: CheckRow | undefined;
};

async function* readAll(
  plan: ReadPlan,
  { sources, files, check }: List,
  ended: (summary: RecipientsSummary) => void,
): AsyncGenerator<readonly ReadRow[]> {
  const counts = rowCounter();
  const readRow = rowReader(plan, counts);
  for (const source of sources) {
    for await (const item of sourceItems(source, files, { check })) {
      if (item.kind === 'broken') counts.fail(item.diagnostics);
      if (item.kind === 'rows') {
        counts.leaveOut(item.leftOut ?? 0);
        yield item.rows.map(readRow);
      }
    }
  }
  ended(counts.summary());
}

function rowReader(plan: ReadPlan, counts: RowCounter): (row: SourceRow) => ReadRow {
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
