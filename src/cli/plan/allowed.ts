import type { PlanSummary } from '../../report/plan-report.ts';
import type { Invocation } from '../command.ts';
import { allowChangesOption, allowDeletesOption } from '../options.ts';

/** How many objects `--allow-changes` and `--allow-deletes` acknowledge; undefined where they were not given. */
export type Allowed = { readonly changes: number | undefined; readonly deletes: number | undefined };

/** What the command line acknowledges. */
export function allowedOf({ option }: Pick<Invocation, 'option'>): Allowed {
  return { changes: option(allowChangesOption), deletes: option(allowDeletesOption) };
}

/** Whether something has to be acknowledged before anything is applied. */
export function isGuarded(summary: Pick<PlanSummary, 'change_guard' | 'delete_guard'>): boolean {
  return summary.change_guard !== null || summary.delete_guard !== null;
}

/** The options, with their values, that would acknowledge it. */
export function acknowledging({
  change_guard: changes,
  delete_guard: deletes,
}: Pick<PlanSummary, 'change_guard' | 'delete_guard'>): readonly string[] {
  return [
    ...(changes === null ? [] : ['--allow-changes', String(changes.changing)]),
    ...(deletes === null ? [] : ['--allow-deletes', String(deletes.deleting)]),
  ];
}
