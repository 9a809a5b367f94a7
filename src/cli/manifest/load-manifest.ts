import { dirname, join, resolve } from 'node:path';
import type { Manifest } from '../../ledger/manifest.ts';
import { readManifest } from '../../ledger/read-manifest.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { World } from '../../ports.ts';
import { shownPath } from '../shown-path.ts';
import { Findings } from '../run/findings-error.ts';
import { knownManifests } from './known-manifests.ts';

/** A manifest as it was named on the command line. */
export type LoadedManifest = {
  readonly manifest: Manifest;
  /** Absolute. */
  readonly path: string;
  /** As shown to people. */
  readonly file: string;
  /** Absolute path of the results that were written with it. */
  readonly results: string;
};

/** @param written its path, or that of its folder. @throws Findings, FileProblem */
export async function loadManifest(
  written: string,
  { files, cwd }: Pick<World, 'files' | 'cwd'>,
): Promise<LoadedManifest> {
  const named = resolve(cwd, written);
  const path = (await files.info(named))?.kind === 'folder' ? join(named, 'manifest.json') : named;
  const file = shownPath(path, cwd);
  if ((await files.info(path)) === undefined) throw new Findings([await missing(named, { files, cwd })]);
  const read = readManifest(new TextDecoder().decode(await files.read(path)));
  if (read.kind === 'manifest') {
    return { manifest: read.manifest, path, file, results: join(dirname(path), 'results.jsonl') };
  }
  throw new Findings([findingOf(file, read)]);
}

async function missing(named: string, { files, cwd }: Pick<World, 'files' | 'cwd'>): Promise<Diagnostic> {
  const known = (await knownManifests(named, files)).map((folder) => shownPath(folder, cwd));
  return { code: 'MANIFEST_MISSING', args: { path: shownPath(named, cwd), known } };
}

function findingOf(path: string, read: Exclude<ReturnType<typeof readManifest>, { kind: 'manifest' }>): Diagnostic {
  if (read.kind === 'newer') return { code: 'MANIFEST_NEWER', args: { path, version: read.version } };
  const { member } = read;
  return { code: 'MANIFEST_INVALID', args: member === undefined ? { path } : { path, member } };
}
