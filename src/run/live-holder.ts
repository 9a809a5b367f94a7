import type { Host } from '../ports.ts';
import type { Holder } from '../store/contract/lease.ts';
import type { ReadStore } from '../store/contract/read-store.ts';

/** Who works on an address: a process of this host that is gone works on nothing, though it could not say good-bye. */
export async function liveHolder(
  store: Pick<ReadStore, 'holding'>,
  address: string,
  host: Host,
): Promise<Holder | undefined> {
  const holder = (await store.holding(address))?.holder;
  return holder !== undefined && isGone(holder, host) ? undefined : holder;
}

/** It was a process of this very host, and no longer is. */
export function isGone({ hostname, pid, started }: Holder, host: Host): boolean {
  return hostname === host.hostname && !host.mayBeAlive(pid, started);
}
