import type { AttemptEvent } from '../../src/model/attempt.ts';
import type { ReadStore } from '../../src/store/contract/read-store.ts';
import type { Store } from '../../src/store/contract/store.ts';

/** An event as the ledger keeps it. */
export type KeptEvent = {
  readonly recipientId: number;
  readonly n: number;
  readonly atMs: number;
  readonly event: AttemptEvent;
};

/** A new store, and ways to look at it from elsewhere. */
export type Opened = AsyncDisposable & {
  readonly store: Store;
  /** Another process's connection. */
  readonly another: () => Promise<Store>;
  readonly toRead: () => Promise<ReadStore>;
  /** All events, in the order in which each attempt met them. */
  readonly events: () => Promise<readonly KeptEvent[]>;
};
