import pLimit from 'p-limit';
import type { Live, Mark } from '../model/plan.ts';
import { indexListing, type Listing } from '../plan/listing.ts';
import { isAble, type ResourceCodec } from '../providers/contract.ts';
import { RemoteError } from '../remote/remote-error.ts';
import type { Remote } from '../remote/remote.ts';

/** Requests under way at once to one account. */
export const requestsAtOnce = 8;

/** Which objects matter: the bound and named ones, and those that carry the mark of an address. */
export type WantedObjects = { readonly ids: readonly string[]; readonly addresses: readonly string[] };

/**
 * The live objects of an account: one listing for all of its campaigns, or, where the provider cannot list, the wanted
 * objects one by one; so are those of a listing that shows only a part of each. A listing that does not come whole proves
 * no absence, so it fails.
 * @throws RemoteError
 */
export async function listLive(
  { resource, remote }: { readonly resource: ResourceCodec; readonly remote: Remote },
  wanted: WantedObjects,
  signal?: AbortSignal,
): Promise<Listing> {
  const { list } = resource;
  if (!isAble(list)) return indexListing(await readEach(resource, remote, wanted.ids, signal));
  const { items, complete } = await remote.pull(list, signal);
  if (!complete) throw new RemoteError('unavailable', `the listing of ${list.what} did not come whole`);
  if (list.whole) return indexListing(items);
  const matters = items.filter(({ id, mark }) => wanted.ids.includes(id) || isOf(wanted.addresses, mark));
  const ids = matters.map(({ id }) => id);
  return indexListing(await readEach(resource, remote, ids, signal), items);
}

function isOf(addresses: readonly string[], mark: Mark | undefined): boolean {
  return mark !== undefined && addresses.includes(mark.address);
}

async function readEach(
  resource: ResourceCodec,
  remote: Remote,
  ids: readonly string[],
  signal: AbortSignal | undefined,
): Promise<readonly Live[]> {
  const limit = pLimit(requestsAtOnce);
  const read = await Promise.all([...new Set(ids)].map((id) => limit(() => readIfThere(resource, remote, id, signal))));
  return read.filter((live) => live !== undefined);
}

async function readIfThere(
  resource: ResourceCodec,
  remote: Remote,
  id: string,
  signal: AbortSignal | undefined,
): Promise<Live | undefined> {
  try {
    return await remote.perform(resource.read, id, signal);
  } catch (error) {
    if (error instanceof RemoteError && error.kind === 'not_found') return undefined;
    throw error;
  }
}
