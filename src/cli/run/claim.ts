/** Whose address it is: the mark on the live object names the store that runs it. */
import { claimMark } from '../../apply/claim-mark.ts';
import type { Target } from '../../apply/target.ts';
import { printAddress, type Campaign } from '../../model/campaign.ts';
import type { Store } from '../../store/contract/store.ts';
import { Halt } from '../halt.ts';
import type { ReadyWave } from './ready-wave.ts';

/** What a run is told of its claim. */
export type Claimed = Pick<ReadyWave, 'live' | 'newToAddress' | 'takeOver'>;

export type Claiming = {
  readonly campaign: Campaign;
  readonly store: Pick<Store, 'id' | 'lastEventMs'>;
  /** Run an address that another store ran last. */
  readonly takeOver: boolean;
};

type Marked = { readonly target: Target; readonly id: string; readonly signal: AbortSignal };

const notKept = 'the provider did not keep the ownership mark; nobody was called';

/**
 * Writes this store's id into the mark, unless it names another; tells whether the store may have lost what it ought to
 * know. Another's mark is taken over later, when its calls are known. @throws Halt, RemoteError
 */
export async function claim(claiming: Claiming, marked: Marked): Promise<Claimed> {
  const { campaign, store } = claiming;
  const { target, id, signal } = marked;
  const address = printAddress(campaign.address);
  const claimed = await claimMark(target, { address, id, storeId: store.id, takeOver: false }, signal);
  switch (claimed.kind) {
    case 'held':
    case 'claimed':
    case 'taken_over':
      return { live: claimed.live, newToAddress: false };
    case 'unmarked':
      return { live: claimed.live, newToAddress: (await store.lastEventMs(address)) === undefined };
    case 'other_store':
      if (claiming.takeOver) return takingOver(claiming, marked, claimed.store);
      throw new Halt(
        'conflict',
        `${address} was last run from another store (${claimed.store}); this one is ${store.id} and does not know whom that one called`,
        [
          'run it with the other store: --store PATH or CALLPLAN_STORE',
          'or, if the other store is lost, add --take-over: its calls are looked up at the provider first',
        ],
      );
    case 'not_persisted':
      throw new Halt('unsettled', notKept);
  }
}

/** The mark changes hands after the look at the provider's calls, and only if nobody else took it meanwhile. */
async function takingOver(
  { campaign, store }: Claiming,
  { target, id, signal }: Marked,
  from: string,
): Promise<Claimed> {
  const { read } = target.account.resource;
  const address = printAddress(campaign.address);
  return {
    live: await target.remote.perform(read, id, signal),
    newToAddress: true,
    takeOver: async () => {
      const now = await target.remote.perform(read, id, signal);
      const other = `another store took ${address} over meanwhile; nobody was called`;
      if (now.mark?.store !== from) return { exit: 4, why: other };
      const taken = await claimMark(target, { address, id, storeId: store.id, takeOver: true }, signal);
      if (taken.kind === 'taken_over') return undefined;
      return taken.kind === 'not_persisted' ? { exit: 7, why: notKept } : { exit: 4, why: other };
    },
  };
}
