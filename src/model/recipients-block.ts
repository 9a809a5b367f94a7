import type { Place } from './place.ts';
import type { Source } from './source.ts';
import type { Template } from './template.ts';

/** Who is called: the `recipients` block of a campaign file, its templates compiled. */
export type RecipientsBlock = {
  readonly at: Place;
  readonly sources: readonly Source[];
  /** Absolute path of the list that was named in place of the file's own. */
  readonly otherList?: string;
  readonly id?: Template;
  readonly phone: Template;
  /** ISO 3166 alpha-2, for numbers without a country code. */
  readonly country?: Template;
  readonly timezone?: Template;
  readonly notBefore?: Template;
  readonly notAfter?: Template;
  /** Who has agreed to be called by an artificial voice. Default: nobody is asked. */
  readonly consent?: Template;
  readonly samePhone: 'report' | 'call_once' | 'call_each';
  readonly variables: Readonly<Record<string, Template>>;
  readonly suppress: readonly Source[];
  /** A JSON Schema that each row must meet. */
  readonly rowsSchema?: { readonly path: string; readonly file: string; readonly at: Place };
  readonly maxInvalid: Share;
  /** Where that stands, if it is written. */
  readonly maxInvalidAt?: Place;
};

/** A count of rows or a percentage of them. */
export type Share =
  | { readonly kind: 'rows'; readonly rows: number }
  | { readonly kind: 'percent'; readonly percent: number };
