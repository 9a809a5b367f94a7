import { printAddress } from '../../model/campaign.ts';
import type { World } from '../../ports.ts';
import type { Holder } from '../../store/contract/lease.ts';
import { liveHolder } from '../../run/live-holder.ts';
import type { UnderWay } from '../../report/wave-change-report.ts';
import type { OpenedWave } from './on-wave.ts';

/** The process calls a wave of the address, from its file or again. */
export function isRun(holder: Holder | undefined): holder is Holder {
  return holder?.command === 'run' || holder?.command === 'rerun';
}

/** The run of this wave that is under way; null where there is none, or one of another wave of the address. */
export async function runOn(
  { campaign, store }: Pick<OpenedWave, 'campaign' | 'store'>,
  { host }: Pick<World, 'host'>,
): Promise<UnderWay | null> {
  const holder = await liveHolder(store, printAddress(campaign.address), host);
  if (!isRun(holder) || holder.wave !== campaign.wave) return null;
  return { hostname: holder.hostname, pid: holder.pid };
}
