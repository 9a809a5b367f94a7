import { join } from 'node:path';
import { manifestFolder } from '../ledger/manifest.ts';
import type { Campaign } from '../model/campaign.ts';
import type { Files } from '../ports.ts';

/**
 * The absolute folder of what a wave leaves behind: manifest, results, rejected rows. A new `runs` folder keeps itself
 * out of git, as `.callplan` does.
 */
export async function runsFolder(
  { address, wave }: Pick<Campaign, 'address' | 'wave'>,
  { root, files }: { readonly root: string; readonly files: Pick<Files, 'info' | 'writeAtomically'> },
): Promise<string> {
  const runs = join(root, 'runs');
  if ((await files.info(runs)) === undefined) await files.writeAtomically(join(runs, '.gitignore'), '*\n');
  return join(root, manifestFolder(address, wave));
}
