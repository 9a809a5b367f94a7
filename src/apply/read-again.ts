import { InternalError } from '../model/internal-error.ts';
import type { Live } from '../model/plan.ts';
import type { Fields } from '../model/value.ts';
import { liveDigest, type Listing } from '../plan/listing.ts';
import { RemoteError } from '../remote/remote-error.ts';
import type { Remote } from '../remote/remote.ts';
import { failed, type Applied } from './applied.ts';
import { caught } from './caught.ts';
import { listLive } from './list-live.ts';
import { unlike } from './target.ts';
import { creatingOf, type Creating, type Replacing, type Updating, type Work } from './work.ts';

/** What is to be done for one action, now that its object was read again. */
export type Next =
  | { readonly kind: 'ended'; readonly work: Work; readonly applied: Applied }
  /** It is as planned already: only to be remembered. */
  | {
      readonly kind: 'keep';
      readonly work: Work;
      readonly id: string;
      readonly fields: Fields | undefined;
      /** What to call it; `created` where this very apply made it and lost the answer. @default kept */
      readonly as?: 'created';
    }
  | { readonly kind: 'create'; readonly work: Creating }
  | { readonly kind: 'update'; readonly work: Updating; readonly live: Live }
  /** `old`: the object to let go of; undefined where that was done already. */
  | { readonly kind: 'replace'; readonly work: Replacing; readonly old?: Live };

/**
 * Reads the objects of all actions again, one listing an account, and compares them with what was planned for: equal to
 * the precondition, it is to be done; equal to the result, it was done already; else it is stale. Where nothing is to be
 * written, nothing is read.
 */
export async function readAgain(work: readonly Work[]): Promise<readonly Next[]> {
  const writing = work.filter(({ action }) => action.kind !== 'keep');
  const accounts = Map.groupBy(writing, ({ target }) => target.remote);
  const listed = await Promise.all(
    [...accounts].map(async ([remote, group]) => [remote, await listAgain(remote, group)] as const),
  );
  const listings = new Map(listed);
  return work.map((one) => nextOf(one, listings.get(one.target.remote)));
}

function listAgain(remote: Remote, group: readonly Work[]): Promise<Listing | RemoteError> {
  const [first] = group;
  if (first === undefined) throw new InternalError('an account without actions');
  const ids = group.flatMap(({ action }) => (action.kind === 'create' ? [] : [action.id]));
  const addresses = group.map(({ action }) => action.address);
  return caught(listLive({ resource: first.target.account.resource, remote }, { ids, addresses }));
}

function nextOf(work: Work, seen: Listing | RemoteError | undefined): Next {
  const { action } = work;
  if (action.kind === 'keep') return { kind: 'keep', work, id: action.id, fields: action.fields };
  if (seen === undefined) throw new InternalError(`${action.address} was not read again`);
  if (seen instanceof RemoteError) return { kind: 'ended', work, applied: failed(action.address, seen) };
  switch (action.kind) {
    case 'create':
      return nextCreate({ ...work, action }, seen.byAddress.get(action.address) ?? []);
    case 'update':
    case 'adopt':
      return nextUpdate({ ...work, action }, seen.byId.get(action.id));
    case 'replace':
      return nextReplace({ ...work, action }, seen);
  }
}

/** An object with our mark, where one was to be created: made by this plan before, or by somebody else. */
export function nextCreate(work: Creating, marked: readonly Live[]): Next {
  const { address, fields } = work.action;
  const [live, second] = marked;
  if (live === undefined) return { kind: 'create', work };
  if (second !== undefined || unlike(work.target, work.action, live).length > 0)
    return stale(work, address, 'appeared');
  return { kind: 'keep', work, id: live.id, fields };
}

function nextUpdate(work: Updating, live: Live | undefined): Next {
  const { address, fields, expects, id } = work.action;
  if (live === undefined) return stale(work, address, 'gone');
  if (liveDigest(live) === expects) return { kind: 'update', work, live };
  if (unlike(work.target, work.action, live).length === 0) return { kind: 'keep', work, id, fields };
  return stale(work, address, 'changed');
}

function nextReplace(work: Replacing, seen: Listing): Next {
  const { address, id, expects, lettingGo } = work.action;
  const old = seen.byId.get(id);
  const others = (seen.byAddress.get(address) ?? []).filter((live) => live.id !== id);
  const isUnmarked = old?.mark === undefined;
  if (others.length > 0) return isUnmarked ? nextCreate(creatingOf(work), others) : stale(work, address, 'appeared');
  if (old !== undefined && liveDigest(old) === expects) return { kind: 'replace', work, old };
  // One that had no mark when it was planned is let go of without a trace: that it differs is somebody else's doing.
  const isLetGo = old === undefined || (isUnmarked && lettingGo.request !== undefined);
  return isLetGo ? { kind: 'replace', work } : stale(work, address, 'changed');
}

function stale(work: Work, address: string, why: 'changed' | 'gone' | 'appeared'): Next {
  return { kind: 'ended', work, applied: { kind: 'stale', address, why } };
}
