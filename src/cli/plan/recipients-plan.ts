import type { OpenRecipients } from '../../input/load-recipients.ts';
import { paceOf } from '../../ledger/pace.ts';
import type { Campaign } from '../../model/campaign.ts';
import { printAddress } from '../../model/campaign.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Live } from '../../model/plan.ts';
import { recipientTag } from '../../model/reference.ts';
import { estimate } from '../../plan/estimate.ts';
import type { World } from '../../ports.ts';
import type { RecipientsSummary } from '../../recipients/summary.ts';
import type { CallsPlan, GuardPlan, RecipientsPlan } from '../../report/plan-report.ts';
import type { Comparison, ReadStore } from '../../store/contract.ts';
import { invalidRows, listFindings, sourcesOf } from '../read-recipients.ts';
import { accountOf, openCampaignRecipients, sentNames } from '../recipients.ts';
import { validOf } from '../run/read-list.ts';

/** A campaign's recipients as a change against the ledger, and what is wrong with the list as a whole. */
export type PlannedRecipients = {
  readonly recipients: RecipientsPlan | null;
  readonly guards: readonly GuardPlan[];
  readonly diagnostics: readonly Diagnostic[];
};

/** Reads all rows once; without a store nobody is compared. */
export async function planRecipients(
  campaign: Campaign,
  { store, live }: { readonly store: ReadStore | undefined; readonly live: Live | undefined },
  world: Pick<World, 'files'>,
): Promise<PlannedRecipients> {
  const opened = await openCampaignRecipients(campaign, world, live);
  if (opened.kind === 'failed') return { recipients: null, guards: [], diagnostics: opened.diagnostics };
  const comparison = await compare(campaign, opened, store);
  const summary = opened.summary();
  const { account } = accountOf(campaign);
  const ledger = comparison === undefined ? null : ledgerOf(comparison);
  const people = ledger === null ? summary.valid - summary.suppressed : ledger.new + ledger.pending;
  const recipients = {
    sources: sourcesOf(campaign),
    rows: summary.rows,
    valid: summary.valid - summary.suppressed,
    repeated: summary.repeated,
    suppressed: summary.suppressed,
    invalid: invalidRows(summary, campaign),
    ledger,
    variables: sentNames(campaign, account, live) ?? Object.keys(campaign.recipients.variables),
    calls: callsOf(people, campaign, ledger === null),
  };
  const guards = guardsOf(campaign, summary, ledger);
  return {
    recipients,
    guards,
    diagnostics: [...listFindings(summary, campaign), ...newGuardFindings(guards, campaign)],
  };
}

async function compare(
  campaign: Campaign,
  list: OpenRecipients,
  store: ReadStore | undefined,
): Promise<Comparison | undefined> {
  const valid = validOf(list);
  if (store === undefined) {
    while ((await valid.next()).done !== true);
    return undefined;
  }
  const { address, wave, recipients } = campaign;
  const known = await store.wave(printAddress(address), wave);
  return store.compare(known?.waveId, valid, {
    callEach: recipients.samePhone === 'call_each',
    tagOf: (key) => recipientTag(address, wave, key),
  });
}

function ledgerOf({ fresh, called, changed, pending, removed }: Comparison): NonNullable<RecipientsPlan['ledger']> {
  return { new: fresh, already_called: called, changed_since_call: changed, pending, removed };
}

function callsOf(people: number, { execution }: Campaign, atMost: boolean): CallsPlan {
  const { dispatches, callingMs, openMsPerWeek } = estimate(people, execution, paceOf(execution.rate).calls);
  return {
    people,
    at_most: atMost,
    dispatches,
    calling_seconds: Math.ceil(callingMs / 1000),
    open_seconds_per_week: openMsPerWeek === undefined ? null : openMsPerWeek / 1000,
  };
}

/** Who was called already is not known without a store: then nobody can say how many are new. */
function guardsOf(
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

function newGuardFindings(guards: readonly GuardPlan[], { recipients }: Campaign): readonly Diagnostic[] {
  return guards
    .filter((one) => one.guard === 'max_new_recipients' && !one.kept)
    .map((one) => ({
      code: 'GUARD_RECIPIENTS',
      args: { guard: one.guard, limit: one.limit, found: one.found },
      at: recipients.at,
    }));
}
