import type { Live } from '../model/plan.ts';
import { RemoteError } from '../remote/remote-error.ts';
import type { Target } from './target.ts';

export type Claim =
  /** The mark names this store; `live` as read last. */
  | { readonly kind: 'held' | 'claimed' | 'taken_over'; readonly live: Live }
  /** No mark of this address to write in: the object is only used, or has no room for one. */
  | { readonly kind: 'unmarked'; readonly live: Live }
  | { readonly kind: 'other_store'; readonly store: string }
  /** Written, and read back without it. */
  | { readonly kind: 'not_persisted' };

/** How often a mark is written whose write leaves no trace and brings no answer. */
const tries = 2;

/**
 * Writes this store's id into the address's mark, so that no other store runs it: the first run claims an empty one,
 * and only `takeOver` changes one that names another store. The mark is read before and after; two stores that claim at
 * the same moment cannot be told apart, as the provider has no compare-and-set. @throws RemoteError
 */
export async function claimMark(
  { account, remote }: Pick<Target, 'account' | 'remote'>,
  claim: {
    readonly address: string;
    readonly id: string;
    /** First 8 hex digits of the store's id. */
    readonly storeId: string;
    readonly takeOver: boolean;
  },
  signal?: AbortSignal,
): Promise<Claim> {
  const { read, update } = account.resource;
  for (let left = tries; ; left -= 1) {
    const live = await remote.perform(read, claim.id, signal);
    const { mark } = live;
    if (mark?.address !== claim.address) return { kind: 'unmarked', live };
    if (mark.store === claim.storeId) return { kind: 'held', live };
    if (mark.store !== undefined && !claim.takeOver) return { kind: 'other_store', store: mark.store };
    const input = { id: claim.id, live, fields: {}, mark: { ...mark, store: claim.storeId } };
    const unanswered = await remote.perform(update, input, signal).then(() => undefined, unknownEffect);
    const after = await remote.perform(read, claim.id, signal);
    const store = after.mark?.store;
    if (store === claim.storeId) return { kind: mark.store === undefined ? 'claimed' : 'taken_over', live: after };
    if (store !== mark.store && store !== undefined) return { kind: 'other_store', store };
    if (unanswered === undefined) return { kind: 'not_persisted' };
    if (left === 1) throw unanswered;
  }
}

/** The answer was lost: what is read back says whether it worked. */
function unknownEffect(error: unknown): RemoteError {
  if (error instanceof RemoteError && error.kind === 'unknown_effect') return error;
  throw error;
}
