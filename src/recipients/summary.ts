import type { Share } from '../model/recipients-block.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Place } from '../model/place.ts';
import type { ReadRow, Recipient, RejectedRow, RowReasonCode } from '../model/recipient.ts';
import { runningDigest } from '../model/running-digest.ts';

/** What reading the recipients came to. */
export type RecipientsSummary = {
  /** Rows of all kinds: valid, repeated and rejected. */
  readonly rows: number;
  /** Rows that are recipients, suppressed ones among them. */
  readonly valid: number;
  readonly repeated: number;
  readonly suppressed: number;
  /** Rows beside these that the sources' filters left out. */
  readonly leftOut: number;
  /** Rejected rows by reason. */
  readonly rejected: ReadonlyMap<RowReasonCode, number>;
  /** The first of the rejected rows: to be shown by place and reason, never by their cells. */
  readonly first20: readonly RejectedRow[];
  /** SHA-256 over the recipients in the order of the rows. */
  readonly digest: string;
  /** Why a source could not be read to its end: the counts are then not of the whole list. */
  readonly diagnostics: readonly Diagnostic[];
};

/** Counts rows as they pass. */
export type Tally = {
  readonly add: (row: ReadRow) => void;
  readonly leaveOut: (rows: number) => void;
  readonly fail: (diagnostics: readonly Diagnostic[]) => void;
  /** Ends the counting. */
  readonly summary: () => RecipientsSummary;
};

/** Starts at nothing. */
export function tally(): Tally {
  const digest = runningDigest();
  const rejected = new Map<RowReasonCode, number>();
  const first20: RejectedRow[] = [];
  const diagnostics: Diagnostic[] = [];
  const counts = { rows: 0, valid: 0, repeated: 0, suppressed: 0, leftOut: 0 };
  const reject = (row: RejectedRow): void => {
    rejected.set(row.reason.code, (rejected.get(row.reason.code) ?? 0) + 1);
    if (first20.length < 20) first20.push(row);
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
    summary: () => ({ ...counts, rejected, first20, digest: digest.hex(), diagnostics }),
  };
}

/** The finding that more rows are invalid than the campaign allows; undefined where they are not. */
export function tooManyInvalid(summary: RecipientsSummary, allowed: Share, at: Place): Diagnostic | undefined {
  const { rows } = summary;
  const invalid = [...summary.rejected.values()].reduce((sum, count) => sum + count, 0);
  const limit = allowed.kind === 'rows' ? allowed.rows : (rows * allowed.percent) / 100;
  if (invalid <= limit) return undefined;
  const words = allowed.kind === 'rows' ? String(allowed.rows) : `${String(allowed.percent)}%`;
  const enough = allowed.kind === 'rows' ? String(invalid) : `${String(Math.ceil((100 * invalid) / rows))}%`;
  return { code: 'RECIPIENTS_INVALID', args: { invalid, rows, allowed: words, enough }, at };
}

/** What makes a recipient: equal lists give equal lines. Where the row stood does not belong to it. */
function lineOf({ key, phone, zone, notBeforeMs, notAfterMs, variables, call }: Recipient): string {
  const times = [notBeforeMs ?? null, notAfterMs ?? null];
  return `${JSON.stringify([key, phone, zone ?? null, ...times, variables, call])}\n`;
}
