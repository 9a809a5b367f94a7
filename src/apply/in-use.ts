import type { InUse, Live } from '../model/plan.ts';
import type { ReadStore } from '../store/contract/read-store.ts';

/** What tells of calls that are under way. */
export type UseStore = Pick<ReadStore, 'id' | 'addresses' | 'waveStates' | 'openAttempts'>;

/**
 * Why calls to an object may be under way: they are looked up there, so it is not let go of before they ended. Calls of
 * any address count, as other campaigns may use the object by its id.
 */
export async function inUse({ id, mark }: Live, account: string, store: UseStore): Promise<InUse | undefined> {
  if (mark?.store !== undefined && mark.store !== store.id) return { why: 'other_store', store: mark.store };
  let calls = 0;
  for (const address of await store.addresses()) {
    for (const { state } of await store.waveStates(address)) {
      const open = await store.openAttempts(state.waveId, ['intent', 'accepted', 'in_doubt']);
      calls += open.filter((attempt) => attempt.resourceId === id && attempt.account === account).length;
    }
  }
  return calls === 0 ? undefined : { why: 'open_calls', calls };
}
