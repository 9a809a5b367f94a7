import { relative } from 'node:path';
import type { ManifestStatus } from '../../ledger/manifest.ts';
import { digest } from '../../model/digest.ts';
import type { World } from '../../ports.ts';
import { renewManifests } from '../../run/renew-manifests.ts';
import { writeManifest, type ManifestInputs } from '../../run/write-manifest.ts';
import type { Scope } from '../../store/contract/lease.ts';
import { version } from '../../version.ts';
import { shownPath } from '../shown-path.ts';
import type { ReadyWave } from './ready-wave.ts';

/** Writes the manifest of the wave, and the results with it, as the wave stands now; answers the paths written. */
export function manifestWriter(
  ready: ReadyWave,
  scope: Scope,
  world: World,
): (status: ManifestStatus) => Promise<readonly string[]> {
  const { campaign } = ready.target;
  return async (status) => {
    const git = await ready.checkout;
    const inputs: ManifestInputs = {
      campaign,
      resourceId: ready.live.id,
      resourceDigest: digest(campaign.resource.fields ?? ready.live.fields),
      recipientsDigest: ready.recipientsDigest(),
      suppressionDigest: ready.suppression.digest(),
      toolVersion: version,
      nodeVersion: world.host.runtime,
      file: relative(ready.root, campaign.path).replaceAll('\\', '/'),
      ...(ready.parent === undefined ? {} : { parent: ready.parent }),
      ...(git === undefined ? {} : { git }),
    };
    const { store, root, lease } = ready;
    const deps = { ...world, store, root };
    const paths = await writeManifest(scope.waveId, status, inputs, deps);
    if (status !== 'running' && !lease.lost.aborted) await renewManifests(campaign.address, scope, deps);
    return paths.map((path) => shownPath(path, world.cwd));
  };
}
