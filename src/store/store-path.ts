import { dirname, join } from 'node:path';
import type { Files } from '../ports.ts';

/**
 * Where the store of a campaign is kept when nobody names another place: `.callplan/callplan.db` beside the nearest
 * `.git` or `.callplan` at or above the folder, else in the folder itself.
 * @param folder absolute path of the campaign's folder
 */
export async function storePath(folder: string, files: Files): Promise<string> {
  for (const candidate of upwards(folder)) {
    // In a linked worktree `.git` is a file: https://git-scm.com/docs/gitrepository-layout
    const git = await files.info(join(candidate, '.git'));
    const own = await files.info(join(candidate, '.callplan'));
    if (git !== undefined || own?.kind === 'folder') return inFolder(candidate);
  }
  return inFolder(folder);
}

function inFolder(folder: string): string {
  return join(folder, '.callplan', 'callplan.db');
}

function* upwards(folder: string): Generator<string> {
  let current = folder;
  for (;;) {
    yield current;
    const parent = dirname(current);
    if (parent === current) return;
    current = parent;
  }
}
