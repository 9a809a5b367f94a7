/** Writes a wave's manifest and results, each atomically: at the start the manifest alone, at every stop both. */
import type { Campaign } from '../model/campaign.ts';
import { printAddress } from '../model/campaign.ts';
import { digest } from '../model/digest.ts';
import { emptyTally } from '../model/tally.ts';
import {
  manifestCounts,
  manifestLimits,
  manifestRun,
  manifestTrip,
  type Manifest,
  type ManifestStatus,
} from '../ledger/manifest.ts';
import type { WaveParent } from '../model/wave.ts';
import type { Env } from '../ports.ts';
import { runsFolder } from './runs-folder.ts';
import { isoTime, recipientKey, writeResults, type RecipientKey, type ResultsDeps } from './write-results.ts';

/** What a manifest says that the ledger does not know. */
export type ManifestInputs = {
  readonly campaign: Campaign;
  readonly resourceId: string;
  /** Declared fields in wire form, or what an id alone stands for. */
  readonly resourceDigest: string;
  readonly recipientsDigest: string;
  readonly suppressionDigest: string;
  readonly toolVersion: string;
  readonly nodeVersion: string;
  /** From the folder that holds `runs`, with slashes. */
  readonly file: string;
  readonly parent?: WaveParent;
  readonly git?: { readonly commit: string; readonly dirty: boolean };
};

/** What writing a manifest needs of the world. */
export type ManifestDeps = ResultsDeps & {
  /** The folder below which `runs` stands. */
  readonly root: string;
};

/** @returns the absolute paths written */
export async function writeManifest(
  waveId: number,
  status: ManifestStatus,
  inputs: ManifestInputs,
  deps: ManifestDeps,
): Promise<readonly string[]> {
  const { campaign } = inputs;
  const folder = await runsFolder(campaign, deps);
  const key = await recipientKey(deps);
  const results = status === 'running' ? undefined : await writeResults(`${folder}/results.jsonl`, waveId, key, deps);
  const manifest = await manifestOf(waveId, status, inputs, deps, {
    key,
    ...(results === undefined ? {} : { resultsSha256: results }),
  });
  const path = `${folder}/manifest.json`;
  await deps.files.writeAtomically(path, `${JSON.stringify(manifest, undefined, 2)}\n`);
  return results === undefined ? [path] : [path, `${folder}/results.jsonl`];
}

async function manifestOf(
  waveId: number,
  status: ManifestStatus,
  inputs: ManifestInputs,
  deps: ManifestDeps,
  made: { readonly key: RecipientKey; readonly resultsSha256?: string },
): Promise<Manifest> {
  const { campaign } = inputs;
  const runs = await deps.store.runs(waveId);
  const state = await deps.store.wave(printAddress(campaign.address), campaign.wave);
  const tripped = state?.tripped;
  const ci = ciRun(deps.env);
  return {
    format_version: 1,
    kind: 'manifest',
    wave: {
      ...campaign.address,
      wave: campaign.wave,
      status,
      digests: {
        definition: campaign.definitionDigest,
        resource: inputs.resourceDigest,
        templates: templatesDigest(campaign),
        recipients: inputs.recipientsDigest,
        suppression: inputs.suppressionDigest,
      },
      counts: manifestCounts(await deps.store.counts(waveId), state?.tally ?? emptyTally),
      limits: manifestLimits(campaign),
    },
    record: {
      resource_id: inputs.resourceId,
      recipient_key_id: made.key.id,
      ...(made.resultsSha256 === undefined ? {} : { results_sha256: made.resultsSha256 }),
      ...(tripped === undefined ? {} : { tripped: manifestTrip(tripped, made.key.nameOf, isoTime) }),
      runs: runs.map((run) => manifestRun(run, isoTime)),
      file: inputs.file,
      ...(inputs.parent === undefined ? {} : { parent: inputs.parent }),
      tool: { name: 'callplan', version: inputs.toolVersion, node: inputs.nodeVersion },
      ...(inputs.git === undefined ? {} : { git: inputs.git }),
      ...(ci === undefined ? {} : { ci }),
    },
  };
}

/** SHA-256 of the templates of the recipients. */
export function templatesDigest(campaign: Pick<Campaign, 'recipients'>): string {
  const { id, phone, variables, notBefore, notAfter, timezone, country } = campaign.recipients;
  const named = { id, phone, notBefore, notAfter, timezone, country, ...variables };
  const sources = Object.entries(named).map(([name, template]) => [name, template?.source]);
  return digest(Object.fromEntries(sources));
}

/** The CI job that runs this, by the variables that GitHub and GitLab set. */
function ciRun(env: Env): { readonly system: string; readonly run: string } | undefined {
  const github = env['GITHUB_RUN_ID'];
  if (github !== undefined) return { system: 'github', run: github };
  const gitlab = env['CI_PIPELINE_ID'];
  if (gitlab !== undefined) return { system: 'gitlab', run: gitlab };
  return undefined;
}
