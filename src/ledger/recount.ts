/** The results of a wave counted anew, to be held against what its manifest says. */
import { parseMoney, printMoney } from '../model/money.ts';
import { byName } from './by-name.ts';
import type { ManifestCounts } from './manifest.ts';
import type { ReadResult } from './read-result.ts';

/** Counts results as they pass. */
export type ResultCounter = {
  readonly add: (result: ReadResult) => void;
  /** As a manifest has them. */
  readonly counts: () => ManifestCounts;
};

/** A counter that has seen no result. */
export function resultCounter(): ResultCounter {
  const named = namedCounts();
  const costs = new Map<string, number>();
  let [recipients, attempts, seconds] = [0, 0, 0];
  const add = (result: ReadResult): void => {
    recipients += 1;
    attempts += result.attempts;
    seconds += result.seconds;
    raise(named.states, result.state);
    if (result.isEnded) raise(named.outcomes, result.end.outcome);
    raise(named.replies, result.end.reply);
    raise(named.skipped, result.skipped);
    for (const { micros, currency } of result.costs.flatMap((cost) => parseMoney(cost) ?? []))
      costs.set(currency, (costs.get(currency) ?? 0) + micros);
  };
  return {
    add,
    counts: () => ({
      recipients,
      states: byName(named.states),
      outcomes: byName(named.outcomes),
      replies: byName(named.replies),
      skipped: byName(named.skipped),
      attempts,
      minutes: Math.round((seconds / 60) * 100) / 100,
      costs: Object.entries(byName(costs)).map(([currency, micros]) => printMoney({ micros, currency })),
    }),
  };
}

/** Names of what a manifest counts otherwise than its results do. Costs are the provider's word and may be rounded. */
export function miscounted(written: ManifestCounts, counted: ManifestCounts): readonly string[] {
  const names = ['recipients', 'states', 'outcomes', 'replies', 'skipped', 'attempts'] as const;
  const wrong = names.filter((name) => sortedText(written[name]) !== sortedText(counted[name]));
  return Math.abs(written.minutes - counted.minutes) > 0.011 ? [...wrong, 'minutes'] : wrong;
}

type Named = Readonly<Record<'states' | 'outcomes' | 'replies' | 'skipped', Map<string, number>>>;

function namedCounts(): Named {
  return { states: new Map(), outcomes: new Map(), replies: new Map(), skipped: new Map() };
}

function sortedText(value: number | Readonly<Record<string, number>>): string {
  if (typeof value === 'number') return String(value);
  const entries = Object.entries(value).filter(([, count]) => count > 0);
  return JSON.stringify(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function raise(counts: Map<string, number>, name: string | undefined): void {
  if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
}
