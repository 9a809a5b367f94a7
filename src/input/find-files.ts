import { join, resolve } from 'node:path';
import type { Diagnostic } from '../model/diagnostic.ts';
import { FileProblem } from '../ports.ts';
import type { Files } from '../ports.ts';
import { unreadable } from './read-text.ts';
import { showPath } from './show-path.ts';

/** How deep folders are searched; ends the search where links lead in a circle. */
const depthLimit = 16;

export type FoundFiles = { readonly paths: readonly string[]; readonly diagnostics: readonly Diagnostic[] };

/**
 * The campaign files that paths mean, absolute, each once, sorted: a file itself, of a folder every `campaign.yaml` and
 * `*.campaign.yaml` below it (not in node_modules and hidden folders). Findings for paths that lead nowhere.
 */
export async function findFiles(
  paths: readonly string[],
  { files, cwd }: { readonly files: Pick<Files, 'info' | 'list'>; readonly cwd: string },
): Promise<FoundFiles> {
  const found = new Set<string>();
  const diagnostics: Diagnostic[] = [];
  for (const path of paths) {
    const absolute = resolve(cwd, path);
    const shown = showPath(absolute, cwd);
    try {
      const meant = await filesOf(absolute, files);
      for (const file of meant ?? []) found.add(file);
      if (meant === undefined) diagnostics.push({ code: 'FILE_MISSING', args: { path: shown } });
      else if (meant.length === 0) diagnostics.push({ code: 'FOLDER_EMPTY', args: { path: shown } });
    } catch (error) {
      if (!(error instanceof FileProblem)) throw error;
      diagnostics.push(unreadable(showPath(error.path, cwd), error.kind));
    }
  }
  return { paths: [...found].toSorted(), diagnostics };
}

/** The files that one path means; undefined where nothing is there. */
async function filesOf(path: string, files: Pick<Files, 'info' | 'list'>): Promise<readonly string[] | undefined> {
  const info = await files.info(path);
  if (info === undefined) return undefined;
  return info.kind === 'folder' ? campaignsBelow(path, files, depthLimit) : [path];
}

async function campaignsBelow(
  folder: string,
  files: Pick<Files, 'info' | 'list'>,
  depth: number,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const name of await files.list(folder)) {
    const path = join(folder, name);
    if (isCampaignName(name)) found.push(path);
    else if (depth > 0 && mayBeFolder(name) && (await files.info(path))?.kind === 'folder') {
      found.push(...(await campaignsBelow(path, files, depth - 1)));
    }
  }
  return found;
}

function isCampaignName(name: string): boolean {
  return name === 'campaign.yaml' || (name.endsWith('.campaign.yaml') && !name.startsWith('.'));
}

function mayBeFolder(name: string): boolean {
  return !name.startsWith('.') && name !== 'node_modules';
}
