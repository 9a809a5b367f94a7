/**
 * A plan of campaigns: what applying would change at the providers and whom runs would call. It reads files, the store
 * and the providers, through doors that refuse to write, and comes out as data for the report and the exit code.
 */
import type { Observed } from '../../apply/observe.ts';
import { printAddress } from '../../model/campaign.ts';
import type { Campaign } from '../../model/campaign.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { World } from '../../ports.ts';
import { checkChanges } from '../../plan/guards.ts';
import { finding } from '../../report/finding.ts';
import type { CampaignPlan, PlanReport, PlanSummary } from '../../report/plan-report.ts';
import type { ReadStore } from '../../store/contract.ts';
import { version } from '../../version.ts';
import type { Ending } from '../exit.ts';
import { remoteFailure } from '../failure.ts';
import { endingsOf, together } from '../findings.ts';
import { accountOf } from '../recipients.ts';
import { repositoryPath } from '../repository-path.ts';
import { checkAddress } from '../run/check-address.ts';
import { observeCampaigns } from './observe-campaigns.ts';
import { planRecipients } from './recipients-plan.ts';
import { resourcePlan } from './resource-plan.ts';

export type PlanOptions = {
  readonly store: ReadStore | undefined;
  readonly allowChanges: number | undefined;
  readonly newAddress: boolean;
  /** Findings of loading: notes and warnings. */
  readonly diagnostics: readonly Diagnostic[];
  readonly signal?: AbortSignal;
};

/** Where nothing could be planned. */
export const emptySummary: PlanSummary = {
  create: 0,
  adopt: 0,
  update: 0,
  keep: 0,
  conflict: 0,
  unreachable: 0,
  to_call: null,
  change_guard: null,
};

export type Planning = {
  readonly report: PlanReport;
  readonly diagnostics: readonly Diagnostic[];
  readonly endings: readonly Ending[];
};

/** @throws Halt where a file speaks for another address than before */
export async function makePlan(campaigns: readonly Campaign[], options: PlanOptions, world: World): Promise<Planning> {
  const { store, newAddress, signal } = options;
  for (const campaign of campaigns) {
    if (store === undefined) break;
    await checkAddress(campaign, await repositoryPath(campaign.path, world.files), { store, newAddress });
  }
  const seen = await observeCampaigns(
    campaigns,
    { access: 'read', store, ...(signal === undefined ? {} : { signal }) },
    world,
  );
  const plans: CampaignPlan[] = [];
  const found: Diagnostic[] = [];
  for (const observed of seen) {
    const { plan, diagnostics } = await planCampaign(observed, store, world);
    plans.push(plan);
    found.push(...diagnostics);
  }
  const diagnostics = together(options.diagnostics, found);
  const summary = summarize(plans, seen, options.allowChanges);
  return {
    report: { tool_version: version, campaigns: plans, summary, diagnostics: diagnostics.map(finding) },
    diagnostics,
    endings: [
      ...endingsOf(diagnostics),
      ...seen.flatMap(troubleEnding),
      ...(summary.change_guard === null ? [] : (['refused'] as const)),
    ],
  };
}

async function planCampaign(
  observed: Observed,
  store: ReadStore | undefined,
  world: World,
): Promise<{ readonly plan: CampaignPlan; readonly diagnostics: readonly Diagnostic[] }> {
  const campaign = observed.kind === 'observed' ? observed.target.campaign : observed.campaign;
  const live = observed.kind === 'observed' ? observed.live : undefined;
  const { diagnostics, recipients, guards } = await planRecipients(campaign, { store, live }, world);
  const { account } = accountOf(campaign);
  const resource = resourcePlan(observed);
  const fields = 'reason' in resource ? undefined : (resource.fields ?? live?.fields);
  const plan = {
    address: printAddress(campaign.address),
    file: campaign.file,
    wave: campaign.wave,
    definition: campaign.definitionDigest,
    provider: { type: campaign.provider.type, origins: account.origins },
    resource,
    recipients,
    guards,
    by_hand: fields === undefined ? [] : account.resource.byHand(fields),
  };
  return { plan, diagnostics };
}

function troubleEnding(observed: Observed): readonly Ending[] {
  if (observed.kind === 'unreachable') return [remoteFailure(observed.error).ending];
  return observed.planned.kind === 'conflict' ? ['conflict'] : [];
}

function summarize(
  plans: readonly CampaignPlan[],
  seen: readonly Observed[],
  allowChanges: number | undefined,
): PlanSummary {
  const many = (action: CampaignPlan['resource']['action']): number =>
    plans.filter(({ resource }) => resource.action === action).length;
  const planned = seen.flatMap((observed) => (observed.kind === 'observed' ? [observed.planned] : []));
  const guard = checkChanges(planned, allowChanges);
  const unknown = plans.some(({ recipients }) => recipients === null || recipients.calls.at_most);
  const people = plans.reduce((sum, { recipients }) => sum + (recipients?.calls.people ?? 0), 0);
  return {
    create: many('create'),
    adopt: many('adopt'),
    update: many('update'),
    keep: many('keep'),
    conflict: many('conflict'),
    unreachable: many('unreachable'),
    to_call: unknown ? null : people,
    change_guard:
      guard === undefined ? null : { changing: guard.changing, of: guard.of, allowed: guard.allowed ?? null },
  };
}
