import type { Action } from '../model/plan.ts';
import type { Clock } from '../ports.ts';
import type { Store } from '../store/contract/store.ts';
import type { UseStore } from './in-use.ts';
import type { Applied } from './applied.ts';
import type { Target } from './target.ts';

/** One action, under the lease of its address. */
export type Work = {
  readonly target: Target;
  readonly action: Action;
  /** Of the lease that the caller holds. */
  readonly fence: number;
  /** Repository-relative path of the campaign's file, for the store to remember. */
  readonly file: string;
};

export type Creating = Work & { readonly action: Action & { readonly kind: 'create' } };
export type Updating = Work & { readonly action: Action & { readonly kind: 'update' | 'adopt' } };

export type Replacing = Work & { readonly action: Action & { readonly kind: 'replace' } };

/** The second half of a replacement. */
export function creatingOf({ action, ...work }: Replacing): Creating {
  const { address, request, fields, changes } = action;
  return { ...work, action: { kind: 'create', address, request, fields, changes } };
}

export type ApplyDeps = {
  readonly store: Pick<Store, 'binding' | 'createIntent' | 'intendCreate' | 'bind' | 'forgetCreateIntent'> & UseStore;
  readonly clock: Clock;
  /** Starts nothing new once aborted; what is under way ends. */
  readonly signal?: AbortSignal;
  /** Told each result as it comes. */
  readonly report?: (applied: Applied) => void;
  /** Told before it waits so long for the provider's listing to settle. */
  readonly waiting?: (ms: number) => void;
};
