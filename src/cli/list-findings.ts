import { tooManyInvalid } from '../recipients/summary.ts';
import type { RecipientsSummary } from '../recipients/summary.ts';
import type { Campaign } from '../model/campaign.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { guardFinding } from './guard-finding.ts';

/** What reading all rows found wrong with the list as a whole: sources that broke off, too many invalid rows, guards. */
export function listFindings(summary: RecipientsSummary, campaign: Campaign): readonly Diagnostic[] {
  const { recipients, guards } = campaign;
  const invalid = tooManyInvalid(summary, recipients.maxInvalid, recipients.maxInvalidAt ?? recipients.at);
  const found = summary.valid - summary.suppressed;
  const limit = guards.maxRecipients;
  return [
    ...summary.diagnostics,
    ...(invalid === undefined ? [] : [invalid]),
    ...(limit !== undefined && found > limit
      ? [guardFinding(campaign, { guard: 'max_recipients', limit, found })]
      : []),
  ];
}
