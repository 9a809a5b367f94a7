/** A line of results.jsonl that somebody names, as far as waves are compared by it. */
import { isObject, parseJson } from '../model/json.ts';
import { parseMoney, printMoney } from '../model/money.ts';
import type { ManifestCounts } from './manifest.ts';

/** How a recipient ended, or stands. */
export type End = {
  /** The outcome of who was called to the end; else the state. */
  readonly outcome: string;
  readonly reply?: string;
};

export type ReadResult = {
  /** HMAC, 64 hex digits. */
  readonly recipient: string;
  readonly state: string;
  /** Why it is skipped. */
  readonly skipped?: string;
  readonly isEnded: boolean;
  readonly end: End;
  /** Those not voided. */
  readonly attempts: number;
  readonly seconds: number;
  readonly costs: readonly string[];
};

/** Undefined where the line is no result. */
export function readResult(line: string): ReadResult | undefined {
  const found = parseJson(line);
  if (!isObject(found)) return undefined;
  const { recipient, state, reason, outcome, reply, attempts } = found;
  if (typeof recipient !== 'string' || !/^[0-9a-f]{64}$/.test(recipient)) return undefined;
  if (typeof state !== 'string' || !Array.isArray(attempts) || !attempts.every(isObject)) return undefined;
  const made = attempts.filter((attempt) => attempt['state'] !== 'voided');
  const words = isObject(reply) ? (reply['label'] ?? reply['option'] ?? reply['classification']) : undefined;
  return {
    recipient,
    state,
    ...(state === 'skipped' && typeof reason === 'string' ? { skipped: reason } : {}),
    isEnded: typeof outcome === 'string',
    end: {
      outcome: typeof outcome === 'string' ? outcome : state,
      ...(typeof words === 'string' ? { reply: words } : {}),
    },
    attempts: made.length,
    seconds: made.reduce((sum, { seconds }) => sum + (typeof seconds === 'number' ? seconds : 0), 0),
    costs: made.flatMap(({ cost }) => (typeof cost === 'string' ? [cost] : [])),
  };
}

/** Counts results as they pass, as a manifest does. */
export function resultsTally(): { readonly add: (result: ReadResult) => void; readonly counts: () => ManifestCounts } {
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

/** What a manifest counts otherwise than its results do, by name. Costs are the provider's word and may be rounded. */
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

function byName(counts: ReadonlyMap<string, number>): Readonly<Record<string, number>> {
  return Object.fromEntries([...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
