import { execFileSync } from 'node:child_process';
import { mkdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { gitState } from '../../src/system/git.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

type Git = (...args: readonly string[]) => string;

function gitIn(folder: string): Git {
  return (...args) =>
    execFileSync('git', ['-c', 'user.name=Amaka', '-c', 'user.email=amaka@clinic.example', ...args], {
      cwd: folder,
      encoding: 'utf8',
    });
}

/** Answers the commit. */
function commitAll(git: Git): string {
  git('add', '.');
  git('commit', '--quiet', '--no-gpg-sign', '--message', 'Add the campaign');
  return git('rev-parse', 'HEAD').trim();
}

test('a checkout has a commit, and is dirty when a tracked file differs', async () => {
  await using folder = await temporaryFolder();
  const git = gitIn(folder.path);
  expect(await gitState(folder.path)).toBeUndefined();
  git('init', '--quiet');
  expect(await gitState(folder.path)).toBeUndefined();
  const path = join(folder.path, 'campaign.yaml');
  await writeFile(path, 'version: 1\n');
  const commit = commitAll(git);
  expect(await gitState(folder.path)).toEqual({ commit, dirty: false });
  await writeFile(join(folder.path, 'recipients.csv'), '');
  expect(await gitState(folder.path)).toEqual({ commit, dirty: false });
  await writeFile(path, 'version: 2\n');
  expect(await gitState(folder.path)).toEqual({ commit, dirty: true });
});

test('a commit is named by SHA-256 where the checkout uses that', async () => {
  await using folder = await temporaryFolder();
  const git = gitIn(folder.path);
  git('init', '--quiet', '--object-format=sha256');
  await writeFile(join(folder.path, 'campaign.yaml'), 'version: 1\n');
  const commit = commitAll(git);
  expect(commit).toHaveLength(64);
  expect(await gitState(folder.path)).toEqual({ commit, dirty: false });
});

test('however much differs, the checkout has its commit', async () => {
  await using folder = await temporaryFolder();
  const git = gitIn(folder.path);
  git('init', '--quiet');
  const deep = join(folder.path, ...Array.from({ length: 12 }, () => 'd'.repeat(250)));
  await mkdir(deep, { recursive: true });
  const paths = Array.from({ length: 400 }, (_, index) => join(deep, String(index)));
  for (const path of paths) await writeFile(path, '1');
  const commit = commitAll(git);
  for (const path of paths) await writeFile(path, 'two');
  expect(await gitState(folder.path)).toEqual({ commit, dirty: true });
});

test('asking takes no lock that somebody else may want', async () => {
  await using folder = await temporaryFolder();
  const git = gitIn(folder.path);
  git('init', '--quiet');
  const path = join(folder.path, 'campaign.yaml');
  await writeFile(path, 'version: 1\n');
  const commit = commitAll(git);
  const index = await readFile(join(folder.path, '.git/index'));
  await utimes(path, 1, 1);
  expect(await gitState(folder.path)).toEqual({ commit, dirty: false });
  expect(index.equals(await readFile(join(folder.path, '.git/index')))).toBe(true);
});
