/** Calls to one phone at most within a time. */
export type Cap = {
  readonly calls: number;
  readonly perMs: number;
  /** Whose calls count: those of all campaigns of the store, or those of the address, in all its waves. */
  readonly in: 'store' | 'campaign';
};
