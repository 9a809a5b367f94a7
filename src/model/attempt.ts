import type { EngineMs, WallMs } from './time.ts';
import type { E164 } from './recipient.ts';
import type { Standing } from './standing.ts';
import type { Fields } from './value.ts';

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
  | { readonly kind: 'intent'; readonly scheduledMs?: EngineMs }
  | {
      readonly kind: 'accepted';
      readonly handle: Handle;
      /** When it was accepted, or is to be dialled, where that is later. */
      readonly sinceMs: EngineMs;
      readonly status?: string;
    }
  | {
      readonly kind: 'in_doubt';
      readonly sinceMs: EngineMs;
      readonly why: string;
      /** Complete listings, begun after settling, that did not show it. */
      readonly looks: number;
      /** How many such listings make an absence: 2, or 1 for a batch refused as a whole. */
      readonly needs: 1 | 2;
      /** Look-ups have failed since then without a break. */
      readonly failingSinceMs?: EngineMs;
      readonly scheduledMs?: EngineMs;
    }
  | Ended
  | { readonly kind: 'rejected'; readonly reason: string }
  | { readonly kind: 'unresolved'; readonly reason: string }
  | { readonly kind: 'voided'; readonly reason: string };

/** An end of an attempt, as an event and as the state that it leaves. */
type Ended = {
  readonly kind: 'ended';
  readonly outcome: Outcome;
  readonly handle?: Handle;
  readonly reply?: Reply;
  /** Talked. */
  readonly seconds?: number;
  /** As the provider reports it, with its currency: "0.42 USD". */
  readonly cost?: string;
  /** The provider's own word. */
  readonly status?: string;
  /** The person asked not to be called again. */
  readonly optOut?: true;
};

/** The state that an intent begins with. */
export function intentState({ scheduledMs, scheduledEngineMs }: Schedule): AttemptState {
  // By either clock, where they did not part.
  const engineMs: number | undefined = scheduledEngineMs ?? scheduledMs;
  return engineMs === undefined ? { kind: 'intent' } : { kind: 'intent', scheduledMs: engineMs };
}

type Schedule = {
  /** When the provider is to dial, if not at once. */
  readonly scheduledMs?: WallMs;
  /** The same in engine time, where that differs. */
  readonly scheduledEngineMs?: EngineMs;
};

/** What happened to an attempt; folding an attempt's events with `evolve` gives its state. */
export type AttemptEvent =
  | (Schedule & {
      readonly kind: 'intended';
      readonly dispatch: string;
      readonly resourceId: string;
      readonly account: string;
      readonly definition: string;
    })
  | { readonly kind: 'accepted'; readonly handle: Handle }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'voided'; readonly reason: string }
  | { readonly kind: 'doubted'; readonly why: string; readonly needs: 1 | 2 }
  /** The process that looks it up is new: settling starts anew. */
  | { readonly kind: 'restarted' }
  | { readonly kind: 'not_seen' }
  | { readonly kind: 'look_failed'; readonly reason: string }
  | { readonly kind: 'seen'; readonly handle: Handle; readonly status?: string }
  | Ended
  | { readonly kind: 'gave_up'; readonly reason: string }
  /** Found at the provider by its reference, unknown to this store. */
  | { readonly kind: 'imported'; readonly handle: Handle; readonly status?: string }
  | { readonly kind: 'settled'; readonly as: 'called' | 'not-called'; readonly by: string };

/** One dial of one recipient, as the ledger has it. */
export type Attempt = {
  /** The ledger's own ids of the attempt and of the recipient. */
  readonly id: number;
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
  readonly intentMs: WallMs;
  readonly state: AttemptState;
  /** Polls so far. */
  readonly polls: number;
  /** Outcomes of the recipient's earlier attempts in this wave, by n. */
  readonly earlier: readonly Outcome[];
};

/** One ledger write: an event, what it makes of the attempt and of its recipient, in one transaction. */
export type Step = {
  readonly attempt: Attempt;
  readonly event: AttemptEvent;
  readonly state: AttemptState;
  /** When an open attempt is looked at next, epoch ms. */
  readonly dueMs?: number;
  readonly standing: Standing;
};
