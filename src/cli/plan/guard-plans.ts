import type { Campaign } from '../../model/campaign.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { RecipientsSummary } from '../../recipients/summary.ts';
import type { GuardPlan, RecipientsPlan } from '../../report/plan-report.ts';
import { guardFinding } from '../guard-finding.ts';

/** The campaign's guards; without a ledger nobody can say how many recipients are new. */
export function guardPlans(
  { guards }: Campaign,
  summary: RecipientsSummary,
  ledger: RecipientsPlan['ledger'],
): readonly GuardPlan[] {
  const { maxRecipients, maxNewRecipients } = guards;
  return [
    ...(maxRecipients === undefined
      ? []
      : [guard('max_recipients', maxRecipients, summary.valid - summary.suppressed)]),
    ...(maxNewRecipients === undefined || ledger === null
      ? []
      : [guard('max_new_recipients', maxNewRecipients, ledger.new)]),
  ];
}

function guard(name: string, limit: number, found: number): GuardPlan {
  return { guard: name, limit, found, kept: found <= limit };
}

/** What a guard on new recipients has against the list; that on all of them is told with the list. */
export function newGuardFindings(guards: readonly GuardPlan[], campaign: Campaign): readonly Diagnostic[] {
  return guards
    .filter((one) => one.guard === 'max_new_recipients' && !one.kept)
    .map(({ guard: name, limit, found }) => guardFinding(campaign, { guard: name, limit, found }));
}
