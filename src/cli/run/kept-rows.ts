import type { Recipient } from '../../model/recipient.ts';

type Batches = AsyncIterable<readonly Recipient[]>;

/** As many recipients take some MB; a longer list is read again. */
const mostKept = 10_000;

/** Keeps the recipients of a list as they pass, while they are few. */
export type KeptRows = {
  readonly keeping: (batches: Batches) => Batches;
  /** All that passed; undefined where they were too many. */
  readonly all: () => readonly (readonly Recipient[])[] | undefined;
};

/** Has seen none. */
export function keptRows(): KeptRows {
  let kept: (readonly Recipient[])[] | undefined = [];
  let passed = 0;
  return {
    keeping: async function* keeping(batches) {
      for await (const batch of batches) {
        passed += batch.length;
        if (passed > mostKept) kept = undefined;
        kept?.push(batch);
        yield batch;
      }
    },
    all: () => kept,
  };
}
