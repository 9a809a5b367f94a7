import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { GitState } from '../ports.ts';

const run = promisify(execFile);

/** A line for each file that differs. */
const longestAnswer = 256 * 1024 * 1024;

/** Asks git; undefined where there is no git, no checkout or no commit yet. */
export async function gitState(folder: string): Promise<GitState | undefined> {
  try {
    const options = { cwd: folder, timeout: 10_000, maxBuffer: longestAnswer };
    // Locks are for whoever commits meanwhile.
    const status = [
      '--no-optional-locks',
      'status',
      '--porcelain=v2',
      '--branch',
      '--no-ahead-behind',
      '--untracked-files=no',
    ];
    const { stdout } = await run('git', status, options);
    const commit = /^# branch\.oid ([0-9a-f]+)$/m.exec(stdout)?.[1];
    return commit === undefined ? undefined : { commit, dirty: /^[^#]/m.test(stdout) };
  } catch {
    return undefined;
  }
}
