import { applyActions } from '../../apply/apply-actions.ts';
import type { Applied } from '../../apply/applied.ts';
import type { Observed } from '../../apply/observe.ts';
import type { Work } from '../../apply/work.ts';
import { printAddress } from '../../model/campaign.ts';
import type { Action } from '../../model/plan.ts';
import { duration } from '../../report/quantity.ts';
import type { Remote } from '../../remote/remote.ts';
import { holdLease } from '../../run/lease.ts';
import type { HeldLease } from '../../run/lease.ts';
import type { Binding } from '../../store/contract/binding.ts';
import type { Holder } from '../../store/contract/lease.ts';
import type { Store } from '../../store/contract/store.ts';
import { heldBy } from '../held-by.ts';
import { holdingWorld } from '../holding-world.ts';
import { targetOf } from '../plan/observe-campaigns.ts';
import type { Recorded } from '../run/check-address.ts';
import { moveRecord } from '../run/move-record.ts';
import { repositoryPath } from '../repository-path.ts';
import { seenFiles } from '../seen-files.ts';
import type { World } from '../world.ts';

/** Something to be done for an address: what was seen of it and what is planned. */
export type Doable = {
  readonly observed: Observed & { readonly kind: 'observed' };
  readonly action: Action;
  readonly recorded: Recorded;
};

type ApplyDeps = {
  readonly store: Store;
  readonly signal: AbortSignal;
  readonly note: (text: string) => void;
  /** The command line that shows how far another process is. */
  readonly status: string;
};

/** Whether the provider or the store would be written; what stays as it is and is bound needs no lease. */
export function isWork({ observed, action, recorded }: Doable): boolean {
  const isMoving = printAddress(recorded.ledger) !== action.address;
  return isMoving || action.kind !== 'keep' || !isBound(observed.binding, action);
}

function isBound(binding: Binding | undefined, { id, fields }: Action & { readonly kind: 'keep' }): boolean {
  return binding?.resourceId === id && (binding.applied === undefined) === (fields === undefined);
}

/**
 * Applies under the leases of all addresses, which are held before anything is written and released in any case.
 * @throws Halt (held) where another process works on one of them, LeaseLost, StoreFailure
 */
export async function applyObserved(
  doables: readonly Doable[],
  deps: ApplyDeps,
  world: World,
): Promise<readonly Applied[]> {
  const { store, signal, note, status } = deps;
  const once = { ...world, files: seenFiles(world.files) };
  const held = await Promise.allSettled(doables.map((doable) => hold(doable, deps, once)));
  const leases = held.flatMap((one) => (one.status === 'fulfilled' && one.value.kind === 'held' ? [one.value] : []));
  try {
    for (const one of held) {
      if (one.status === 'rejected') throw one.reason;
      if (one.value.kind === 'busy') throw heldBy(one.value.address, one.value.holder, status);
    }
    const inside = holdingWorld(
      leases.map(({ lease }) => lease),
      world,
    );
    const work = openedAnew(
      leases.map((one) => one.work),
      note,
      inside,
    );
    const waiting = (ms: number): void => note(`waiting ${duration(ms)} for the provider's listing to settle`);
    return await applyActions(work, { store, clock: world.clock, signal, waiting });
  } finally {
    await Promise.all(leases.map(({ lease }) => lease.release()));
  }
}

/** What was observed is written through remotes that ask for the leases; who shared one shares one again. */
function openedAnew(work: readonly Work[], note: (text: string) => void, world: World): readonly Work[] {
  const opened = new Map<Remote, Remote>();
  return work.map((one) => {
    const { campaign, remote: observed } = one.target;
    const remote = opened.get(observed) ?? targetOf(campaign, note, world).remote;
    opened.set(observed, remote);
    return { ...one, target: { ...one.target, remote } };
  });
}

type Held = { readonly kind: 'held'; readonly lease: HeldLease; readonly work: Work };
type Busy = { readonly kind: 'busy'; readonly address: string; readonly holder: Holder };

async function hold({ observed, action, recorded }: Doable, deps: ApplyDeps, world: World): Promise<Held | Busy> {
  const { address } = action;
  const held = await holdLease(address, 'apply', { ...world, ...deps });
  if (held.kind === 'busy') return { kind: 'busy', address, holder: held.holder };
  try {
    const { campaign } = observed.target;
    const { fence } = held.lease;
    const file = await repositoryPath(campaign.path, world.files);
    await moveRecord({ campaign, recorded, file, fence }, { ...world, ...deps });
    return { kind: 'held', lease: held.lease, work: { target: observed.target, action, fence, file } };
  } catch (error) {
    await held.lease.release();
    throw error;
  }
}
