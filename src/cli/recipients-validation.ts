import type { RecipientsSummary } from '../recipients/summary.ts';
import type { Campaign } from '../model/campaign.ts';
import type { RejectedRow } from '../model/recipient.ts';
import type { InvalidRow, InvalidRows, ListReport, RecipientsValidation } from '../report/validation-report.ts';
import { sayRow } from '../report/words.ts';

/** What a list holds, by what reading all of it added up to. */
export function listReport(summary: RecipientsSummary, campaign: Campaign): ListReport {
  return {
    sources: sourcesOf(campaign),
    rows: summary.rows,
    valid: summary.valid - summary.suppressed,
    repeated: summary.repeated,
    ...(summary.leftOut > 0 && { left_out: summary.leftOut }),
    suppressed: summary.suppressed,
  };
}

/** Rejected rows by reason, most first. */
export function invalidRows(summary: RecipientsSummary, { recipients }: Campaign): InvalidRows {
  const { maxInvalid } = recipients;
  const reasons = [...summary.rejected].toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return {
    rows: reasons.reduce((sum, [, rows]) => sum + rows, 0),
    allowed: maxInvalid.kind === 'rows' ? maxInvalid.rows : Math.floor((summary.rows * maxInvalid.percent) / 100),
    reasons: Object.fromEntries(reasons),
  };
}

/** A rejected row by place and reason. */
export function invalidRow({ place, reason }: RejectedRow): InvalidRow {
  return {
    source: place.source,
    line: place.line,
    ...(place.unit === undefined ? {} : { unit: place.unit }),
    code: reason.code,
    column: reason.column ?? null,
    message: sayRow(reason).message,
  };
}

/** What reading all rows found, with the first of those that cannot be called. */
export function recipientsValidation(summary: RecipientsSummary, campaign: Campaign): RecipientsValidation {
  return {
    ...listReport(summary, campaign),
    invalid: invalidRows(summary, campaign),
    first_invalid: summary.firstRejected.map(invalidRow),
  };
}

/** What sources are called in reports. */
function sourcesOf({ file, recipients }: Campaign): readonly string[] {
  return recipients.sources.map((source) => (source.kind === 'rows' ? `rows in ${file}` : source.file));
}
