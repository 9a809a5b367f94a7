import type { Hours } from './hours.ts';

/** What a campaign's file says under `execution`. */
export type ExecutionPlan = {
  readonly concurrency: number;
  readonly rate: { readonly calls: number; readonly per: 's' | 'm' };
  readonly batchSize: number;
  readonly hours: Hours;
  readonly span?: Span;
  readonly maxAttempts: number;
  /** Minutes. */
  readonly retry: { readonly no_answer: readonly number[]; readonly busy: readonly number[] };
  /** All of them hold. */
  readonly caps: readonly Cap[];
  /** Minutes of the clock that a retry keeps from earlier attempts. */
  readonly anotherTime?: number;
  readonly stops: Stops;
  /** Hours that a law sets besides. */
  readonly policy?: 'us-federal@1';
  /** Caps of the policy, as packs may have them. */
  readonly policyCaps?: readonly Cap[];
  readonly settleS: number;
  readonly everyS: number;
};

/** Calls to one phone within so many minutes, by all campaigns or by one. */
export type Cap = { readonly calls: number; readonly minutes: number; readonly in: 'store' | 'campaign' };

/** Between which instants anybody is called at all. */
export type Span = {
  readonly startAtMs?: number;
  readonly endAtMs?: number;
  /** From when somebody entered the wave. */
  readonly expireAfterMs?: number;
};

/** What stops a wave by itself; per cent of calls that ended so. */
export type Stops = {
  readonly canary?: { readonly calls: number; readonly noAnswer: number };
  /** Of the last ten calls. */
  readonly breaker?: { readonly noAnswer: number };
  readonly budget?: { readonly calls: number } | { readonly minutes: number };
};
