import type { SkipReason } from './standing.ts';
import type { Recipient } from './recipient.ts';

/** A list compared with no ledger: all are new. */
export type NewCounts = {
  readonly fresh: number;
  readonly suppressed: number;
  /** Who certainly will not be called, by reason; left out where there are none. */
  readonly skips?: Readonly<Partial<Record<SkipReason, number>>>;
};

/** Counts a list of which nobody was called yet, in flat memory. */
export async function countNew(
  rows: AsyncIterable<readonly Recipient[]>,
  certainSkip: (recipient: Recipient) => SkipReason | undefined = () => undefined,
): Promise<NewCounts> {
  let fresh = 0;
  let suppressed = 0;
  const skips = new Map<SkipReason, number>();
  for await (const batch of rows) {
    for (const recipient of batch) {
      const skip = recipient.suppressed ? undefined : certainSkip(recipient);
      if (skip !== undefined) skips.set(skip, (skips.get(skip) ?? 0) + 1);
      else if (recipient.suppressed) suppressed += 1;
      else fresh += 1;
    }
  }
  return { fresh, suppressed, ...(skips.size === 0 ? {} : { skips: Object.fromEntries(skips) }) };
}
