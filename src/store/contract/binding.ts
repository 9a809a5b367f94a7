/** What the store remembers of an address's resource, and how an address gets another name. */
import type { Fields } from '../../model/value.ts';

/** What the store remembers of an address's resource. */
export type Binding = {
  readonly address: string;
  readonly resourceId: string;
  /** Canonical JSON of provider type and options: which account it lives in. */
  readonly account: string;
  /** Declared fields as last applied, wire form; undefined where only an id is used. */
  readonly applied?: Fields;
};

/** A create that may have happened: durable before the request. */
export type CreateIntent = { readonly address: string; readonly account: string; readonly atMs: number };

/** An address that is to go on under another name. */
export type Renaming = {
  /** Both with the fence of the lease that the caller holds. */
  readonly from: { readonly address: string; readonly fence: number };
  readonly to: { readonly address: string; readonly fence: number };
  /** The file that speaks for it from now on. */
  readonly file: string;
  /** R of a key under the new name. */
  readonly tagOf: (wave: string, key: string) => string;
};

/** What became of a renaming. */
export type Renamed =
  | { readonly kind: 'moved' }
  /** The store knows nothing of the old name. */
  | { readonly kind: 'unknown' }
  /** The new name has a record of its own. */
  | { readonly kind: 'taken' }
  /** So many recipients were found at the provider, and no list has named them yet: their tags cannot be made anew. */
  | { readonly kind: 'nameless'; readonly recipients: number };
