import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { GitState } from '../ports.ts';

const run = promisify(execFile);

/** Asks git; undefined where there is no git, no checkout or no commit yet. */
export async function gitState(folder: string): Promise<GitState | undefined> {
  try {
    const options = { cwd: folder, timeout: 10_000 };
    const [head, status] = await Promise.all([
      run('git', ['rev-parse', 'HEAD'], options),
      run('git', ['status', '--porcelain', '--untracked-files=no'], options),
    ]);
    return { commit: head.stdout.trim(), dirty: status.stdout.trim() !== '' };
  } catch {
    return undefined;
  }
}
