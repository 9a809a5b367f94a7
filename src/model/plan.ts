import type { Place } from './place.ts';
import type { Fields, Value } from './value.ts';

/** A request as a provider's codec makes it; remote/send adds headers, resolves secrets and writes the body. */
export type HttpRequest = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly body?: Value;
};

/** Why a field differs. `unknown`: without a store, the mark alone cannot tell. */
export type Cause = 'config' | 'drift' | 'both' | 'unknown';

export type Change = {
  /** Dotted path of the field. */
  readonly path: string;
  readonly before?: Value;
  readonly after?: Value;
  readonly cause: Cause;
  /** Where the file says it. */
  readonly at?: Place;
};

/** The ownership mark that a remote object carries. */
export type Mark = {
  /** `campaign/environment`. */
  readonly address: string;
  /** First 16 hex digits of the SHA-256 of the fields last applied. */
  readonly applied: string;
  /** First 8 hex digits of the id of the store that runs it; undefined until a run claims it. */
  readonly store?: string;
};

/** A remote object as read: the provider's fields with our mark taken out. */
export type Live = { readonly id: string; readonly fields: Fields; readonly mark?: Mark };

/** An object that a resource points to and an update changes, and that other resources point to as well. */
export type Shared = {
  /** The field (dotted) that points to it. */
  readonly path: string;
  readonly id: string;
  /** Those that the update changes too, by id. */
  readonly users: readonly SharedUser[];
};

export type SharedUser = {
  readonly id: string;
  readonly name?: string;
  /** `campaign/environment`, where it carries the mark of one. */
  readonly address?: string;
};

/** How an object is let go of before another takes its place. */
export type LettingGo =
  | { readonly how: 'delete'; readonly request: HttpRequest }
  /** Our mark is taken off and the object stays. Without a request there is no mark to take off. */
  | { readonly how: 'forget'; readonly why: string; readonly request?: HttpRequest };

/** What a plan does to one address. The request is the payload, so plan and apply cannot disagree. */
export type Action =
  | {
      readonly kind: 'keep';
      readonly address: string;
      readonly id: string;
      readonly why?: 'unmanaged';
      /** Declared fields in wire form, which are live already; undefined where the object is only used. */
      readonly fields?: Fields;
    }
  | {
      readonly kind: 'create';
      readonly address: string;
      readonly request: HttpRequest;
      readonly fields: Fields;
      /** Set where a bound object is gone. */
      readonly missing?: string;
      readonly changes: readonly Change[];
    }
  | {
      readonly kind: 'update' | 'adopt';
      readonly address: string;
      readonly id: string;
      /** Digest of the live object that this was planned for. */
      readonly expects: string;
      readonly changes: readonly Change[];
      /** What other resources share of it; left out where nothing is known to be shared. */
      readonly shared?: readonly Shared[];
      readonly request: HttpRequest;
      readonly fields: Fields;
    }
  /** Another object takes the place of this one, which is let go of first. */
  | {
      readonly kind: 'replace';
      readonly address: string;
      /** Of the object that is let go of. */
      readonly id: string;
      /** Digest of the live object that this was planned for. */
      readonly expects: string;
      readonly changes: readonly Change[];
      /** Those of the changes that the provider cannot make to an object. */
      readonly fixed: readonly string[];
      readonly lettingGo: LettingGo;
      /** Creates the other one. */
      readonly request: HttpRequest;
      readonly fields: Fields;
    };

/** A reason why an address cannot be planned: exit 4. */
export type Conflict = {
  readonly address: string;
  readonly reason:
    | { readonly kind: 'other_address'; readonly id: string; readonly mark: string }
    | { readonly kind: 'other_id'; readonly bound: string; readonly id: string }
    | { readonly kind: 'two_objects'; readonly ids: readonly string[] }
    | { readonly kind: 'not_found'; readonly id: string }
    /** The provider cannot make such an object: an id has to be named. */
    | { readonly kind: 'cannot_create'; readonly why: string }
    /** Fields that differ and that the provider cannot update, of an object that is not to be replaced. */
    | {
        readonly kind: 'fixed_fields';
        readonly id: string;
        readonly paths: readonly string[];
        /** The file names it by its id, it has no room for a mark, or the provider can make no other one. */
        readonly why: 'named' | 'unmarked' | 'cannot_create';
      }
    /** An object that would be replaced, and calls to it may be under way. */
    | ({ readonly kind: 'in_use'; readonly id: string; readonly paths: readonly string[] } & InUse);
};

/** Why calls to an object may be under way: so many are open, or another store ran it and does not tell. */
export type InUse =
  | { readonly why: 'open_calls'; readonly calls: number }
  | { readonly why: 'other_store'; readonly store: string };

export type Planned =
  | { readonly kind: 'action'; readonly action: Action }
  | { readonly kind: 'conflict'; readonly conflict: Conflict };
