/** Who may write: the lease of an address, and the wave that is written under it. */

/** The process that has an address. */
export type Holder = {
  readonly hostname: string;
  readonly pid: number;
  /** Host.started of the holder. */
  readonly started: string;
  readonly command: string;
  /** The wave that is called under it; left out where the command is about the address. */
  readonly wave?: string;
};

/** Who has an address: `beat` goes up with each heartbeat, so that others can watch it stand still. */
export type Holding = { readonly holder: Holder; readonly fence: number; readonly beat: number };

/** What asking for an address brought. */
export type Lease = { readonly kind: 'held'; readonly fence: number } | ({ readonly kind: 'busy' } & Holding);

/** One wave of one address under one lease. */
export type Scope = {
  readonly address: string;
  readonly wave: string;
  readonly waveId: number;
  readonly fence: number;
};
