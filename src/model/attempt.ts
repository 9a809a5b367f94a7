import type { E164 } from './recipient.ts';
import type { Fields, Scalars } from './value.ts';

/** How an attempt ended. */
export const outcomes = [
  'answered',
  'no_answer',
  'busy',
  'voicemail',
  'failed',
  'rejected',
  'cancelled',
  'unknown',
] as const;
export type Outcome = (typeof outcomes)[number];

/** What the recipient answered. */
export type Reply = {
  /** The option as the provider names it ("1"). */
  readonly option?: string;
  /** What the campaign calls that option ("Confirm"). */
  readonly label?: string;
  /** The class that the provider put the call into ("Interested"). */
  readonly classification?: string;
  /** What the provider took down of the call, by name: personal data. */
  readonly extraction?: Fields;
};

/** What a provider knows a placed call by. */
export type Handle = { readonly batchId?: string; readonly callId?: string };

/**
 * Where one attempt stands. Its times are engine time: epoch ms at the start of the process that wrote them, moved on
 * by the monotonic clock, so that a jump of the wall clock settles nothing.
 */
export type AttemptState =
  /** Durable before anything is sent. */
  | { readonly kind: 'intent'; readonly scheduledMs?: number }
  | {
      readonly kind: 'accepted';
      readonly handle: Handle;
      /** When it was accepted, or is to be dialled, where that is later. */
      readonly sinceMs: number;
      readonly status?: string;
    }
  | {
      readonly kind: 'in_doubt';
      readonly sinceMs: number;
      readonly why: string;
      /** Complete listings, begun after settling, that did not show it. */
      readonly looks: number;
      /** How many such listings make an absence: 2, or 1 for a batch refused as a whole. */
      readonly needs: 1 | 2;
      /** Look-ups have failed since then without a break. */
      readonly failingSinceMs?: number;
      readonly scheduledMs?: number;
    }
  | {
      readonly kind: 'ended';
      readonly outcome: Outcome;
      readonly handle?: Handle;
      readonly reply?: Reply;
      readonly seconds?: number;
      readonly cost?: string;
      readonly status?: string;
      /** The person asked not to be called again. */
      readonly optOut?: true;
    }
  | { readonly kind: 'rejected'; readonly reason: string }
  | { readonly kind: 'unresolved'; readonly reason: string }
  | { readonly kind: 'voided'; readonly reason: string };

/** The state that an intent begins with. */
export function intentState({ scheduledMs }: { readonly scheduledMs?: number }): AttemptState {
  return scheduledMs === undefined ? { kind: 'intent' } : { kind: 'intent', scheduledMs };
}

/** What happened to an attempt; folding an attempt's events with `evolve` gives its state. */
export type AttemptEvent =
  | {
      readonly kind: 'intended';
      readonly dispatch: string;
      readonly resourceId: string;
      readonly account: string;
      readonly definition: string;
      /** When the provider is to dial, if not at once. */
      readonly scheduledMs?: number;
    }
  | { readonly kind: 'accepted'; readonly handle: Handle }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'voided'; readonly reason: string }
  | { readonly kind: 'doubted'; readonly why: string; readonly needs: 1 | 2 }
  /** The process that looks it up is new: settling starts anew. */
  | { readonly kind: 'restarted' }
  | { readonly kind: 'not_seen' }
  | { readonly kind: 'look_failed'; readonly reason: string }
  | { readonly kind: 'seen'; readonly handle: Handle; readonly status?: string }
  | {
      readonly kind: 'ended';
      readonly outcome: Outcome;
      readonly handle?: Handle;
      readonly reply?: Reply;
      readonly seconds?: number;
      readonly cost?: string;
      readonly status?: string;
      /** The person asked not to be called again. */
      readonly optOut?: true;
    }
  | { readonly kind: 'gave_up'; readonly reason: string }
  /** Found at the provider by its reference, unknown to this store. */
  | { readonly kind: 'imported'; readonly handle: Handle; readonly status?: string }
  | { readonly kind: 'settled'; readonly as: 'called' | 'not-called'; readonly by: string };

/** One dial of one recipient, as the ledger has it. */
export type Attempt = {
  /** The ledger's own id of the recipient. */
  readonly recipientId: number;
  readonly key: string;
  readonly phone: E164;
  /** 1..n within the wave. */
  readonly n: number;
  /** Goes up with each change; a write names the version that it read. */
  readonly version: number;
  /** `cp1.E.R.n`. */
  readonly reference: string;
  readonly dispatch: string;
  /** What the intent was sent to; look-ups are asked of the same. */
  readonly resourceId: string;
  readonly account: string;
  readonly intentMs: number;
  readonly state: AttemptState;
  /** Polls so far. */
  readonly polls: number;
  /** Outcomes of the recipient's earlier attempts in this wave, by n. */
  readonly earlier: readonly Outcome[];
};

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
  /** A person cancelled the wave. */
  | 'cancelled'
  /** A rerun of the wave has called them. */
  | 'rerun';

/** One ledger write: an event, what it makes of the attempt and of its recipient, in one transaction. */
export type Step = {
  readonly attempt: Attempt;
  readonly event: AttemptEvent;
  readonly state: AttemptState;
  /** When an open attempt is looked at next, epoch ms. */
  readonly dueMs?: number;
  readonly standing: Standing;
};

/** A recipient that a dispatch may call now. */
export type Candidate = {
  readonly recipientId: number;
  readonly key: string;
  /** R of their references: that of the key, or of the one that they were found under at the provider. */
  readonly tag: string;
  readonly phone: E164;
  readonly zone?: string;
  readonly notBeforeMs?: number;
  readonly notAfterMs?: number;
  /** When they entered the wave, epoch ms. */
  readonly enrolledMs: number;
  readonly n: number;
  /** To be sent in a dispatch of its own. */
  readonly alone: boolean;
  /** Rendered `call` options: some of them hold for a whole dispatch. */
  readonly call: Fields;
  /** An attempt for this phone is open, in any campaign of the store. */
  readonly phoneBusy: boolean;
  /** On the store's list of opt-outs. */
  readonly optedOut: boolean;
  /** Start times (epoch ms, the latest first) of earlier attempts in this wave, where the hours of retries hang on them. */
  readonly earlierMs: readonly number[];
  /** For each cap: start times (epoch ms, newest first) of this person's counted attempts, as many as it allows; none where there are too few for any cap. */
  readonly personCallsMs: readonly (readonly number[])[];
};

/** A recipient whose intent is durable, with what its request needs. */
export type Admitted = {
  readonly attempt: Attempt;
  readonly row: Readonly<Record<string, string>>;
  readonly variables: Scalars;
  readonly call: Fields;
  /** IANA zone of the recipient. */
  readonly zone?: string;
  readonly alone: boolean;
};

/** What the sending of a dispatch proved; see design 6.2. */
export type Verdict =
  | { readonly kind: 'accepted'; readonly handle: Handle }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'stop'; readonly exit: 4 | 8; readonly reason: string; readonly sent: 'no' | 'perhaps' }
  /** `by` calls: so many at once are too many, and one has to end first. */
  | { readonly kind: 'throttled'; readonly by: 'requests' | 'calls'; readonly retryAfterMs?: number }
  | { readonly kind: 'unsent'; readonly reason: string }
  | { readonly kind: 'in_doubt'; readonly reason: string };

/** One sign of a call in a provider's answer. */
export type Sighting = {
  readonly batchId?: string;
  readonly callId?: string;
  /** As the provider says it, compared by digits; with a plus where it is whole. */
  readonly phone: string;
  /** Our reference, where it came back. */
  readonly reference?: string;
  readonly createdMs?: number;
  /** The provider's own word. */
  readonly status?: string;
  /** Set once the call is over. */
  readonly outcome?: Outcome;
  readonly reply?: Reply;
  readonly seconds?: number;
  /** As the provider reports it, with its currency: "0.42 USD". */
  readonly cost?: string;
  /** The person asked not to be called again. */
  readonly optOut?: true;
};
