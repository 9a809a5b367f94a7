import type { Outcome } from './attempt.ts';
import type { Cap } from './cap.ts';
import type { Money } from './money.ts';
import type { Policy } from './policy.ts';
import type { Window } from './window.ts';

/** Outcomes that may stop a wave; `failed` counts attempts that the provider refused as well. */
export const stopOutcomes = ['failed', 'no_answer', 'busy', 'voicemail', 'cancelled', 'unknown'] as const;
export type StopOutcome = (typeof stopOutcomes)[number];

/** Reached where at least so many percent of the calls ended so. */
export type OutcomeShare = { readonly outcome: StopOutcome; readonly percent: number };

/** At least one of them. */
export type Budget = {
  /** Attempts that the provider took or may have taken. */
  readonly calls?: number;
  readonly seconds?: number;
  readonly cost?: Money;
};

/** How calls are made: the `execution` block of a campaign file, with the defaults of callplan and of the provider. */
export type Execution = {
  /** Unfinished calls at once. */
  readonly concurrency: number;
  /** Calls started per time. */
  readonly rate: { readonly calls: number; readonly perMs: number };
  /** Recipients a dispatch at most. */
  readonly batchSize: number;
  readonly windows: 'always' | readonly Window[];
  /** Local dates on which nobody is called, in days since 1970-01-01. Default: none. */
  readonly holidays?: readonly number[];
  /** What law or custom demands besides. Default: nothing. */
  readonly policy?: Policy;
  /** Nobody is called before that instant. */
  readonly startAtMs?: number;
  /** Nobody is called after that instant. */
  readonly endAtMs?: number;
  /** Nobody is called so long after they entered the wave. */
  readonly expireAfterMs?: number;
  /** Nobody is called at another number than these (E.164). Default: no such limit. */
  readonly onlyPhones?: readonly string[];
  readonly attempts: {
    readonly max: number;
    readonly retry: Readonly<Partial<Record<Outcome, readonly number[]>>>;
    /** So far, by the clock, a retry keeps from the times of day of earlier attempts. Default: no such distance. */
    readonly anotherTimeMs?: number;
  };
  /** First attempts whose ends are waited for before anybody else is called. Default: none. */
  readonly canary?: { readonly calls: number; readonly stopWhen: readonly OutcomeShare[] };
  /** Shares of the latest attempts at which the wave stops. Default: none. */
  readonly stopWhen?: { readonly shares: readonly OutcomeShare[]; readonly ofLast: number };
  /** What the wave may use up, over all runs and attempts. Default: no limit. */
  readonly budget?: Budget;
  /** Of a minute of a call. */
  readonly price?: Money;
  /** The file's own; a policy may have others besides. Default: none. */
  readonly perPerson?: readonly Cap[];
  /** Defaults come from the provider. */
  readonly followUp: { readonly everyMs: number; readonly forMs: number };
  readonly lookUp: { readonly settleMs: number };
  /** A slot is held so long at most. */
  readonly maxCallMs: number;
};
