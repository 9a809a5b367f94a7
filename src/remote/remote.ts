import type { Operation, Pull } from '../providers/contract.ts';
import type { Verdict } from '../model/verdict.ts';
import type { HttpRequest } from '../model/plan.ts';

/** A provider's account as the shell talks to it: authorised, guarded, redacted. Made by remote/connect. */
export interface Remote {
  /**
   * One read or write that places no call. Reads are repeated on 408, 429, 5xx and broken connections; writes only where
   * they certainly did nothing: on 429, and where no connection came up. @throws RemoteError
   */
  readonly perform: <In, Out>(operation: Operation<In, Out>, input: In, signal?: AbortSignal) => Promise<Out>;
  /** Performs a planned request and reads the answer with the operation that made it. @throws RemoteError */
  readonly send: <Out>(request: HttpRequest, answer: (body: unknown) => Out, signal?: AbortSignal) => Promise<Out>;
  /** All pages. `complete`: distinct ids equal `total`, which was the same on first and last page. @throws RemoteError */
  readonly pull: <Item>(
    pull: Pull<Item>,
    signal?: AbortSignal,
  ) => Promise<{ readonly items: readonly Item[]; readonly complete: boolean }>;
  /** Sends a placing request once and judges what came of it; never throws, never retries. */
  readonly place: <Out>(
    request: HttpRequest,
    answer: (body: unknown) => Out,
    options: PlaceOptions,
  ) => Promise<{ readonly verdict: PlaceVerdict; readonly answer?: Out }>;
  /** Newest difference between the provider's `Date` header and the wall clock, ms; undefined before any answer. */
  readonly clockSkewMs: () => number | undefined;
  /** By how much the wall clock was set since then, as the monotonic clock tells; a machine that slept looks so, too. */
  readonly clockJumpMs: () => number;
}

/** How a placing request is sent. */
export type PlaceOptions = {
  /** Asked right before the request goes out, connecting over: false means it must not be sent (stale intent, lost lease). */
  readonly maySend: () => boolean;
  /** The values that must not show in a reason; asked only where there is one. */
  readonly hide: () => readonly string[];
  readonly signal?: AbortSignal;
};

/** `accepted` here says only 2xx with a readable answer: whether each call got an id is the caller's to see. */
export type PlaceVerdict = Exclude<Verdict, { readonly kind: 'accepted' }> | { readonly kind: 'answered' };
