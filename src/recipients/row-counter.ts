import type { Diagnostic } from '../model/diagnostic.ts';
import type { ReadRow, Recipient, RejectedRow, RowReasonCode } from '../model/recipient.ts';
import { runningDigest } from '../model/running-digest.ts';
import type { RecipientsSummary } from './summary.ts';

/** Rejected rows that are kept to be shown. */
const mostKept = 20;

/** Counts rows as they pass. */
export type RowCounter = {
  readonly add: (row: ReadRow) => void;
  readonly leaveOut: (rows: number) => void;
  readonly fail: (diagnostics: readonly Diagnostic[]) => void;
  /** Ends the counting. */
  readonly summary: () => RecipientsSummary;
};

/** A counter that has seen no row. */
export function rowCounter(): RowCounter {
  const digest = runningDigest();
  const rejected = new Map<RowReasonCode, number>();
  const firstRejected: RejectedRow[] = [];
  const diagnostics: Diagnostic[] = [];
  const counts = { rows: 0, valid: 0, repeated: 0, suppressed: 0, leftOut: 0 };
  const reject = (row: RejectedRow): void => {
    rejected.set(row.reason.code, (rejected.get(row.reason.code) ?? 0) + 1);
    if (firstRejected.length < mostKept) firstRejected.push(row);
  };
  const accept = (recipient: Recipient): void => {
    counts.valid += 1;
    if (recipient.suppressed) counts.suppressed += 1;
    digest.add(lineOf(recipient));
  };
  return {
    add: (row) => {
      counts.rows += 1;
      if (row.kind === 'recipient') accept(row.recipient);
      else if (row.kind === 'rejected') reject(row.rejected);
      else counts.repeated += 1;
    },
    leaveOut: (rows) => void (counts.leftOut += rows),
    fail: (found) => void diagnostics.push(...found),
    summary: () => ({ ...counts, rejected, firstRejected, digest: digest.hex(), diagnostics }),
  };
}

/** What makes a recipient: equal lists give equal lines. Where the row stood does not belong to it. */
function lineOf({ key, phone, zone, notBeforeMs, notAfterMs, variables, call }: Recipient): string {
  const times = [notBeforeMs ?? null, notAfterMs ?? null];
  return `${JSON.stringify([key, phone, zone ?? null, ...times, variables, call])}\n`;
}
