import { printAddress, type Campaign } from '../model/campaign.ts';
import type { World } from '../ports.ts';
import type { ReadStore } from '../store/contract/read-store.ts';
import type { WaveState } from '../store/contract/wave-state.ts';
import { openSqliteToRead } from '../store/sqlite/open.ts';
import type { Follow } from './next-command.ts';
import { noWave } from './run/on-wave.ts';
import { resolveStore } from './store.ts';

/** Reads a wave from its store, and writes nothing. @throws Halt where there is no store or no such wave */
export async function readWave<T>(
  campaign: Campaign,
  options: { readonly storeNamed: string | undefined; readonly follow: Follow },
  world: Pick<World, 'files' | 'env' | 'cwd'>,
  work: (store: ReadStore, state: WaveState) => Promise<T>,
): Promise<T> {
  const path = await resolveStore({ named: options.storeNamed, files: [campaign.path] }, world);
  const store = (await world.files.info(path)) === undefined ? undefined : await openSqliteToRead(path);
  if (store === undefined) throw noWave(campaign, options.follow);
  try {
    const state = await store.wave(printAddress(campaign.address), campaign.wave);
    if (state === undefined) throw noWave(campaign, options.follow);
    return await work(store, state);
  } finally {
    await store.close();
  }
}
