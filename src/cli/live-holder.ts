import type { Host } from '../ports.ts';
import type { Holder, ReadStore } from '../store/contract.ts';

/** Who works on an address: a process of this host that is gone works on nothing, though it could not say good-bye. */
export async function liveHolder(
  store: Pick<ReadStore, 'holder'>,
  address: string,
  host: Host,
): Promise<Holder | undefined> {
  const holder = await store.holder(address);
  const isHere = holder?.hostname === host.hostname;
  return holder !== undefined && isHere && !host.mayBeAlive(holder.pid, holder.started) ? undefined : holder;
}
