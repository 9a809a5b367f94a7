import type { Observed } from '../../apply/observe.ts';
import type { Campaign } from '../../model/campaign.ts';
import { checkChanges, checkDeletes } from '../../plan/guards.ts';
import type { CampaignPlan, PlanSummary, ResourcePlan } from '../../report/plan-report.ts';
import type { Invocation } from '../command.ts';
import type { Ending } from '../exit.ts';
import { remoteFailure } from '../failure.ts';
import { allowChangesOption, allowDeletesOption } from '../options.ts';
import { accountOf } from '../account-of.ts';
import { waveHead } from '../wave-head.ts';
import type { World } from '../world.ts';

/** The campaign that was observed, whether or not its provider could be reached. */
export function campaignOf(observed: Observed): Campaign {
  return observed.kind === 'observed' ? observed.target.campaign : observed.campaign;
}

/** What reports say of a campaign before its resource. */
export function campaignHead(
  observed: Observed,
  resource: ResourcePlan,
  world: Pick<World, 'providers'>,
): Pick<CampaignPlan, 'address' | 'file' | 'wave' | 'provider' | 'by_hand'> {
  const campaign = campaignOf(observed);
  const { account } = accountOf(campaign, world);
  const live = observed.kind === 'observed' ? observed.live : undefined;
  const fields = 'reason' in resource ? undefined : (resource.fields ?? live?.fields);
  return {
    ...waveHead(campaign),
    provider: { type: campaign.provider.type, origins: account.origins },
    by_hand: fields === undefined ? [] : account.resource.byHand(fields),
  };
}

/** Where nothing could be planned. */
export const nothingPlanned: Omit<PlanSummary, 'to_call'> = {
  create: 0,
  adopt: 0,
  update: 0,
  replace: 0,
  keep: 0,
  conflict: 0,
  unreachable: 0,
  change_guard: null,
  delete_guard: null,
};

/** What the command line acknowledges. */
export type Allowed = { readonly changes: number | undefined; readonly deletes: number | undefined };

export function allowedOf({ option }: Pick<Invocation, 'option'>): Allowed {
  return { changes: option(allowChangesOption), deletes: option(allowDeletesOption) };
}

/** Counts over all campaigns, and the guards over them together. */
export function summarize(
  campaigns: readonly { readonly resource: ResourcePlan }[],
  seen: readonly Observed[],
  allowed: Allowed,
): Omit<PlanSummary, 'to_call'> {
  const many = (action: ResourcePlan['action']): number =>
    campaigns.filter(({ resource }) => resource.action === action).length;
  const planned = seen.flatMap((observed) => (observed.kind === 'observed' ? [observed.planned] : []));
  const guard = checkChanges(planned, allowed.changes);
  const deletes = checkDeletes(planned, allowed.deletes);
  return {
    create: many('create'),
    adopt: many('adopt'),
    update: many('update'),
    replace: many('replace'),
    keep: many('keep'),
    conflict: many('conflict'),
    unreachable: many('unreachable'),
    change_guard:
      guard === undefined ? null : { changing: guard.changing, of: guard.of, allowed: guard.allowed ?? null },
    delete_guard: deletes === undefined ? null : { deleting: deletes.deleting, allowed: deletes.allowed ?? null },
  };
}

/** What stands in the way of applying: objects in conflict or not seen, and what was not acknowledged. */
export function troubleEndings(
  seen: readonly Observed[],
  summary: Pick<PlanSummary, 'change_guard' | 'delete_guard'>,
): readonly Ending[] {
  return [...seen.flatMap(troubleOf), ...(isGuarded(summary) ? (['refused'] as const) : [])];
}

/** Whether something has to be acknowledged. */
export function isGuarded(summary: Pick<PlanSummary, 'change_guard' | 'delete_guard'>): boolean {
  return summary.change_guard !== null || summary.delete_guard !== null;
}

/** The options that would acknowledge it. */
export function acknowledging({
  change_guard: changes,
  delete_guard: deletes,
}: Pick<PlanSummary, 'change_guard' | 'delete_guard'>): readonly string[] {
  return [
    ...(changes === null ? [] : ['--allow-changes', String(changes.changing)]),
    ...(deletes === null ? [] : ['--allow-deletes', String(deletes.deleting)]),
  ];
}

function troubleOf(observed: Observed): readonly Ending[] {
  if (observed.kind === 'unreachable') return [remoteFailure(observed.error).ending];
  return observed.planned.kind === 'conflict' ? ['conflict'] : [];
}
