import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { storePath } from '../../src/store/store-path.ts';
import { systemFiles } from '../../src/system/files.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** A campaign's folder two below the given one. */
async function campaignIn(folder: string): Promise<string> {
  const path = join(folder, 'campaigns', 'clinic');
  await mkdir(path, { recursive: true });
  return path;
}

test('keeps the store beside .git, be it a folder or the file of a worktree', async () => {
  await using folder = await temporaryFolder();
  const campaign = await campaignIn(folder.path);
  await mkdir(join(folder.path, '.git'));
  expect(await storePath(campaign, systemFiles)).toBe(join(folder.path, '.callplan', 'callplan.db'));
  await writeFile(join(folder.path, 'campaigns', '.git'), 'gitdir: elsewhere');
  expect(await storePath(campaign, systemFiles)).toBe(join(folder.path, 'campaigns', '.callplan', 'callplan.db'));
});

test('prefers the nearest store to a .git further up, and takes no file for one', async () => {
  await using folder = await temporaryFolder();
  const campaign = await campaignIn(folder.path);
  await mkdir(join(folder.path, '.git'));
  await writeFile(join(campaign, '.callplan'), '');
  await mkdir(join(folder.path, 'campaigns', '.callplan'));
  expect(await storePath(campaign, systemFiles)).toBe(join(folder.path, 'campaigns', '.callplan', 'callplan.db'));
});

test('without either keeps it beside the campaign', async () => {
  const files = { ...systemFiles, info: () => Promise.resolve(undefined) };
  expect(await storePath('/srv/clinic', files)).toBe('/srv/clinic/.callplan/callplan.db');
});
