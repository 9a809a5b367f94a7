/** Where a recipient of a wave stands between attempts. */
export type Standing =
  /** To be called when due; `n` is the number that the next attempt gets. */
  | {
      readonly kind: 'pending';
      readonly n: number;
      readonly dueMs: number;
      readonly why: Wait;
      readonly alone?: boolean;
    }
  /** An attempt is under way. */
  | { readonly kind: 'open' }
  /** A final state. */
  | { readonly kind: 'done' | 'rejected' | 'unresolved' }
  | { readonly kind: 'skipped'; readonly reason: SkipReason };

/** Why a pending recipient waits. */
export type Wait =
  | 'new'
  | 'window'
  | 'not_before'
  | 'start_at'
  | 'retry'
  | 'time_of_day'
  | 'voided'
  | 'person'
  | 'phone_busy';

/** Why a recipient is not called in a wave. */
export type SkipReason =
  /** On a list that the campaign's file names. */
  | 'suppressed'
  /** On the store's list of opt-outs. */
  | 'opted_out'
  /** Not among the numbers that the file limits its calls to. */
  | 'only_phones'
  | 'not_before'
  | 'start_at'
  | 'not_after'
  | 'removed'
  /** After the campaign's `end_at`. */
  | 'end_at'
  /** Longer in the wave than `expire_after`. */
  | 'expired'
  | 'zone_unknown'
  /** A toll-free number without a zone of its own. */
  | 'toll_free'
  | 'no_window'
  /** Tried as often as the file says by now. */
  | 'attempts'
  /** A person cancelled the wave. */
  | 'cancelled'
  /** A rerun of the wave has called them. */
  | 'rerun';
