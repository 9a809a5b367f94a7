/** Whose address it is: the mark on the live object names the store that runs it. */
import { claimMark, type Claim } from '../../apply/claim-mark.ts';
import type { Target } from '../../apply/target.ts';
import { printAddress, type Campaign } from '../../model/campaign.ts';
import { instant } from '../../run/instant.ts';
import type { Store } from '../../store/contract/store.ts';
import { Halt } from '../halt.ts';
import type { World } from '../world.ts';
import type { ReadyWave } from './ready-wave.ts';

/** What a run is told of its claim. */
type Claimed = Pick<ReadyWave, 'live' | 'newToAddress' | 'seen'>;

type Claiming = {
  readonly campaign: Campaign;
  readonly store: Pick<Store, 'id' | 'lastEventMs' | 'beginTakeOver' | 'isTakingOver'>;
  /** Run an address that another store ran last. */
  readonly takeOver: boolean;
};

type Marked = {
  readonly target: Target;
  readonly id: string;
  readonly fence: number;
  readonly signal: AbortSignal;
};

/**
 * Writes this store's id into the mark, unless it names another; tells whether the store may have lost what it ought to
 * know. Another's mark is taken over before its calls are looked up: a run that still goes on with that store stops calling
 * once it sees this. That they are not known yet is durable first. @throws Halt, RemoteError
 */
export async function claim(claiming: Claiming, marked: Marked, { clock }: Pick<World, 'clock'>): Promise<Claimed> {
  const { campaign, store } = claiming;
  const { target, id, fence, signal } = marked;
  const address = printAddress(campaign.address);
  const seen = instant(clock);
  const wanted = { address, id, storeId: store.id };
  let claimed = await claimMark(target, { ...wanted, takeOver: false }, signal);
  if (claimed.kind === 'other_store' && claiming.takeOver) {
    await store.beginTakeOver(address, fence);
    claimed = await claimMark(target, { ...wanted, takeOver: true }, signal);
    if (claimed.kind === 'other_store') {
      throw new Halt('conflict', `another store took ${address} over meanwhile; nobody was called`);
    }
  }
  switch (claimed.kind) {
    case 'held':
    case 'claimed':
    case 'taken_over':
      return { live: claimed.live, newToAddress: await store.isTakingOver(address), seen };
    case 'unmarked':
      return { live: claimed.live, newToAddress: (await store.lastEventMs(address)) === undefined };
    case 'other_store':
      throw otherStore(address, claimed, store);
    case 'not_persisted':
      throw new Halt('unsettled', 'the provider did not keep the ownership mark; nobody was called');
  }
}

function otherStore(address: string, other: Claim & { readonly kind: 'other_store' }, { id }: Pick<Store, 'id'>): Halt {
  return new Halt(
    'conflict',
    `${address} was last run from another store (${other.store}); this one is ${id} and does not know whom that one called`,
    [
      'run it with the other store: --store PATH or CALLPLAN_STORE',
      'or, if the other store is lost, add --take-over: its calls are looked up at the provider first',
    ],
  );
}
