import { printAddress, type Campaign } from '../../model/campaign.ts';
import { recipientTag } from '../../model/reference.ts';
import type { World } from '../../ports.ts';
import { countOf } from '../../report/quantity.ts';
import { holdLease } from '../../run/lease.ts';
import type { Store } from '../../store/contract/store.ts';
import { Halt } from '../halt.ts';
import { heldBy } from '../held-by.ts';
import { taken, type Recorded } from './check-address.ts';

type Moving = {
  readonly campaign: Campaign;
  readonly recorded: Recorded;
  /** As the store is to remember it. */
  readonly file: string;
  /** Of the lease of the new address, which the caller holds. */
  readonly fence: number;
};

type MoveDeps = Pick<World, 'clock' | 'host'> & {
  readonly store: Store;
  readonly note: (line: string) => void;
  readonly signal: AbortSignal;
};

/** Moves the record of a renamed campaign, if it has yet to move. @throws Halt where it cannot */
export async function moveRecord({ campaign, recorded, file, fence }: Moving, deps: MoveDeps): Promise<void> {
  const from = printAddress(recorded.ledger);
  const to = printAddress(campaign.address);
  if (from === to) return;
  const held = await holdLease(from, 'rename', deps);
  if (held.kind === 'busy') throw heldBy(from, held.holder);
  try {
    const renamed = await deps.store.rename({
      from: { address: from, fence: held.lease.fence },
      to: { address: to, fence },
      file,
      tagOf: (wave, key) => recipientTag(campaign.address, wave, key),
    });
    switch (renamed.kind) {
      case 'moved':
        deps.note(`${from} is ${to} now: what the store knows of it moved along`);
        return;
      case 'unknown':
        throw new Halt('conflict', `${from} was renamed by another command meanwhile`, ['run the command again']);
      case 'taken':
        throw taken(from, to);
      case 'nameless': {
        const who = countOf(renamed.recipients, 'call was', 'calls were');
        throw new Halt(
          'conflict',
          `${who} found at the provider that no list has named yet, so ${from} cannot be renamed`,
          [`put the old name back, run ${from} once, and rename it then`],
        );
      }
    }
  } finally {
    await held.lease.release();
  }
}
