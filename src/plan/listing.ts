import { digest } from '../model/digest.ts';
import type { Live } from '../model/plan.ts';

/** All objects of an account, to be asked by id and by the address that their mark names. */
export type Listing = {
  readonly byId: ReadonlyMap<string, Live>;
  readonly byAddress: ReadonlyMap<string, readonly Live[]>;
  /** All that was listed, with the fields that a listing shows. */
  readonly listed: readonly Live[];
};

/** `listed`: where a listing shows a part of each object only, what it showed of all of them. */
export function indexListing(objects: readonly Live[], listed: readonly Live[] = objects): Listing {
  const byId = new Map(objects.map((live) => [live.id, live]));
  const byAddress = new Map<string, Live[]>();
  for (const live of byId.values()) {
    if (live.mark === undefined) continue;
    const marked = byAddress.get(live.mark.address);
    if (marked === undefined) byAddress.set(live.mark.address, [live]);
    else marked.push(live);
  }
  return { byId, byAddress, listed };
}

/** What an action expects to find: equal only for an object that nobody touched since. */
export function liveDigest({ id, fields, mark }: Live): string {
  return digest({ id, fields, mark });
}
