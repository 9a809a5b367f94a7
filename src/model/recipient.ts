import type { Fields, Scalars } from './value.ts';

declare const brand: unique symbol;

/** A phone number in E.164 form (`+` and 8 to 15 digits), parsed once in recipients/phone. */
export type E164 = string & { readonly [brand]: 'E164' };

/** One thing to be called about, as read from its row: valid, rendered, not yet compared with the ledger. */
export type Recipient = {
  /** What is called about once within a wave: the rendered `recipients.id`, else the phone. */
  readonly key: string;
  readonly phone: E164;
  /** IANA zone, if the campaign or the row says one: times in texts are told in it. */
  readonly zone?: string;
  readonly notBeforeMs?: number;
  readonly notAfterMs?: number;
  /** The source's columns as read. */
  readonly row: Readonly<Record<string, string>>;
  /** Rendered `recipients.variables`. */
  readonly variables: Scalars;
  /** Rendered `call` options. */
  readonly call: Fields;
  /** Where the row stands. */
  readonly source: RowPlace;
  /** On a suppression list: enrolled, never dialled. */
  readonly suppressed: boolean;
};

/** In which zones a recipient may be, all of which must be open; and how that is known. */
export type CallZones =
  | { readonly from: 'row'; readonly zones: readonly [string] }
  /** One or several: wherever such numbers are given out. */
  | { readonly from: 'number'; readonly zones: readonly string[] }
  | { readonly from: 'nowhere'; readonly why: 'zone_unknown' | 'toll_free' };

/** Tells the zones of a recipient. */
export type ZonesOf = (of: Pick<Recipient, 'phone' | 'zone'>) => CallZones;

/** A row of a source. */
export type RowPlace = {
  readonly source: string;
  /** Counted from 1: the physical line on which the record starts, the row of a sheet or query, the item of a list. */
  readonly line: number;
  /** What `line` counts, where that is no line. */
  readonly unit?: 'row' | 'item';
};

/** One record of a source: column name to text as read. */
export type Row = { readonly place: RowPlace; readonly cells: Readonly<Record<string, string>> };

/**
 * Why a row cannot be called. Codes have pages like findings do. `detail` never holds the cell's value,
 * only names of columns and shapes ("12 digits").
 */
export type RowReason = {
  readonly code: RowReasonCode;
  readonly column?: string;
  readonly detail?: string;
};

export type RowReasonCode =
  | 'ROW_RAGGED'
  | 'ROW_ENCODING'
  | 'ROW_QUOTES'
  | 'ROW_SYNTAX'
  | 'ROW_CELL_TYPE'
  | 'ROW_CELL_DIGITS'
  | 'ROW_CELL_ERROR'
  | 'ROW_FILTER'
  | 'ROW_SCHEMA'
  | 'ROW_PHONE_MISSING'
  | 'ROW_PHONE_INVALID'
  | 'ROW_PHONE_SCIENTIFIC'
  | 'ROW_PHONE_NO_COUNTRY'
  | 'ROW_PHONE_LOST_PLUS'
  | 'ROW_PHONE_LOST_ZERO'
  | 'ROW_PHONE_APOSTROPHE'
  | 'ROW_PHONE_DIRECTION_MARK'
  | 'ROW_PHONE_TWO_NUMBERS'
  | 'ROW_PHONE_PREMIUM'
  | 'ROW_ID_MISSING'
  | 'ROW_ID_TWO_PHONES'
  | 'ROW_SAME_PHONE'
  | 'ROW_VALUE_MISSING'
  | 'ROW_VALUE_DATE'
  | 'ROW_VALUE_NUMBER'
  | 'ROW_VALUE_PLACEHOLDER'
  | 'ROW_VALUE_CONTROL'
  | 'ROW_ZONE_UNKNOWN'
  | 'ROW_CONSENT_MISSING'
  | 'ROW_TIME_INVALID'
  | 'ROW_CALL_OPTION'
  | 'ROW_MESSAGE_TOO_LONG';

/** What a source yields: a record, or one that is damaged beyond reading. */
export type SourceRow =
  | { readonly kind: 'row'; readonly row: Row }
  | { readonly kind: 'rejected'; readonly rejected: RejectedRow };

/** A row that is not called, and why. */
export type RejectedRow = { readonly place: RowPlace; readonly reason: RowReason; readonly row: Row['cells'] };

/** What reading recipients yields, in the order of the rows. */
export type ReadRow =
  | { readonly kind: 'recipient'; readonly recipient: Recipient }
  /** Equal id and phone as an earlier row: called once, nothing wrong. */
  | { readonly kind: 'repeated'; readonly place: RowPlace }
  | { readonly kind: 'rejected'; readonly rejected: RejectedRow };
