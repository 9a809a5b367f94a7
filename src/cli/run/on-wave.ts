import { printAddress, type Campaign } from '../../model/campaign.ts';
import type { World } from '../../ports.ts';
import { holdLease } from '../../run/lease.ts';
import type { Scope } from '../../store/contract/lease.ts';
import type { Store } from '../../store/contract/store.ts';
import type { WaveState } from '../../store/contract/wave-state.ts';
import { openSqlite } from '../../store/sqlite/open.ts';
import { Halt } from '../halt.ts';
import { heldBy } from '../held-by.ts';
import type { Follow } from '../next-command.ts';
import { resolveStore } from '../store.ts';

/** A wave of a store that is there. */
export type OpenedWave = {
  readonly campaign: Campaign;
  readonly store: Store;
  readonly state: WaveState;
  /** Command lines to go on with. */
  readonly follow: Follow;
};

/** A wave that a person works on, under the lease of its address. */
export type HeldWave = OpenedWave & { readonly scope: Scope };

type Naming = { readonly storeNamed: string | undefined; readonly follow: Follow };

/** Opens the store and finds the wave, whoever works on it. @throws Halt where there is no store or no such wave */
export async function withWave<T>(
  campaign: Campaign,
  { storeNamed, follow }: Naming,
  world: World,
  work: (opened: OpenedWave) => Promise<T>,
): Promise<T> {
  const path = await resolveStore({ named: storeNamed, files: [campaign.path] }, world);
  if ((await world.files.info(path)) === undefined) throw noWave(campaign, follow);
  const store = await openSqlite(path, { ...world, create: false });
  try {
    const state = await store.wave(printAddress(campaign.address), campaign.wave);
    if (state === undefined) throw noWave(campaign, follow);
    return await work({ campaign, store, state, follow });
  } finally {
    await store.close();
  }
}

/** The same under the lease of its address. @throws Halt where another process holds it */
export async function onWave<T>(
  campaign: Campaign,
  options: Naming & { readonly command: string },
  world: World,
  work: (held: HeldWave) => Promise<T>,
): Promise<T> {
  return withWave(campaign, options, world, (opened) => holding(opened, options.command, world, work));
}

/** Holds the address of an opened wave. @throws Halt where another process holds it */
export async function holding<T>(
  opened: OpenedWave,
  command: string,
  world: World,
  work: (held: HeldWave) => Promise<T>,
): Promise<T> {
  const { campaign, store, state, follow } = opened;
  const address = printAddress(campaign.address);
  const note = (text: string): void => {
    world.terminal.err(`${text}\n`);
  };
  const held = await holdLease(address, command, { ...world, store, note });
  if (held.kind === 'busy') throw heldBy(address, held.holder, follow('status'));
  try {
    const scope = { address, wave: campaign.wave, waveId: state.waveId, fence: held.lease.fence };
    return await work({ ...opened, scope });
  } finally {
    await held.lease.release();
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
