import type { RowReasonCode } from './recipient.ts';

/** What reading a list told of it, as far as it is kept for when the same list is given again. */
export type ToldList = {
  readonly rows: number;
  readonly valid: number;
  readonly repeated: number;
  readonly suppressed: number;
  readonly leftOut: number;
  /** Rejected rows by reason. */
  readonly rejected: readonly (readonly [RowReasonCode, number])[];
  /** SHA-256 over the recipients in the order of the rows. */
  readonly digest: string;
  /** Zones of its people, most common first; several of one entry where a number may be in any of them. */
  readonly places: readonly (readonly string[])[];
};
