/** The manifests of an address's other waves, written again where the ledger knows more than they say. */
import { manifestCounts, manifestRun, type Manifest } from '../ledger/manifest.ts';
import { isUnfinished, parseManifest, renewedManifest, withResults } from '../ledger/stale-manifest.ts';
import type { Address } from '../model/campaign.ts';
import { isTestWave } from '../model/test-wave.ts';
import type { Scope } from '../store/contract/lease.ts';
import type { WaveState } from '../store/contract/wave-state.ts';
import { runsFolder } from './runs-folder.ts';
import type { ManifestDeps } from './write-manifest.ts';
import { isoTime, recipientKey, writeResults } from './write-results.ts';

/** Under the lease of the address, so that nobody else runs these waves. One whose manifest is gone has none. */
export async function renewManifests(address: Address, scope: Scope, deps: ManifestDeps): Promise<void> {
  for (const { wave, state } of await deps.store.waveStates(scope.address)) {
    if (wave !== scope.wave && !isTestWave(wave)) await renewManifest(address, { wave, state }, deps);
  }
}

/** Answers the folder of the manifest, where it was written again. */
export async function renewManifest(
  address: Address,
  { wave, state }: { readonly wave: string; readonly state: WaveState },
  deps: ManifestDeps,
): Promise<string | undefined> {
  const folder = await runsFolder({ address, wave }, deps);
  const manifest = await readManifest(`${folder}/manifest.json`, { address, wave }, deps);
  if (manifest === undefined || !isUnfinished(manifest)) return undefined;
  return (await renew(manifest, { folder, state }, deps)) ? folder : undefined;
}

async function readManifest(
  path: string,
  { address, wave }: { readonly address: Address; readonly wave: string },
  { files }: Pick<ManifestDeps, 'files'>,
): Promise<Manifest | undefined> {
  if ((await files.info(path)) === undefined) return undefined;
  return parseManifest(new TextDecoder().decode(await files.read(path)), address, wave);
}

async function renew(
  manifest: Manifest,
  { folder, state }: { readonly folder: string; readonly state: WaveState },
  deps: ManifestDeps,
): Promise<boolean> {
  const { store, files } = deps;
  const { waveId, tally, stopped } = state;
  const renewed = renewedManifest(manifest, {
    counts: manifestCounts(await store.counts(waveId), tally),
    isCancelled: stopped?.kind === 'cancelled',
    runs: (await store.runs(waveId)).map((run) => manifestRun(run, isoTime)),
  });
  if (renewed === undefined) return false;
  const key = await recipientKey(deps);
  const sha256 = await writeResults(`${folder}/results.jsonl`, waveId, key, deps);
  const whole = withResults(renewed, { keyId: key.id, sha256 });
  await files.writeAtomically(`${folder}/manifest.json`, `${JSON.stringify(whole, undefined, 2)}\n`);
  return true;
}
