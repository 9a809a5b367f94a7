import { printAddress, type Campaign } from '../../model/campaign.ts';
import type { World } from '../../ports.ts';
import type { UnderWay } from '../../report/wave-change.ts';
import type { ReadStore } from '../../store/contract.ts';
import { liveHolder } from '../live-holder.ts';

/** The run that is under way on a campaign's address; null where there is none. */
export async function runOn(
  store: ReadStore,
  campaign: Pick<Campaign, 'address'>,
  { host }: Pick<World, 'host'>,
): Promise<UnderWay | null> {
  const holder = await liveHolder(store, printAddress(campaign.address), host);
  return holder?.command === 'run' ? { hostname: holder.hostname, pid: holder.pid } : null;
}
