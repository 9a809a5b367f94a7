import { join } from 'node:path';
import { manifestFolder } from '../../ledger/manifest.ts';
import { isSameParent } from '../../ledger/rerun.ts';
import { printAddress } from '../../model/campaign.ts';
import { Halt } from '../halt.ts';
import type { World } from '../world.ts';
import type { Recorded } from './check-address.ts';
import { rerunCommand } from './go-on.ts';
import type { RunRequest } from './run-request.ts';

type Asked = Pick<RunRequest, 'campaign' | 'store' | 'rerun' | 'root' | 'follow'>;

/** A wave keeps to where its recipients come from: a file's list would call others than a rerun does. @throws Halt */
export async function checkParent(
  { campaign, store, rerun, root, follow }: Asked,
  { ledger }: Recorded,
  { cwd }: Pick<World, 'cwd'>,
): Promise<void> {
  const { wave } = campaign;
  const known = await store.wave(printAddress(ledger), wave);
  if (known === undefined || isSameParent(known.parent, rerun?.parent)) return;
  if (known.parent === undefined) {
    throw new Halt('conflict', `wave ${wave} was run from the campaign's file, so that no rerun can be called so`);
  }
  const { parent } = known;
  throw new Halt('conflict', `wave ${wave} repeats some of wave ${parent.wave}; it cannot be run from a file`, [
    rerunCommand(join(root, manifestFolder(ledger, parent.wave)), parent, { cwd, follow }),
  ]);
}
