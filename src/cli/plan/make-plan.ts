/**
 * A plan of campaigns: what applying would change at the providers and whom runs would call. It reads files, the store
 * and the providers, through doors that refuse to write, and comes out as data for the report and the exit code.
 */
import type { Observed } from '../../apply/observe.ts';
import type { Campaign } from '../../model/campaign.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { World } from '../../ports.ts';
import { finding } from '../../report/finding.ts';
import type { CampaignPlan, PlanReport } from '../../report/plan-report.ts';
import type { ReadStore } from '../../store/contract.ts';
import { version } from '../../version.ts';
import type { Ending } from '../exit.ts';
import { endingsOf, together } from '../findings.ts';
import { repositoryPath } from '../repository-path.ts';
import { checkAddress } from '../run/check-address.ts';
import { seenFiles } from '../seen-files.ts';
import { campaignHead, campaignOf, summarize, troubleEndings } from './campaign-plan.ts';
import { observeCampaigns } from './observe-campaigns.ts';
import { planRecipients } from './recipients-plan.ts';
import { resourcePlan } from './resource-plan.ts';

export type PlanOptions = {
  readonly store: ReadStore | undefined;
  readonly allowChanges: number | undefined;
  readonly newAddress: boolean;
  /** Findings of loading: notes and warnings. */
  readonly diagnostics: readonly Diagnostic[];
  readonly signal: AbortSignal;
};

export type Planning = {
  readonly report: PlanReport;
  readonly diagnostics: readonly Diagnostic[];
  readonly endings: readonly Ending[];
};

/** @throws Halt where a file speaks for another address than before */
export async function makePlan(campaigns: readonly Campaign[], options: PlanOptions, world: World): Promise<Planning> {
  const { store, newAddress, signal } = options;
  await checkAddresses(campaigns, { store, newAddress }, world);
  const seen = await observeCampaigns(campaigns, { access: 'read', store, signal }, world);
  const plans: CampaignPlan[] = [];
  const found: Diagnostic[] = [];
  for (const observed of seen) {
    const { plan, diagnostics } = await planCampaign(observed, store, world);
    plans.push(plan);
    found.push(...diagnostics);
  }
  const diagnostics = together(options.diagnostics, found);
  const summary = { ...summarize(plans, seen, options.allowChanges), to_call: peopleOf(plans) };
  return {
    report: { tool_version: version, campaigns: plans, summary, diagnostics: diagnostics.map(finding) },
    diagnostics,
    endings: [...endingsOf(diagnostics), ...troubleEndings(seen, summary)],
  };
}

/** @throws Halt where a file speaks for another address than before, as far as the store knows */
export async function checkAddresses(
  campaigns: readonly Campaign[],
  { store, newAddress }: Pick<PlanOptions, 'store' | 'newAddress'>,
  world: Pick<World, 'files'>,
): Promise<void> {
  const files = seenFiles(world.files);
  for (const campaign of campaigns) {
    if (store === undefined) return;
    await checkAddress(campaign, await repositoryPath(campaign.path, files), { store, newAddress });
  }
}

async function planCampaign(
  observed: Observed,
  store: ReadStore | undefined,
  world: World,
): Promise<{ readonly plan: CampaignPlan; readonly diagnostics: readonly Diagnostic[] }> {
  const campaign = campaignOf(observed);
  const live = observed.kind === 'observed' ? observed.live : undefined;
  const { diagnostics, recipients, guards } = await planRecipients(campaign, { store, live }, world);
  const resource = resourcePlan(observed);
  const { by_hand, ...head } = campaignHead(observed, resource);
  const plan = { ...head, definition: campaign.definitionDigest, resource, recipients, guards, by_hand };
  return { plan, diagnostics };
}

/** Null where nobody knows of all of them who was called already. */
function peopleOf(plans: readonly CampaignPlan[]): number | null {
  let people = 0;
  for (const { recipients } of plans) {
    if (recipients === null || recipients.calls.at_most) return null;
    people += recipients.calls.people;
  }
  return people;
}
