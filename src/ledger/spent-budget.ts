import type { Execution } from '../model/execution.ts';
import { printMoney } from '../model/money.ts';
import type { Tally } from '../model/tally.ts';

/** What a wave may use up, and what a call may take of it. */
export type BudgetPolicy = Pick<Execution, 'budget' | 'price' | 'maxCallMs'>;

/**
 * The part of the budget that one more call may not fit into if it were the longest one, as the campaign's file has it:
 * "900 minutes".
 */
export function spentBudget(tally: Tally, policy: BudgetPolicy): string | undefined {
  const { budget, maxCallMs, price } = policy;
  if (budget === undefined) return undefined;
  const reserved = (tally.unmeasured + 1) * (maxCallMs / 1000);
  if (budget.calls !== undefined && tally.calls >= budget.calls) return `${String(budget.calls)} calls`;
  if (budget.seconds !== undefined && tally.seconds + reserved > budget.seconds) {
    return `${String(budget.seconds / 60)} minutes`;
  }
  if (budget.cost === undefined || price === undefined) return undefined;
  const { currency, micros } = budget.cost;
  const reported = tally.reported[currency] ?? { micros: 0, seconds: 0, unmeasured: 0 };
  const unpriced = tally.seconds - reported.seconds + reserved - reported.unmeasured * (maxCallMs / 1000);
  const spent = reported.micros + (unpriced * price.micros) / 60;
  return spent > micros ? printMoney(budget.cost) : undefined;
}
