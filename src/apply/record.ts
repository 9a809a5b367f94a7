import type { Fields } from '../model/value.ts';
import type { ApplyDeps, Work } from './work.ts';

/** What an address's object is, and the declared fields that it was given; undefined where it is only used. */
export type Own = { readonly id: string; readonly fields: Fields | undefined };

/** Binds the address to the object and clears a create's intent. */
export async function record({ target, action, fence, file }: Work, own: Own, deps: ApplyDeps): Promise<void> {
  const binding = {
    address: action.address,
    resourceId: own.id,
    account: target.accountKey,
    ...(own.fields === undefined ? {} : { applied: own.fields }),
  };
  await deps.store.bind(binding, file, fence, deps.clock.now());
}

/** Binds only where the store does not know it yet, so that keeping a thousand objects writes nothing. */
export async function recordIfNew(work: Work, own: Own, deps: ApplyDeps): Promise<void> {
  const known = await deps.store.binding(work.action.address);
  const isKnown =
    known?.resourceId === own.id &&
    known.account === work.target.accountKey &&
    (known.applied === undefined) === (own.fields === undefined);
  if (!isKnown) await record(work, own, deps);
}
