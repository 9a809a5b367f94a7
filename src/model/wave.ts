import type { Attempt, Outcome, SkipReason, Standing, Wait } from './attempt.ts';
import type { E164 } from './recipient.ts';
import type { Scalars } from './value.ts';

/** Counts of a wave; `states` sum to `recipients`. */
export type Counts = {
  readonly recipients: number;
  readonly states: Readonly<Record<string, number>>;
  readonly outcomes: Readonly<Partial<Record<Outcome, number>>>;
  readonly replies: Readonly<Record<string, number>>;
  readonly attempts: number;
  readonly seconds: number;
  readonly waits: Readonly<Partial<Record<Wait, number>>>;
  readonly skips: Readonly<Partial<Record<SkipReason, number>>>;
};

/** A status of calls that nobody has said the meaning of, so that they are held for open. */
export type UnknownStatus = {
  /** The provider's word, fit to be shown. */
  readonly status: string;
  readonly calls: number;
};

/** A recipient as the ledger ends with it; one line of results. */
export type ResultRow = {
  readonly key: string;
  readonly phone: E164;
  readonly standing: Standing;
  readonly row: Readonly<Record<string, string>>;
  readonly variables: Scalars;
  readonly attempts: readonly {
    readonly n: number;
    readonly intentMs: number;
    readonly endedMs?: number;
    readonly state: Attempt['state'];
    readonly definition: string;
    readonly resourceId: string;
    /** Kinds of its events in order: the evidence. */
    readonly events: readonly string[];
  }[];
};

export type RunRecord = {
  readonly run: string;
  readonly startedMs: number;
  readonly endedMs?: number;
  readonly exit?: number;
  readonly definition: string;
  readonly toolVersion: string;
};
