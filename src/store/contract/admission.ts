/** How it is decided who is called next. */
import type { Admitted } from '../../model/candidate.ts';
import type { AttemptEvent } from '../../model/attempt.ts';
import type { SkipReason, Wait } from '../../model/standing.ts';
import type { Stop } from '../../model/stop.ts';
import type { AttemptChange, Tally } from '../../model/tally.ts';
import type { EngineMs } from '../../model/time.ts';
import type { Trip } from '../../model/trip.ts';

/** What is done with a recipient who is due. */
export type GrantDecision =
  | { readonly kind: 'grant'; readonly event: AttemptEvent & { readonly kind: 'intended' }; readonly reference: string }
  | {
      readonly kind: 'wait';
      readonly untilMs: number;
      readonly why: Wait;
      /** So does everybody of the same place with equal options of the call, but for times, calls and an opt-out of their own. */
      readonly shared?: boolean;
    }
  | { readonly kind: 'skip'; readonly reason: SkipReason }
  /** No slot, no token: look at nobody else now. */
  | { readonly kind: 'stop' };

/** What the ledger makes of each change to an attempt; done in the transaction that writes it. */
export type Tallying = {
  readonly count: (tally: Tally, change: AttemptChange) => Tally;
  /** Asked after each change: whether the wave calls nobody any more. */
  readonly trip: (tally: Tally) => Trip | undefined;
};

/**
 * How young an accepted attempt is that holds a slot. Engine time of an earlier run fell behind where its machine slept, so
 * its attempts are no older than their intents.
 */
export type SlotAge = {
  /** Accepted later than that. */
  readonly sinceMs: EngineMs;
  /** When this run began. */
  readonly startedMs: EngineMs;
};

/** What came of asking who may be called. */
export type Admission = {
  readonly admitted: readonly Admitted[];
  /** More candidates are due now. */
  readonly more: boolean;
  readonly tally: Tally;
  /** A person stopped the wave: nobody was asked about. */
  readonly stopped?: Stop;
  /** The wave stopped itself: nobody was asked about. */
  readonly tripped?: Trip;
};
