import type { Clock, Host } from '../ports.ts';
import type { Holding } from '../store/contract/lease.ts';
import type { ReadStore } from '../store/contract/read-store.ts';
import { leaseMs } from './lease.ts';
import { isGone } from './live-holder.ts';

/** What watching needs of the world. */
export type WatchDeps = {
  readonly store: Pick<ReadStore, 'holding'>;
  readonly clock: Pick<Clock, 'monotonic'>;
  readonly host: Host;
};

/** A heartbeat and when it was first seen, by the watcher's monotonic clock. */
type Seen = Pick<Holding, 'fence' | 'beat'> & { readonly sinceMs: number };

/**
 * Answers whether a process works on an address, however seldom it is asked. What it saw when it was asked before tells it
 * that a heartbeat stood still for the length of a lease: that holder works on nothing, on whichever host it was.
 */
export function watchHolders({ store, clock, host }: WatchDeps): (address: string) => Promise<boolean> {
  const seen = new Map<string, Seen>();
  return async (address) => {
    const askedMs = clock.monotonic();
    const holding = await store.holding(address);
    if (holding === undefined || isGone(holding.holder, host)) return false;
    const first = seen.get(address);
    if (first !== undefined && isSame(first, holding)) return askedMs - first.sinceMs < leaseMs;
    // A store that takes its time must not make it look older than it is.
    seen.set(address, { fence: holding.fence, beat: holding.beat, sinceMs: clock.monotonic() });
    return true;
  };
}

function isSame(one: Pick<Seen, 'fence' | 'beat'>, other: Pick<Seen, 'fence' | 'beat'>): boolean {
  return one.fence === other.fence && one.beat === other.beat;
}
