import { dirname, join, relative } from 'node:path';
import type { Files } from '../ports.ts';

/**
 * A file's path below the nearest folder with a `.git`, with slashes: equal in every checkout, so that a store tells the
 * file again. Outside a repository the absolute path.
 */
export async function repositoryPath(path: string, files: Pick<Files, 'info'>): Promise<string> {
  let folder = dirname(path);
  for (;;) {
    if ((await files.info(join(folder, '.git'))) !== undefined) return relative(folder, path).replaceAll('\\', '/');
    const parent = dirname(folder);
    if (parent === folder) return path;
    folder = parent;
  }
}
