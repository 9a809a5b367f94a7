import type { Attempt } from './attempt.ts';
import type { E164 } from './recipient.ts';
import type { Fields, Scalars } from './value.ts';

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
