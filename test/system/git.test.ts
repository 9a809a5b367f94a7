import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { gitState } from '../../src/system/git.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

test('a checkout has a commit, and is dirty when a tracked file differs', async () => {
  await using folder = await temporaryFolder();
  const git = (...args: readonly string[]): string =>
    execFileSync('git', ['-c', 'user.name=Amaka', '-c', 'user.email=amaka@clinic.example', ...args], {
      cwd: folder.path,
      encoding: 'utf8',
    });
  expect(await gitState(folder.path)).toBeUndefined();
  git('init', '--quiet');
  expect(await gitState(folder.path)).toBeUndefined();
  const path = join(folder.path, 'campaign.yaml');
  await writeFile(path, 'version: 1\n');
  git('add', '.');
  git('commit', '--quiet', '--no-gpg-sign', '--message', 'Add the campaign');
  const commit = git('rev-parse', 'HEAD').trim();
  expect(await gitState(folder.path)).toEqual({ commit, dirty: false });
  await writeFile(join(folder.path, 'recipients.csv'), '');
  expect(await gitState(folder.path)).toEqual({ commit, dirty: false });
  await writeFile(path, 'version: 2\n');
  expect(await gitState(folder.path)).toEqual({ commit, dirty: true });
});
