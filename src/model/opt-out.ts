import type { E164 } from './recipient.ts';

/** Who changed the list of opt-outs, and why. */
export type OptOutNote = {
  /** Epoch ms. */
  readonly atMs: number;
  /** The name under which the person works. */
  readonly by: string;
  /** In their own words. */
  readonly because?: string;
};

/** How the store learnt that somebody is not to be called. */
export type OptOutSource =
  /** They said so in this call. */
  | {
      readonly kind: 'call';
      readonly atMs: number;
      /** `campaign/environment`. */
      readonly address: string;
      readonly wave: string;
      /** Number of the attempt within the wave. */
      readonly attempt: number;
    }
  | ({ readonly kind: 'person' } & OptOutNote);

/** A number that no campaign of the store calls, until somebody takes it off the list. */
export type OptOut = {
  readonly phone: E164;
  readonly source: OptOutSource;
  /** Somebody took it off the list. */
  readonly removed?: OptOutNote;
};
