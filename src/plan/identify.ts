/**
 * Which remote object an address means (design 4): the mark on the object, the store's binding and an id in the file
 * each may name one. Only objects that carry our mark, that were bound by applying, or that the file names are ours.
 */
import type { Conflict, Live } from '../model/plan.ts';
import type { Fields } from '../model/value.ts';
import type { Listing } from './listing.ts';

/** What the store remembers of an address. */
export type Bound = {
  readonly resourceId: string;
  readonly account: string;
  /** Undefined where the object was only used, never written. */
  readonly applied?: Fields;
};

/** What an address could mean. */
export type Claims = {
  readonly address: string;
  /** The account that the listing is of, as bindings name it. */
  readonly account: string;
  readonly listing: Listing;
  /** The id that the file names. */
  readonly id: string | undefined;
  readonly bound: Bound | undefined;
  /** What the address was called before: its object may carry one of these marks still. */
  readonly formerly?: readonly string[];
};

export type Identity =
  | { readonly kind: 'ours'; readonly live: Live }
  /** Named by the file and nobody's so far. */
  | { readonly kind: 'named'; readonly live: Live }
  /** `missing`: the id of a bound object that is gone. */
  | { readonly kind: 'absent'; readonly missing?: string }
  | { readonly kind: 'conflict'; readonly reason: Conflict['reason'] };

/** The object that an address means, or why nobody can say which: two that claim to be it, one that is another address's. */
export function identify(claims: Claims): Identity {
  const { address, listing, id } = claims;
  const marked = listing.byAddress.get(address) ?? formerlyMarked(claims);
  const [own, second] = marked;
  if (second !== undefined) return conflict({ kind: 'two_objects', ids: marked.map((live) => live.id).toSorted() });
  const bound = boundObject(claims);
  if (id !== undefined) return identifyNamed(claims, id, [own, bound]);
  // A bound object that is gone says nothing here: a crash between creating and recording leaves such a binding.
  if (own !== undefined && bound !== undefined && own.id !== bound.id) {
    return conflict({ kind: 'other_id', bound: bound.id, id: own.id });
  }
  return identifyOwn(claims, own ?? bound);
}

/** The live object that was bound by applying; one that was only used was never ours. */
function boundObject({ listing, bound }: Claims): Live | undefined {
  return bound?.applied === undefined ? undefined : listing.byId.get(bound.resourceId);
}

/** A binding tells the object better than a name that another campaign may have by now. */
function formerlyMarked({ listing, bound, formerly = [] }: Claims): readonly Live[] {
  return bound === undefined ? formerly.flatMap((name) => listing.byAddress.get(name) ?? []) : [];
}

function identifyNamed(
  { address, listing, formerly = [] }: Claims,
  id: string,
  ours: readonly (Live | undefined)[],
): Identity {
  const live = listing.byId.get(id);
  if (live === undefined) return conflict({ kind: 'not_found', id });
  const other = ours.find((own) => own !== undefined && own.id !== id);
  if (other !== undefined) return conflict({ kind: 'other_id', bound: other.id, id });
  if (isOthers(live, [address, ...formerly])) return conflict({ kind: 'other_address', id, mark: live.mark.address });
  return { kind: ours.includes(live) ? 'ours' : 'named', live };
}

function identifyOwn({ address, account, bound, formerly = [] }: Claims, live: Live | undefined): Identity {
  if (live !== undefined) {
    return isOthers(live, [address, ...formerly])
      ? conflict({ kind: 'other_address', id: live.id, mark: live.mark.address })
      : { kind: 'ours', live };
  }
  const isGone = bound?.applied !== undefined && bound.account === account;
  return isGone ? { kind: 'absent', missing: bound.resourceId } : { kind: 'absent' };
}

function isOthers(live: Live, names: readonly string[]): live is Live & { readonly mark: NonNullable<Live['mark']> } {
  return live.mark !== undefined && !names.includes(live.mark.address);
}

function conflict(reason: Conflict['reason']): Identity {
  return { kind: 'conflict', reason };
}
