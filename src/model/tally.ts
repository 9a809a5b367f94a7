import type { AttemptEvent, AttemptState, Outcome } from './attempt.ts';
import type { E164 } from './recipient.ts';

/**
 * What the calls of a wave have used up, and how they ended of late. It is folded from what happens to attempts, in the
 * transaction that writes it, and outlives runs.
 */
export type Tally = {
  /** Attempts that the provider took or may have taken. */
  readonly calls: number;
  /** Of those, the ones whose length nobody knows: under way, or ended without a word of it. */
  readonly unmeasured: number;
  /** Seconds of the others. */
  readonly seconds: number;
  /** What the provider says that calls cost, by currency. */
  readonly reported: Readonly<Record<string, Reported>>;
  /** First attempts refused alike in a row; left out: the last one was not refused. */
  readonly alike?: Alike;
  /** Left out until its first call. */
  readonly canary?: Canary;
  /** How the last attempts ended, oldest first, as many as the campaign's `stop_when` looks at. */
  readonly recent: readonly TalliedCall[];
};

/** Of the calls whose cost is reported in one currency. */
export type Reported = {
  /** Millionths of the currency's unit. */
  readonly micros: number;
  readonly seconds: number;
  readonly unmeasured: number;
};

/** The reason is that of the last. */
export type Alike = { readonly reason: string; readonly calls: readonly TalliedCall[] };

/** The first calls of a wave, by which it is judged before the others are made. */
export type Canary = {
  /** The ledger's own ids of recipients whose first attempt is under way. */
  readonly open: readonly number[];
  readonly ended: readonly TalliedCall[];
};

/** How one attempt ended; a refused one counts as `rejected`. */
export type TalliedCall = { readonly key: string; readonly phone: E164; readonly n: number; readonly outcome: Outcome };

/** That of a wave before its first call. */
export const emptyTally: Tally = { calls: 0, unmeasured: 0, seconds: 0, reported: {}, recent: [] };

/** What one ledger write does to one attempt. */
export type AttemptChange = {
  readonly recipientId: number;
  readonly key: string;
  readonly phone: E164;
  readonly n: number;
  /** Left out: there was no such attempt. */
  readonly before?: AttemptState;
  readonly event: AttemptEvent;
  readonly state: AttemptState;
};
