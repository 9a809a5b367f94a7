import { paceOf } from '../../ledger/pace.ts';
import type { Execution } from '../../model/execution.ts';
import { printDay, printInstant } from '../../model/instant.ts';
import { estimate } from '../../plan/estimate.ts';
import type { CallsPlan } from '../../report/plan-report.ts';
import { limitWords } from '../../report/hours-words.ts';
import { boundRows } from '../../report/bound-words.ts';
import { boundsOf } from '../../model/bounds.ts';

/** What calling so many people comes to. `atMost`: nobody knows how many of them were called already. */
export function callsPlan(
  { people, atMost }: { readonly people: number; readonly atMost: boolean },
  execution: Execution,
): CallsPlan {
  const { dispatches, callingMs, openMsPerWeek } = estimate(people, execution, paceOf(execution.rate).calls);
  return {
    people,
    at_most: atMost,
    dispatches,
    calling_seconds: Math.ceil(callingMs / 1000),
    open_seconds_per_week: openMsPerWeek === undefined ? null : openMsPerWeek / 1000,
    ...limitsOf(execution),
    ...planBounds(execution, people),
  };
}

function limitsOf(execution: Execution): Pick<CallsPlan, 'limits'> {
  const words = limitWords(execution);
  if (words.length === 0) return {};
  const { policy, holidays, startAtMs, endAtMs, expireAfterMs } = execution;
  return {
    limits: {
      ...(policy !== undefined && {
        policy: { name: policy.name, title: policy.title, citations: policy.citations },
      }),
      ...(holidays !== undefined && { holidays: holidays.map(printDay) }),
      ...(startAtMs !== undefined && { start_at: printInstant(startAtMs) }),
      ...(endAtMs !== undefined && { end_at: printInstant(endAtMs) }),
      ...(expireAfterMs !== undefined && { expire_after_seconds: expireAfterMs / 1000 }),
      words,
    },
  };
}

function planBounds(execution: Execution, people: number): Pick<CallsPlan, 'bounds'> {
  const words = boundRows(execution, people).map(([name, said = '']) => ({ name, words: said }));
  return words.length === 0 ? {} : { bounds: { ...boundsOf(execution), words } };
}
