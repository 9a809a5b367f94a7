/**
 * The course that a wave took, read off its rows one after the other: when it called and how many, whom it did not call
 * and why. It keeps what it counts and, of people, the first few; no row.
 */
import type { ResultRow } from '../model/wave.ts';
import { parseMoney, type Money } from '../model/money.ts';

/** Calls started within so much time; epoch ms. */
export type Calls = { readonly startMs: number; readonly calls: number };

/** Recipients who share why they were not called, or why nobody can tell; the first of them by key. */
export type Unsettled = {
  readonly state: 'skipped' | 'unresolved';
  readonly reason: string;
  readonly recipients: number;
  readonly first: readonly Pick<ResultRow, 'key' | 'phone'>[];
};

/** How a wave went, read off its results. */
export type Course = {
  /** When the first call was started; undefined: nobody was called. */
  readonly firstMs?: number;
  /** Minutes in which calls were started, in order. */
  readonly minutes: readonly Calls[];
  /** The first of the minutes in which most calls were started. */
  readonly busiest?: Calls;
  /** How many recipients got one call, two, three ...: the first entry is those who got one. */
  readonly byAttempts: readonly number[];
  /** Recipients who may be called: all but the skipped. */
  readonly callable: number;
  /** What the provider said that the calls cost, one sum for each currency. */
  readonly costs: readonly Money[];
  /** When as many first attempts were over as the canary has calls; undefined: fewer were, or there is no canary. */
  readonly canaryMs?: number;
  /** The most common first. */
  readonly unsettled: readonly Unsettled[];
};

/** How much of a course is told. */
export type CourseOptions = {
  /** People named of each reason at most. */
  readonly most: number;
  /** Calls of the canary; default: there is none. */
  readonly canary?: number;
};

/** What is known so far; it grows in place, as a wave may have a million rows. */
type Sums = {
  firstMs: number;
  callable: number;
  readonly minutes: Map<number, number>;
  readonly byAttempts: number[];
  readonly costs: Map<string, number>;
  readonly unsettled: Map<string, Unsettled & { recipients: number; readonly first: Unsettled['first'][number][] }>;
  /** Ends of first attempts, the earliest first, no more than the canary has calls. */
  readonly ends: number[];
};

const minuteMs = 60_000;

/** @param pages all rows of the wave */
export async function courseOf(pages: AsyncIterable<readonly ResultRow[]>, options: CourseOptions): Promise<Course> {
  const sums: Sums = {
    firstMs: Number.POSITIVE_INFINITY,
    callable: 0,
    minutes: new Map(),
    byAttempts: [],
    costs: new Map(),
    unsettled: new Map(),
    ends: [],
  };
  for await (const page of pages) for (const row of page) addRow(sums, row, options);
  return read(sums, options);
}

function addRow(sums: Sums, row: ResultRow, { most, canary = 0 }: CourseOptions): void {
  const made = row.attempts.filter(({ state }) => state.kind !== 'voided');
  for (const attempt of made) addCall(sums, attempt, canary);
  if (made.length > 0) sums.byAttempts[made.length - 1] = (sums.byAttempts[made.length - 1] ?? 0) + 1;
  if (row.standing.kind !== 'skipped') sums.callable += 1;
  const why = whyUnsettled(row);
  if (why === undefined) return;
  const name = `${why.state} ${why.reason}`;
  const known = sums.unsettled.get(name) ?? { ...why, recipients: 0, first: [] };
  known.recipients += 1;
  if (known.first.length < most) known.first.push({ key: row.key, phone: row.phone });
  sums.unsettled.set(name, known);
}

function addCall(sums: Sums, { n, intentMs, endedMs, state }: ResultRow['attempts'][number], canary: number): void {
  sums.firstMs = Math.min(sums.firstMs, intentMs);
  const startMs = Math.floor(intentMs / minuteMs) * minuteMs;
  sums.minutes.set(startMs, (sums.minutes.get(startMs) ?? 0) + 1);
  const cost = state.kind === 'ended' ? parseMoney(state.cost ?? '') : undefined;
  if (cost !== undefined) sums.costs.set(cost.currency, (sums.costs.get(cost.currency) ?? 0) + cost.micros);
  if (n !== 1 || endedMs === undefined || canary === 0) return;
  const place = sums.ends.findLastIndex((end) => end <= endedMs) + 1;
  sums.ends.splice(place, 0, endedMs);
  sums.ends.splice(canary);
}

function whyUnsettled({ standing, attempts }: ResultRow): Pick<Unsettled, 'state' | 'reason'> | undefined {
  if (standing.kind === 'skipped') return { state: 'skipped', reason: standing.reason };
  const state = attempts.at(-1)?.state;
  return state?.kind === 'unresolved' ? { state: 'unresolved', reason: state.reason } : undefined;
}

function read(sums: Sums, { canary = 0 }: CourseOptions): Course {
  const minutes = [...sums.minutes].toSorted(([a], [b]) => a - b).map(([startMs, calls]) => ({ startMs, calls }));
  const most = minutes.reduce((so, { calls }) => Math.max(so, calls), 0);
  const busiest = minutes.find(({ calls }) => calls === most);
  const canaryMs = canary === 0 ? undefined : sums.ends[canary - 1];
  return {
    ...(minutes.length === 0 ? {} : { firstMs: sums.firstMs }),
    minutes,
    ...(busiest === undefined ? {} : { busiest }),
    byAttempts: Array.from(sums.byAttempts, (people: number | undefined) => people ?? 0),
    callable: sums.callable,
    costs: [...sums.costs].map(([currency, micros]) => ({ micros, currency })),
    ...(canaryMs === undefined ? {} : { canaryMs }),
    unsettled: [...sums.unsettled.values()].toSorted((a, b) => b.recipients - a.recipients),
  };
}
