import type { Outcome, Reply } from './attempt.ts';

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
  /** How long it was; below zero, and no number, count as unknown. */
  readonly seconds?: number;
  /** As the provider reports it, with its currency: "0.42 USD". */
  readonly cost?: string;
  /** The person asked not to be called again. */
  readonly optOut?: true;
};
