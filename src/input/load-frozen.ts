/** Recipients of an earlier wave as a list of its own: the rows come from a store, the do-not-call lists from their files. */
import type { Campaign } from '../model/campaign.ts';
import type { ReadRow } from '../model/recipient.ts';
import { frozenReader, type FrozenRow } from '../recipients/frozen.ts';
import { rowCounter } from '../recipients/row-counter.ts';
import { openedList, planOf } from './load-recipients.ts';
import type { OpenedRecipients, RecipientsOptions, RecipientsWorld } from './load-recipients.ts';
import { loadSuppression } from './suppression.ts';

/** Where frozen rows come from. */
export type FrozenRows = {
  /** Names of the columns that the first of them have. */
  readonly columns: readonly string[];
  /** Reads all of them from the start. */
  readonly read: () => AsyncIterable<readonly FrozenRow[]>;
};

/** Opens the list without reading a row; fails with findings where a do-not-call list cannot be read. */
export async function openFrozen(
  campaign: Campaign,
  { files, reach }: RecipientsWorld,
  { rows, ...options }: RecipientsOptions & { readonly rows: FrozenRows },
): Promise<OpenedRecipients> {
  const { recipients, secrets } = campaign;
  const loaded = await loadSuppression(recipients, files, { reach, secrets });
  if (loaded.kind === 'failed') return { kind: 'failed', diagnostics: loaded.diagnostics };
  const { suppression, unread } = loaded;
  const read = frozenReader(planOf(campaign, suppression, options));
  return openedList(
    {
      // Its rows lie in the store.
      content: () => Promise.resolve(undefined),
      // Each row is asked for what it must have.
      columns: undefined,
      allColumns: rows.columns,
      suppression,
      unread,
    },
    async function* all(ended) {
      const counts = rowCounter();
      for await (const page of rows.read()) {
        yield page.map((row) => {
          const made = readOne(row, read);
          counts.add(made);
          return made;
        });
      }
      ended(counts.summary());
    },
  );
}

function readOne(row: FrozenRow, read: ReturnType<typeof frozenReader>): ReadRow {
  const { place, recipient } = row;
  const made = read(row);
  if (made.kind === 'field') return { kind: 'recipient', recipient: made.value };
  return { kind: 'rejected', rejected: { place, reason: made.reason, row: recipient.row } };
}
