import { nearest } from '../../model/nearest.ts';
import { printAddress, type Address, type Campaign } from '../../model/campaign.ts';
import type { ReadStore } from '../../store/contract/read-store.ts';
import type { Invocation } from '../command.ts';
import { Halt } from '../halt.ts';
import { UsageError } from '../usage-error.ts';
import { Findings } from './findings-error.ts';
import { newAddressOption, renamedFromOption } from './options.ts';

/** What the command line says of a file whose address is another than before. */
export type Naming = {
  /** It is meant to be another campaign. */
  readonly newAddress: boolean;
  /** It is the same campaign, which was called so. */
  readonly renamedFrom: string | undefined;
};

/** Where the store has the record of a campaign. */
export type Recorded = {
  /** The old one, where the record has yet to move. */
  readonly ledger: Address;
  /** What it was called before, the last name first: its object may carry one of these marks still. */
  readonly formerly?: readonly string[];
};

/** @throws UsageError where it says both */
export function namingOf({ given }: Pick<Invocation, 'given'>): Naming {
  const naming = { newAddress: given(newAddressOption) === true, renamedFrom: given(renamedFromOption) };
  if (!naming.newAddress || naming.renamedFrom === undefined) return naming;
  throw new UsageError('--new-address and --renamed-from say the opposite of each other', 'Leave out one of them');
}

/**
 * A file that spoke for one campaign and now names another would call everybody again: that stops, until the person says
 * what is meant; so does one that lost the environment that was called, or got its first ones. Another environment beside it is
 * nothing new. @throws Halt (refused), Findings, UsageError
 */
export async function checkAddress(
  campaign: Campaign,
  file: string,
  {
    store,
    ...naming
  }: Naming & { readonly store: Pick<ReadStore, 'addressesOf' | 'addresses' | 'formerly' | 'lastEventMs'> },
): Promise<Recorded> {
  const address = printAddress(campaign.address);
  const formerly = await namesBefore(address, store);
  const { renamedFrom } = naming;
  if (renamedFrom !== undefined && !formerly.includes(renamedFrom)) return renamed(campaign, renamedFrom, store);
  if (!naming.newAddress) await checkKnown(campaign, file, store);
  return { ledger: campaign.address, ...(formerly.length === 0 ? {} : { formerly }) };
}

async function renamed(
  { address }: Campaign,
  from: string,
  store: Pick<ReadStore, 'addresses' | 'formerly'>,
): Promise<Recorded> {
  const to = printAddress(address);
  if (from === to) throw new UsageError(`--renamed-from names ${from}, which is what the file says now`);
  const known = await store.addresses();
  if (!known.includes(from)) {
    const meant = nearest(from, known);
    const args = { address: from, known, ...(meant === undefined ? {} : { meant }) };
    throw new Findings([{ code: 'RENAMED_FROM_UNKNOWN', args }]);
  }
  if (known.includes(to)) throw taken(from, to);
  const [campaign = '', environment = ''] = from.split('/');
  return { ledger: { campaign, environment }, formerly: [from, ...(await namesBefore(from, store))] };
}

/** Without those that are another campaign's by now. */
async function namesBefore(
  address: string,
  store: Pick<ReadStore, 'addresses' | 'formerly'>,
): Promise<readonly string[]> {
  const names = await store.formerly(address);
  if (names.length === 0) return names;
  const known = await store.addresses();
  return names.filter((name) => !known.includes(name));
}

/** Two records cannot be made one: whom both have called would be called by neither count. */
export function taken(from: string, to: string): Halt {
  return new Halt('refused', `${to} has a record of calls of its own, so that of ${from} cannot move there`, [
    'leave out --renamed-from to go on with its own, or name the file as it was',
  ]);
}

async function checkKnown(
  campaign: Pick<Campaign, 'address' | 'environments' | 'file'>,
  file: string,
  store: Pick<ReadStore, 'addressesOf' | 'lastEventMs'>,
): Promise<void> {
  const { address, file: shown } = campaign;
  const known = await store.addressesOf(file);
  const own = known.filter((one) => one.startsWith(`${address.campaign}/`));
  const left = own.length === 0 ? known : await leftBehind(campaign, own, store);
  const [first] = left;
  if (first === undefined) return;
  const back = own.length === 0 ? ['put the old name back in `campaign`'] : [];
  throw new Halt(
    'refused',
    `${shown} is now ${printAddress(address)}; until now it was ${left.join(', ')}, whose record of calls would not count any more`,
    [
      ...back,
      `${back.length === 0 ? '' : 'or '}add --renamed-from ${first}, if it is the same campaign: its object and its record of calls move along`,
      'or add --new-address, if everybody is to be called under the new name',
    ],
  );
}

/** Records of environments that the file cannot be asked for any more: who was called there would be called again by another one. */
async function leftBehind(
  { address, environments }: Pick<Campaign, 'address' | 'environments'>,
  own: readonly string[],
  store: Pick<ReadStore, 'lastEventMs'>,
): Promise<readonly string[]> {
  if (own.includes(printAddress(address))) return [];
  const declared = environments.map((environment) => printAddress({ ...address, environment }));
  const called: string[] = [];
  for (const one of own) {
    if (!declared.includes(one) && (await store.lastEventMs(one)) !== undefined) called.push(one);
  }
  return called;
}
