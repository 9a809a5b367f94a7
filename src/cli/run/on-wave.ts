import { printAddress, type Campaign } from '../../model/campaign.ts';
import type { World } from '../../ports.ts';
import { holdLease } from '../../run/lease.ts';
import type { Scope, Store, WaveState } from '../../store/contract.ts';
import { openSqlite } from '../../store/sqlite/open.ts';
import { Halt } from '../halt.ts';
import { resolveStore } from '../store.ts';
import { asArgument } from './one-campaign.ts';

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
  options: { readonly command: string; readonly storeNamed: string | undefined },
  world: World,
  work: (held: HeldWave) => Promise<T>,
): Promise<T> {
  const path = await resolveStore({ named: options.storeNamed, files: [campaign.path] }, world);
  if ((await world.files.info(path)) === undefined) throw noWave(campaign);
  const store = await openSqlite(path, { create: false, random: world.random });
  try {
    const address = printAddress(campaign.address);
    const state = await store.wave(address, campaign.wave);
    if (state === undefined) throw noWave(campaign);
    const note = (text: string): void => {
      world.terminal.err(`${text}\n`);
    };
    const held = await holdLease(address, options.command, { ...world, store, note });
    if (held.kind === 'busy') {
      throw new Halt('held', `${address} is held by "${held.holder.command}", process ${String(held.holder.pid)}`, [
        'interrupt it first, or wait for it to end',
      ]);
    }
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

function noWave(campaign: Campaign): Halt {
  return new Halt(
    'invalid',
    `wave ${campaign.wave} of ${printAddress(campaign.address)} was never run from this store`,
    [`callplan status ${asArgument(campaign)} shows the waves that were`],
  );
}
