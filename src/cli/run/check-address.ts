import { printAddress, type Campaign } from '../../model/campaign.ts';
import type { ReadStore } from '../../store/contract.ts';
import { Halt } from '../halt.ts';

/**
 * A file that spoke for one campaign and now names another would call everybody again: that stops, until the person says
 * that it is meant. Another environment of the same campaign is nothing new. @throws Halt (refused)
 */
export async function checkAddress(
  campaign: Campaign,
  file: string,
  options: { readonly store: Pick<ReadStore, 'addressesOf'>; readonly newAddress: boolean },
): Promise<void> {
  if (options.newAddress) return;
  const known = await options.store.addressesOf(file);
  const isKnown = known.some((address) => address.startsWith(`${campaign.address.campaign}/`));
  if (known.length === 0 || isKnown) return;
  throw new Halt(
    'refused',
    `${campaign.file} is now ${printAddress(campaign.address)}; until now it was ${known.join(', ')}, whose record of calls would not count any more`,
    ['put the old name back in `campaign`', 'or add --new-address, if everybody is to be called under the new name'],
  );
}
