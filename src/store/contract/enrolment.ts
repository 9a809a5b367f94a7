/** How a list becomes the recipients of a wave. */
import type { SkipReason } from '../../model/standing.ts';
import type { Recipient } from '../../model/recipient.ts';
import type { ToldList } from '../../model/told-list.ts';

/** How the rows of a file compare with the ledger. */
export type Comparison = {
  /** Not yet known to the wave. */
  readonly fresh: number;
  /** Called in this wave already. */
  readonly called: number;
  /** Of those called: how many rows have other values now. */
  readonly changed: number;
  /** Known to the wave, not yet called (fresh recipients of an earlier run). */
  readonly pending: number;
  /**
   * Not called yet, and certainly not to be, by reason; in none of the other counts. Who opted out is so whatever else is
   * against a call. Left out where there are none.
   */
  readonly skips?: Readonly<Partial<Record<SkipReason, number>>>;
  readonly suppressed: number;
  /** In the ledger, waiting for a call or a retry, and no longer in the file. */
  readonly removed: number;
};

/** A list that was enrolled, for who is given the same again. */
export type KnownList = {
  /** Equal where everybody is listed alike, and under the same rules. */
  readonly fingerprint: string;
  /** What its reader wants to know of it then. */
  readonly told: ToldList;
};

/** How a list that was enrolled before compares with the ledger, and what was told of it. */
export type KnownComparison = { readonly comparison: Comparison; readonly told: ToldList };

/** What a certain skip may depend on. */
type Timed = Pick<Recipient, 'phone' | 'zone' | 'notBeforeMs' | 'notAfterMs'> & Partial<Pick<Recipient, 'call'>>;

/** How enrolment treats rows with one phone and different ids. */
export type EnrolOptions = {
  readonly callEach: boolean;
  /** Why a recipient who was not called yet certainly will not be: counted apart. Default: everybody may be. */
  readonly certainSkip?: (recipient: Timed, enrolledMs?: () => number | undefined) => SkipReason | undefined;
  /** Where somebody may be called: equal for those whom the gates treat alike, but for what is their own. Default: the zone. */
  readonly placeOf?: (recipient: Recipient) => string;
  /** R of a key, for imported calls whose key nobody knew. */
  readonly tagOf: (key: string) => string;
};
