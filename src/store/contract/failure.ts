/** What a store throws. A full disk or a failed sync is a StoreFailure: nothing is half written. */

/** What is the matter with a store. */
export type StoreFailureKind =
  | 'held'
  | 'newer'
  | 'older'
  | 'not_a_store'
  | 'disk_full'
  | 'read_only'
  | 'unreadable'
  /** It was there, and was deleted, moved or replaced while it was in use. */
  | 'gone'
  | 'failed';

/** The store cannot be used or went wrong; dialling stops at once. */
export class StoreFailure extends Error {
  readonly kind: StoreFailureKind;
  readonly path: string;
  constructor(kind: StoreFailureKind, path: string, cause?: unknown) {
    super(`${kind}: ${path}`, { cause });
    this.name = 'StoreFailure';
    this.kind = kind;
    this.path = path;
  }
}

/** Another process took the address over; this one must not write or send any more. */
export class LeaseLost extends Error {
  constructor(address: string) {
    super(`the lease of ${address} was taken over`);
    this.name = 'LeaseLost';
  }
}
