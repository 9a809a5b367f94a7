/** What stops a wave and what bounds the calls to one person, in words. */
import type { Cap } from '../model/cap.ts';
import type { Execution, OutcomeShare, StopOutcome } from '../model/execution.ts';
import { printMoney } from '../model/money.ts';
import type { NamedRow } from './named-lines.ts';
import { count, countOf, duration } from './quantity.ts';

export type SaidBounds = Pick<
  Execution,
  'canary' | 'stopWhen' | 'budget' | 'price' | 'maxCallMs' | 'perPerson' | 'policy'
> & { readonly attempts: Pick<Execution['attempts'], 'anotherTimeMs'> };

/** One row for each that is said. `people` are those to be called, where that is known. */
export function boundRows(execution: SaidBounds, people = 0): readonly NamedRow[] {
  const { canary, stopWhen, attempts } = execution;
  const caps = capWords(execution);
  const rows: readonly NamedRow[] = [
    ['retries', attempts.anotherTimeMs === undefined ? undefined : retryWords(attempts.anotherTimeMs)],
    ['per person', caps.length === 0 ? undefined : caps.join('; ')],
    [
      'canary',
      canary && `${countOf(canary.calls, 'person', 'people')} first; the wave stops at ${shares(canary.stopWhen)}`,
    ],
    ['stops', stopWhen && `at ${shares(stopWhen.shares)} of the last ${countOf(stopWhen.ofLast, 'call')}`],
    ['budget', budgetWords(execution, people)],
  ];
  return rows.filter(([, words]) => words !== undefined);
}

function retryWords(ms: number): string {
  return `at another time of day, at least ${duration(ms)} by the clock from earlier attempts`;
}

function capWords({ perPerson = [], policy }: SaidBounds): readonly string[] {
  const demanded = (policy?.perPerson ?? []).map((cap) => `${capText(cap)} (${String(policy?.name)})`);
  return [...perPerson.map(capText), ...demanded];
}

const dayMs = 86_400_000;

function capText({ calls, perMs, in: scope }: Cap): string {
  const whose = scope === 'campaign' ? 'of this campaign' : 'of all campaigns';
  // A day is no calendar day.
  const per = perMs === dayMs ? '24 h' : duration(perMs);
  return `${countOf(calls, 'call')} ${whose} in ${per}`;
}

function shares(all: readonly OutcomeShare[]): string {
  return all.map(({ outcome, percent }) => `${String(percent)}% ${shareWords[outcome]}`).join(' or ');
}

/** Of a share of calls: 10% not answered. */
const shareWords: Readonly<Record<StopOutcome, string>> = {
  failed: 'failed',
  no_answer: 'not answered',
  busy: 'busy',
  voicemail: 'voicemail',
  cancelled: 'cancelled',
  unknown: 'unknown',
};

/** A call reserves what it may use up, so the last of a budget is not spent. */
function budgetWords({ budget, price, maxCallMs }: SaidBounds, people: number): string | undefined {
  if (budget === undefined) return undefined;
  const { calls, seconds, cost } = budget;
  const limits = [
    calls === undefined ? '' : countOf(calls, 'call'),
    seconds === undefined ? '' : `${count(seconds / 60)} min`,
    cost === undefined ? '' : `${printMoney(cost)}${price === undefined ? '' : ` at ${printMoney(price)} a minute`}`,
  ].filter((limit) => limit !== '');
  const reserved = seconds === undefined && cost === undefined ? '' : `; a call reserves ${duration(maxCallMs)}`;
  const isShort = calls !== undefined && calls < people;
  const short = isShort ? `; not enough for ${countOf(people, 'person', 'people')}` : '';
  return `${limits.join(', ')}${reserved}${short}`;
}
