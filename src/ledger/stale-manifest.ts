/**
 * A manifest that says of calls that they are not over, though a later run of another wave may have followed them to their
 * end. What that run cannot know of the wave (its files, its limits) stays as it was written.
 */
import type { Address } from '../model/campaign.ts';
import type { Manifest, ManifestCounts, ManifestRun, ManifestStatus } from './manifest.ts';
import { readManifest } from './read-manifest.ts';

/** Nothing that the ledger may learn changes these. */
const final: ReadonlySet<string> = new Set(['done', 'rejected', 'skipped']);

/** Undefined where the text is no manifest of the wave. */
export function parseManifest(text: string, address: Address, wave: string): Manifest | undefined {
  const found = readManifest(text);
  if (found.kind !== 'manifest') return undefined;
  const { manifest } = found;
  const { campaign, environment, wave: name } = manifest.wave;
  return campaign === address.campaign && environment === address.environment && name === wave ? manifest : undefined;
}

/** Whether the ledger may know more by now. */
export function isUnfinished({ wave }: Manifest): boolean {
  return wave.status === 'running' || Object.keys(wave.counts.states).some((state) => !final.has(state));
}

/** Of a wave that nobody runs now; undefined where the manifest says so already. */
export function renewedManifest(
  manifest: Manifest,
  now: { readonly counts: ManifestCounts; readonly runs: readonly ManifestRun[]; readonly isCancelled: boolean },
): Manifest | undefined {
  const { wave, record } = manifest;
  const status = now.isCancelled ? 'cancelled' : statusNow(wave.status, now.counts);
  const isSame = status === wave.status && JSON.stringify(now.counts) === JSON.stringify(wave.counts);
  if (isSame) return undefined;
  return { ...manifest, wave: { ...wave, status, counts: now.counts }, record: { ...record, runs: now.runs } };
}

/** With the hash of the results that were written beside it. */
export function withResults(
  manifest: Manifest,
  results: { readonly keyId: string; readonly sha256: string },
): Manifest {
  const { resource_id, recipient_key_id: _, results_sha256: __, ...rest } = manifest.record;
  const record = { resource_id, recipient_key_id: results.keyId, results_sha256: results.sha256, ...rest };
  return { ...manifest, record };
}

function statusNow(status: ManifestStatus, { states }: ManifestCounts): ManifestStatus {
  const isOver = Object.keys(states).every((state) => final.has(state) || state === 'unresolved');
  if (isOver) return 'complete';
  return status === 'running' ? 'interrupted' : status;
}
