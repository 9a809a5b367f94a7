import type { Live, Shared, SharedUser } from '../model/plan.ts';
import type { ResourceCodec, Wanted } from '../providers/contract.ts';
import type { Listing } from './listing.ts';

/**
 * What an update changes for other resources too, as far as the listing tells: objects of the account that several of them
 * point to. In the order of the fields.
 */
export function sharedParts(wanted: Wanted, { parts }: ResourceCodec, { listed }: Listing): readonly Shared[] {
  const changed = parts?.changedBy(wanted) ?? [];
  if (parts === undefined || changed.length === 0) return [];
  const others = listed
    .filter(({ id }) => id !== wanted.id)
    .map((live) => ({ live, ids: parts.of(live.fields).map(({ id }) => id) }));
  return changed.flatMap((part) => {
    const users = others.filter(({ ids }) => ids.includes(part.id)).map(({ live }) => userOf(live));
    return users.length === 0 ? [] : [{ ...part, users: users.toSorted((a, b) => (a.id < b.id ? -1 : 1)) }];
  });
}

function userOf({ id, fields, mark }: Live): SharedUser {
  const { name } = fields;
  return {
    id,
    ...(typeof name === 'string' ? { name } : {}),
    ...(mark === undefined ? {} : { address: mark.address }),
  };
}
