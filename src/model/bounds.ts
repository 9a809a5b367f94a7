import type { Execution, OutcomeShare } from './execution.ts';
import { printMoney } from './money.ts';

/** What stops a wave and what bounds the calls to one person, by the names of the file; left out where it is not said. */
export type Bounds = {
  readonly canary?: { readonly calls: number; readonly stop_when: Shares };
  readonly stop_when?: Shares & { readonly of_last: number };
  readonly budget?: { readonly calls?: number; readonly minutes?: number; readonly cost?: string };
  /** Of a minute: "0.09 USD". */
  readonly price?: string;
  readonly another_time_seconds?: number;
  readonly per_person?: readonly CapLimit[];
};

/** Percentages by outcome. */
type Shares = { readonly [outcome: string]: number };

type CapLimit = {
  readonly calls: number;
  readonly per_seconds: number;
  readonly in: 'store' | 'campaign';
  /** Whose cap it is, where it is not the campaign's own. */
  readonly policy?: string;
};

type Said = Pick<Execution, 'canary' | 'stopWhen' | 'budget' | 'price' | 'perPerson' | 'policy'> & {
  readonly attempts: Pick<Execution['attempts'], 'anotherTimeMs'>;
};

/** What the file says of them, as manifests and reports hold it: times in seconds or minutes, as their names say. */
export function boundsOf({ canary, stopWhen, budget, price, attempts, ...caps }: Said): Bounds {
  const { anotherTimeMs } = attempts;
  const perPerson = capLimits(caps);
  return {
    ...(canary === undefined ? {} : { canary: { calls: canary.calls, stop_when: sharesOf(canary.stopWhen) } }),
    ...(stopWhen === undefined ? {} : { stop_when: { ...sharesOf(stopWhen.shares), of_last: stopWhen.ofLast } }),
    ...(budget === undefined ? {} : { budget: budgetLimits(budget) }),
    ...(price === undefined ? {} : { price: printMoney(price) }),
    ...(anotherTimeMs === undefined ? {} : { another_time_seconds: anotherTimeMs / 1000 }),
    ...(perPerson.length === 0 ? {} : { per_person: perPerson }),
  };
}

function sharesOf(shares: readonly OutcomeShare[]): Shares {
  return Object.fromEntries(shares.map(({ outcome, percent }) => [outcome, percent]));
}

function budgetLimits({ calls, seconds, cost }: NonNullable<Execution['budget']>): NonNullable<Bounds['budget']> {
  return {
    ...(calls === undefined ? {} : { calls }),
    ...(seconds === undefined ? {} : { minutes: seconds / 60 }),
    ...(cost === undefined ? {} : { cost: printMoney(cost) }),
  };
}

function capLimits({ perPerson = [], policy }: Pick<Said, 'perPerson' | 'policy'>): readonly CapLimit[] {
  const limits = (caps: typeof perPerson): readonly CapLimit[] =>
    caps.map((cap) => ({ calls: cap.calls, per_seconds: cap.perMs / 1000, in: cap.in }));
  const demanded = policy === undefined ? [] : limits(policy.perPerson ?? []);
  return [...limits(perPerson), ...demanded.map((cap) => ({ ...cap, policy: String(policy?.name) }))];
}
