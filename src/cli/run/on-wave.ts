import { printAddress, type Campaign } from '../../model/campaign.ts';
import type { World } from '../../ports.ts';
import { holdLease } from '../../run/lease.ts';
import type { Scope, Store, WaveState } from '../../store/contract.ts';
import { openSqlite } from '../../store/sqlite/open.ts';
import { Halt } from '../halt.ts';
import { heldBy } from '../held-by.ts';
import type { Follow } from '../next-command.ts';
import { resolveStore } from '../store.ts';

/** A wave that a person works on, under the lease of its address. */
export type HeldWave = {
  readonly campaign: Campaign;
  readonly store: Store;
  readonly scope: Scope;
  readonly state: WaveState;
};

/**
 * Opens the store, holds the address and finds the wave. @throws Halt where there is no store or no such wave, or
 * another process holds the address
 */
export async function onWave<T>(
  campaign: Campaign,
  options: { readonly command: string; readonly storeNamed: string | undefined; readonly follow: Follow },
  world: World,
  work: (held: HeldWave) => Promise<T>,
): Promise<T> {
  const path = await resolveStore({ named: options.storeNamed, files: [campaign.path] }, world);
  if ((await world.files.info(path)) === undefined) throw noWave(campaign, options.follow);
  const store = await openSqlite(path, { ...world, create: false });
  try {
    const address = printAddress(campaign.address);
    const state = await store.wave(address, campaign.wave);
    if (state === undefined) throw noWave(campaign, options.follow);
    const note = (text: string): void => {
      world.terminal.err(`${text}\n`);
    };
    const held = await holdLease(address, options.command, { ...world, store, note });
    if (held.kind === 'busy') throw heldBy(address, held.holder);
    try {
      const { fence } = held.lease;
      return await work({
        campaign,
        store,
        scope: { address, wave: campaign.wave, waveId: state.waveId, fence },
        state,
      });
    } finally {
      await held.lease.release();
    }
  } finally {
    await store.close();
  }
}

/** What a command ends with that is about a wave which the store does not know. */
export function noWave(campaign: Campaign, follow: Follow): Halt {
  return new Halt(
    'invalid',
    `wave ${campaign.wave} of ${printAddress(campaign.address)} was never run from this store`,
    ['look at the waves that were:', follow('status')],
  );
}
