import type { PlanReport } from '../../report/plan-report.ts';
import type { Invocation } from '../command.ts';
import { exitCode, type Ending } from '../exit.ts';
import { isResumable } from '../is-resumable.ts';
import { namedPath, nextCommand, nextRuns } from '../next-command.ts';
import { acknowledging, isGuarded } from './allowed.ts';

/** What to do after a plan: mend it, acknowledge it, apply it, or call. */
export function afterPlan(report: PlanReport, endings: readonly Ending[], invoked: Invocation): readonly string[] {
  const { summary, diagnostics } = report;
  const code = exitCode(endings);
  if (code === 4 || code === 8) return ['mend what is marked with !, then plan again'];
  if (isGuarded(summary)) return [nextCommand('apply', invoked, invoked.args, acknowledging(summary))];
  const [error] = diagnostics.filter(({ severity }) => severity === 'error');
  if (error !== undefined) return [...rejectsOf(diagnostics, invoked), `callplan explain ${error.code}`];
  return changesOf(summary) > 0 ? [nextCommand('apply', invoked)] : callingSteps(report, invoked);
}

/** How many objects at providers an apply would write. */
export function changesOf({ create, adopt, update, replace }: PlanReport['summary']): number {
  return create + adopt + update + replace;
}

/** Where rows are invalid, the plan only counts them. */
function rejectsOf(diagnostics: PlanReport['diagnostics'], invoked: Invocation): readonly string[] {
  if (!diagnostics.some(({ code }) => code === 'RECIPIENTS_INVALID')) return [];
  return [nextCommand('validate', invoked, invoked.args, ['--rejects', 'rejects.csv'])];
}

/** Where there is nothing to apply. */
function callingSteps({ campaigns }: PlanReport, invoked: Invocation): readonly string[] {
  const path = ({ file }: { readonly file: string }): readonly string[] => namedPath(invoked, file, campaigns.length);
  const [only, ...others] = campaigns.filter(({ recipients }) => (recipients?.calls.people ?? 0) > 0);
  if (only === undefined) {
    const held = campaigns.find(({ recipients }) => recipients !== null && isResumable(recipients));
    const resume = held === undefined ? [] : [nextCommand('resume', invoked, path(held))];
    return ['nothing to apply, nobody to call', ...resume];
  }
  if (others.length > 0) return nextRuns(invoked);
  if (only.recipients?.other_store !== undefined) {
    return [
      'name the store that ran it last with --store or CALLPLAN_STORE',
      'or, if that store is lost:',
      nextCommand('run', invoked, path(only), ['--take-over']),
    ];
  }
  const list = only.recipients?.other_list;
  const withThatList =
    list === undefined
      ? []
      : [
          'the last run had another list; to go on with that one, plan it:',
          nextCommand('plan', invoked, path(only), ['--recipients', list]),
          'or call this one:',
        ];
  return [...withThatList, nextCommand('run', invoked, path(only))];
}
