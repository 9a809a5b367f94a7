/**
 * How many more calls a wave may begin, by what its calls used up: a canary lets a few through until they are judged, and a
 * budget lets each through that it could pay for if it were the longest call.
 */
import type { Execution } from '../model/execution.ts';
import { printMoney } from '../model/money.ts';
import type { Tally } from '../model/tally.ts';

export type RoomPolicy = Pick<Execution, 'canary' | 'budget' | 'price' | 'maxCallMs'>;

/** First attempts that may be begun before the canary is judged; no bound once it is, or without one. */
export function canaryRoom(tally: Tally, { canary }: RoomPolicy): number {
  const { open, ended } = tally.canary ?? { open: [], ended: [] };
  if (canary === undefined || ended.length >= canary.calls) return Number.POSITIVE_INFINITY;
  return Math.max(0, canary.calls - ended.length - open.length);
}

/** The part of the budget that one more call may not fit into, as the campaign's file has it: "900 minutes". */
export function spentBudget(tally: Tally, policy: RoomPolicy): string | undefined {
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
