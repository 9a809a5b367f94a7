import { zonesOfRecipients } from '../../input/zones-of.ts';
import type { Address, Campaign } from '../../model/campaign.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { isAnyTime } from '../../model/hours.ts';
import type { Live } from '../../model/plan.ts';
import type { GuardPlan, RecipientsPlan } from '../../report/plan-report.ts';
import { tripWhy } from '../../report/trip.ts';
import type { ReadStore } from '../../store/contract/read-store.ts';
import { invalidRows, listReport } from '../recipients-validation.ts';
import { listFindings } from '../list-findings.ts';
import { accountOf } from '../account-of.ts';
import { openCampaignRecipients } from '../open-recipients.ts';
import { sentNames } from '../sent-names.ts';
import { validOf } from '../run/valid-of.ts';
import { shownPath } from '../shown-path.ts';
import { stopReport } from '../stop-report.ts';
import type { World } from '../world.ts';
import { zoneTally } from '../zone-tally.ts';
import { callsPlan } from './calls-plan.ts';
import { compareRecipients, ledgerOf, peopleOf } from './compare-recipients.ts';
import { guardPlans, newGuardFindings } from './guard-plans.ts';

/** A campaign's recipients as a change against the ledger, and what is wrong with the list as a whole. */
export type PlannedRecipients = {
  readonly recipients: RecipientsPlan | null;
  readonly guards: readonly GuardPlan[];
  readonly diagnostics: readonly Diagnostic[];
};

/** Reads all rows once; without a store nobody is compared. */
export async function planRecipients(
  campaign: Campaign,
  {
    store,
    ledger: recorded,
    live,
  }: { readonly store: ReadStore | undefined; readonly ledger: Address; readonly live: Live | undefined },
  world: Pick<World, 'files' | 'clock' | 'providers' | 'cwd'>,
): Promise<PlannedRecipients> {
  const opened = await openCampaignRecipients(campaign, world, live);
  if (opened.kind === 'failed') return { recipients: null, guards: [], diagnostics: opened.diagnostics };
  const { provider, account } = accountOf(campaign, world);
  const zonesOf = await zonesOfRecipients(campaign);
  const zones = zoneTally(zonesOf);
  const compared = await compareRecipients(campaign, zones.counting(validOf(opened)), {
    zonesOf,
    store,
    address: recorded,
    nowMs: world.clock.now(),
    account,
  });
  const summary = opened.summary();
  const otherStore = otherStoreOf(live, store);
  const isKnown = compared.kind === 'known' && otherStore === undefined;
  const ledger = isKnown ? ledgerOf(compared.comparison) : null;
  const { stopped, tripped, parent } = (compared.kind === 'known' ? compared.wave : undefined) ?? {};
  const isOwn = campaign.recipients.otherList === undefined;
  const otherList = isOwn && compared.kind === 'known' ? compared.otherList : undefined;
  const recipients = {
    ...listReport(summary, campaign),
    skips: compared.skips,
    ...(!isAnyTime(campaign.execution) && { zones: zones.plan() }),
    invalid: invalidRows(summary, campaign),
    ledger,
    ...(otherStore !== undefined && { other_store: otherStore }),
    ...(otherList !== undefined && { other_list: shownPath(otherList, world.cwd) }),
    ...(stopped !== undefined && { stopped: stopReport(stopped, campaign) }),
    ...(tripped !== undefined && { tripped: tripWhy(tripped) }),
    ...(parent !== undefined && { repeats: { wave: parent.wave, only: parent.only } }),
    variables: sentNames(campaign, { provider, account }, live) ?? Object.keys(campaign.recipients.variables),
    calls: callsPlan({ people: peopleOf(compared), atMost: ledger === null }, campaign.execution),
  };
  const guards = guardPlans(campaign, summary, ledger);
  return {
    recipients,
    guards,
    diagnostics: [...listFindings(summary, campaign), ...newGuardFindings(guards, campaign)],
  };
}

/** The store that ran the campaign last, where that is not this one: whom it called nobody can say here. */
function otherStoreOf(live: Live | undefined, store: ReadStore | undefined): string | undefined {
  const last = live?.mark?.store;
  return store === undefined || last === store.id ? undefined : last;
}
