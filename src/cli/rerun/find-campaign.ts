import { dirname, join, resolve } from 'node:path';
import { manifestFolder } from '../../ledger/manifest.ts';
import { storePath } from '../../store/store-path.ts';
import { Halt } from '../halt.ts';
import type { LoadedManifest } from '../manifest/load-manifest.ts';
import { seenFiles } from '../seen-files.ts';
import { shownPath } from '../shown-path.ts';
import type { World } from '../world.ts';

/**
 * Where the campaign file of a manifest is: as it was named, else as the manifest says, from the folder that holds `runs`.
 * @throws Halt where nobody knows
 */
export async function findCampaign(
  { manifest, path, file }: LoadedManifest,
  named: string | undefined,
  world: Pick<World, 'files' | 'cwd'> & { /** The command line that names it. */ readonly hint: string },
): Promise<string> {
  if (named !== undefined) return named;
  const { file: written } = manifest.record;
  const hint = ['name the campaign file:', world.hint];
  if (written === undefined) throw new Halt('invalid', `${file} does not say which file it is of`, hint);
  const found = join(await rootOf(path, manifest.wave, world), written);
  if ((await world.files.info(found)) !== undefined) return shownPath(found, world.cwd);
  throw new Halt('invalid', `${file} is of ${written}, which is not at ${shownPath(found, world.cwd)}`, hint);
}

type Wave = LoadedManifest['manifest']['wave'];

/** The folder above `runs`; of a manifest that was moved away, that of the working directory. */
async function rootOf(
  path: string,
  { campaign, environment, wave }: Wave,
  { files, cwd }: Pick<World, 'files' | 'cwd'>,
): Promise<string> {
  const root = resolve(dirname(path), '..', '..', '..', '..');
  if (path === join(root, manifestFolder({ campaign, environment }, wave), 'manifest.json')) return root;
  return dirname(dirname(await storePath(cwd, seenFiles(files))));
}
