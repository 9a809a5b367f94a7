import pLimit from 'p-limit';
import type { Live } from '../model/plan.ts';
import { indexListing, type Listing } from '../plan/listing.ts';
import { isAble, type ResourceCodec } from '../providers/contract.ts';
import { RemoteError } from '../remote/remote-error.ts';
import type { Remote } from '../remote/remote.ts';

/** Requests under way at once to one account. */
export const requestsAtOnce = 8;

/**
 * The live objects of an account: one listing for all of its campaigns, or, where the provider cannot list, the objects
 * of these ids one by one. A listing that does not come whole proves no absence, so it fails.
 * @throws RemoteError
 */
export async function listLive(
  { resource, remote }: { readonly resource: ResourceCodec; readonly remote: Remote },
  ids: readonly string[],
  signal?: AbortSignal,
): Promise<Listing> {
  if (!isAble(resource.list)) return indexListing(await readEach(resource, remote, ids, signal));
  const { items, complete } = await remote.pull(resource.list, signal);
  if (complete) return indexListing(items);
  throw new RemoteError('unavailable', `the listing of ${resource.list.what} did not come whole`);
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
