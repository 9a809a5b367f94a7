import { isGuarded, type Allowed } from './allowed.ts';
import type { Observed } from '../../apply/observe.ts';
import { checkChanges, checkDeletes } from '../../plan/guards.ts';
import type { PlanSummary, ResourcePlan } from '../../report/plan-report.ts';
import type { Ending } from '../exit.ts';
import { remoteFailure } from '../failure.ts';

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

function troubleOf(observed: Observed): readonly Ending[] {
  if (observed.kind === 'unreachable') return [remoteFailure(observed.error).ending];
  return observed.planned.kind === 'conflict' ? ['conflict'] : [];
}
