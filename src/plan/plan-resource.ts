/**
 * What an apply would do for one campaign, as data. Goes in: the campaign, its account's codec, all live objects, what
 * the store remembers. Comes out: one action with the exact request, or a conflict. It reads nothing and asks nobody.
 */
import { printAddress, type Campaign } from '../model/campaign.ts';
import { InternalError } from '../model/internal-error.ts';
import { markPath, printMark } from '../model/mark.ts';
import type { Action, Change, Conflict, LettingGo, Live, Mark, Planned } from '../model/plan.ts';
import type { Fields } from '../model/value.ts';
import { isAble, type ResourceCodec, type Wanted } from '../providers/contract.ts';
import { appliedHash, nextMark, wireFields } from './desired.ts';
import { allNew, diffFields } from './diff.ts';
import type { LastApplied } from './cause.ts';
import { identify, type Bound, type Identity } from './identify.ts';
import { liveDigest, type Listing } from './listing.ts';
import { removals } from './removals.ts';
import { sharedParts } from './shared-parts.ts';

/** What one campaign's resource is planned from. */
export type Situation = {
  readonly campaign: Pick<Campaign, 'address' | 'resource' | 'secrets'>;
  readonly codec: ResourceCodec;
  /** Members of live objects that hold secrets. @default none */
  readonly secretMembers?: readonly string[];
  /** The account, as bindings name it. */
  readonly account: string;
  readonly listing: Listing;
  /** Undefined without a store, or where the store does not know the address. */
  readonly bound: Bound | undefined;
  /** What the address was called before. @default never otherwise */
  readonly formerly?: readonly string[];
};

/** @throws InternalError where a campaign names neither an id nor fields: files that do are refused before */
export function planResource(situation: Situation): Planned {
  const { campaign, account, listing, bound, formerly } = situation;
  const address = printAddress(campaign.address);
  const { id, fields } = campaign.resource;
  if (fields === undefined) return planUsed(address, id, listing);
  const identity = identify({
    address,
    account,
    listing,
    id,
    bound,
    ...(formerly === undefined ? {} : { formerly }),
  });
  switch (identity.kind) {
    case 'conflict':
      return conflict(address, identity.reason);
    case 'absent':
      return planCreate(situation, { address, fields, missing: identity.missing });
    case 'ours':
    case 'named':
      return planExisting(situation, { address, fields, identity });
  }
}

/** An object that is only used may be anybody's: it is never written. */
function planUsed(address: string, id: string | undefined, listing: Listing): Planned {
  if (id === undefined) throw new InternalError(`${address} names neither an id nor fields`);
  if (!listing.byId.has(id)) return conflict(address, { kind: 'not_found', id });
  return { kind: 'action', action: { kind: 'keep', address, id, why: 'unmanaged' } };
}

function planCreate(
  { campaign, codec }: Situation,
  wanted: { readonly address: string; readonly fields: Fields; readonly missing: string | undefined },
): Planned {
  const { address, missing } = wanted;
  if (!isAble(codec.create)) return conflict(address, { kind: 'cannot_create', why: codec.create.cannot });
  const fields = wireFields(wanted.fields, codec);
  return action({
    kind: 'create',
    address,
    request: codec.create.request({ fields, mark: nextMark(address, fields, undefined) }),
    fields,
    ...(missing === undefined ? {} : { missing }),
    changes: allNew(fields, { whole: codec.whole ?? [], places: campaign.resource.places }),
  });
}

function planExisting(
  situation: Situation,
  found: {
    readonly address: string;
    readonly fields: Fields;
    readonly identity: Identity & { readonly live: Live };
  },
): Planned {
  const { codec, listing } = situation;
  const { address, identity } = found;
  const { live } = identity;
  const fields = wireFields(found.fields, codec, live.fields);
  const mark = nextMark(address, fields, live.mark);
  const wanted = { id: live.id, live, fields, mark };
  const { changes, removed } = changesOf(situation, { identity, wanted });
  const fixed = changes.map(({ path }) => path).filter((path) => isFixed(path, codec));
  if (fixed.length > 0) return planReplace(situation, { address, fields: found.fields, live, changes, fixed });
  // Where there is no room for a mark, an object that is as declared counts as applied.
  const isOurs = identity.kind === 'ours' || !codec.marks;
  // What others added to a list's items is no reason to write; what the file dropped is.
  const isAsDeclared = changes.length === 0 && !removed.some(({ cause }) => cause === 'config');
  if (isOurs && isAsDeclared) return action({ kind: 'keep', address, id: live.id, fields });
  const shared = sharedParts(wanted, codec, listing);
  return action({
    kind: identity.kind === 'ours' ? 'update' : 'adopt',
    address,
    id: live.id,
    expects: liveDigest(live),
    changes: [...changes, ...removed],
    ...(shared.length === 0 ? {} : { shared }),
    request: codec.update.request(wanted),
    fields,
  });
}

function isFixed(path: string, { fixed }: ResourceCodec): boolean {
  return fixed.some((name) => path === name || path.startsWith(`${name}.`));
}

/** Only where the mark finds the new object again after a crash, and where the file does not insist on the old one. */
function planReplace(
  { campaign, codec }: Situation,
  found: {
    readonly address: string;
    readonly fields: Fields;
    readonly live: Live;
    readonly changes: readonly Change[];
    readonly fixed: readonly string[];
  },
): Planned {
  const { address, live, changes, fixed } = found;
  const refuse = (why: 'named' | 'unmarked' | 'cannot_create'): Planned =>
    conflict(address, { kind: 'fixed_fields', id: live.id, paths: fixed, why });
  if (campaign.resource.id !== undefined) return refuse('named');
  if (!codec.marks) return refuse('unmarked');
  if (!isAble(codec.create)) return refuse('cannot_create');
  const fields = wireFields(found.fields, codec);
  return action({
    kind: 'replace',
    address,
    id: live.id,
    expects: liveDigest(live),
    changes: changes.filter(({ path }) => path !== markPath),
    fixed,
    lettingGo: lettingGoOf(live, codec),
    request: codec.create.request({ fields, mark: nextMark(address, fields, live.mark) }),
    fields,
  });
}

/** What carries no mark of ours is never deleted. */
function lettingGoOf(live: Live, { remove, update }: ResourceCodec): LettingGo {
  const { id, mark } = live;
  if (mark === undefined) return { how: 'forget', why: 'it carries no mark of callplan' };
  if (isAble(remove)) return { how: 'delete', request: remove.request(id) };
  return { how: 'forget', why: remove.cannot, request: update.request({ id, live, fields: {} }) };
}

type Changes = {
  readonly changes: readonly Change[];
  /** What the update takes away besides. */
  readonly removed: readonly Change[];
};

function changesOf(
  { campaign, codec, secretMembers, bound }: Situation,
  found: { readonly identity: Identity & { readonly live: Live }; readonly wanted: Wanted & { readonly mark: Mark } },
): Changes {
  const { identity, wanted } = found;
  const { live, fields, mark } = wanted;
  const context = {
    defaults: codec.defaults,
    whole: codec.whole ?? [],
    secretMembers: secretMembers ?? [],
    secrets: campaign.secrets,
    last: identity.kind === 'named' && codec.marks ? ({ kind: 'never' } as const) : lastApplied(live, bound),
    places: campaign.resource.places,
  };
  const changes = diffFields(fields, live.fields, context);
  const written = codec.written?.(wanted);
  const removed = removals({ declared: fields, live: live.fields, written }, context);
  if (!codec.marks || identity.kind !== 'ours' || live.mark?.address === mark.address) return { changes, removed };
  const after = printMark(mark);
  const marking: Change =
    live.mark === undefined
      ? { path: markPath, after, cause: 'drift' }
      : { path: markPath, before: printMark(live.mark), after, cause: 'config' };
  return { changes: [...changes, marking], removed };
}

/** The store's fields, unless the mark says that others were applied since, from elsewhere or before a crash. */
function lastApplied({ mark }: Live, bound: Bound | undefined): LastApplied {
  const fields = bound?.applied;
  if (fields !== undefined && (mark === undefined || mark.applied === appliedHash(fields))) {
    return { kind: 'fields', fields };
  }
  return mark === undefined ? { kind: 'unknown' } : { kind: 'hash', hash: mark.applied };
}

function action(planned: Action): Planned {
  return { kind: 'action', action: planned };
}

function conflict(address: string, reason: Conflict['reason']): Planned {
  return { kind: 'conflict', conflict: { address, reason } };
}
