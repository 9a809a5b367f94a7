import type { Diagnostic } from '../model/diagnostic.ts';
import type { Place } from '../model/place.ts';
import type { RejectedRow, RowReasonCode } from '../model/recipient.ts';
import type { Share } from '../model/recipients-block.ts';

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
  /** The first twenty of the rejected rows: to be shown by place and reason, never by their cells. */
  readonly firstRejected: readonly RejectedRow[];
  /** SHA-256 over the recipients in the order of the rows. */
  readonly digest: string;
  /** Why a source could not be read to its end: the counts are then not of the whole list. */
  readonly diagnostics: readonly Diagnostic[];
};

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
