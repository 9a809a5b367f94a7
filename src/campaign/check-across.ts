import { accountKey } from '../model/account.ts';
import type { Campaign } from '../model/campaign.ts';
import { printAddress } from '../model/campaign.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { FindProvider } from './campaign-provider.ts';

/** What is wrong only together: one address in two files, one managed object in two campaigns. */
export function checkAcross(campaigns: readonly Campaign[], findProvider: FindProvider): readonly Diagnostic[] {
  const addresses = new Map<string, Campaign>();
  const managed = new Map<string, Campaign>();
  const found: Diagnostic[] = [];
  for (const campaign of campaigns) {
    const address = printAddress(campaign.address);
    const same = addresses.get(address);
    addresses.set(address, same ?? campaign);
    if (same !== undefined) {
      const at = { file: campaign.file, line: 1, col: 1 };
      found.push({ code: 'ADDRESS_TWICE', args: { address, file: same.file }, at });
    }
    const { id, fields, noun, at } = campaign.resource;
    if (id === undefined || fields === undefined) continue;
    const object = `${id} ${accountOf(campaign, findProvider)}`;
    const other = managed.get(object);
    managed.set(object, other ?? campaign);
    if (other === undefined || other === same) continue;
    const args = { noun, id, address: printAddress(other.address) };
    found.push({ code: 'RESOURCE_TWICE', args, at, related: [other.resource.at] });
  }
  return found;
}

function accountOf({ provider }: Campaign, findProvider: FindProvider): string {
  return accountKey(provider.type, findProvider(provider.type)?.open(provider.options).origins ?? []);
}
