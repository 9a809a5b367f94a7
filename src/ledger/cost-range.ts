import type { Execution } from '../model/execution.ts';
import { costOf, type Money } from '../model/money.ts';

/** What the calls of a wave may cost. */
export type CostRange = {
  /** Of a minute of a call. */
  readonly price: Money;
  /** Nobody answers, so nobody talks. */
  readonly low: Money;
  /** The time talked, by the price. */
  readonly expected: Money;
  /** Everybody is called as often as allowed and talks for `max_call` each time, or until the budget is used up. */
  readonly high: Money;
  /** What the high end is bounded by. */
  readonly bound: 'max_call' | 'budget';
};

/** What the calls of a rehearsal came to. */
export type Talked = {
  readonly seconds: number;
  /** Recipients who may be called. */
  readonly people: number;
  /** What the provider said that it cost, by currency. */
  readonly costs: readonly Money[];
};

/**
 * By the file's price, else by what a minute cost at the provider; undefined where neither is known. The high end is what
 * the budget reserves, so a call that the provider lets go on for longer than `max_call` is beyond it.
 */
export function costRange(
  { price, attempts, maxCallMs, budget = {} }: Pick<Execution, 'price' | 'attempts' | 'maxCallMs' | 'budget'>,
  talked: Talked,
): CostRange | undefined {
  const known = price === undefined ? reported(talked) : { price, expected: costOf(price, talked.seconds * 1000) };
  if (known === undefined) return undefined;
  const never = Number.POSITIVE_INFINITY;
  const { calls = never, seconds = never, cost } = budget;
  const unboundMs = talked.people * attempts.max * maxCallMs;
  const longest = costOf(known.price, Math.min(unboundMs, calls * maxCallMs, seconds * 1000));
  const high = cost?.currency === longest.currency && cost.micros < longest.micros ? cost : longest;
  const isWhole = high.micros === costOf(known.price, unboundMs).micros;
  return { ...known, low: { ...high, micros: 0 }, high, bound: isWhole ? 'max_call' : 'budget' };
}

/** Undefined where nobody talked, or the sums are of several currencies. */
function reported({
  costs: [expected, ...others],
  seconds,
}: Talked): Pick<CostRange, 'price' | 'expected'> | undefined {
  if (expected === undefined || others.length > 0 || seconds === 0) return undefined;
  return { price: { ...expected, micros: Math.round((expected.micros * 60) / seconds) }, expected };
}
