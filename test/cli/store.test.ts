import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { resolveStore } from '../../src/cli/store.ts';
import type { StoreRequest } from '../../src/cli/store.ts';
import { repositoryPath } from '../../src/cli/repository-path.ts';
import type { Env } from '../../src/ports.ts';
import { world } from '../support/world.ts';

const abroad = ['https://voicebot.intron.health'];

async function resolved(
  request: Partial<StoreRequest>,
  env: Env = {},
  folders: readonly string[] = [],
): Promise<string> {
  await using made = await world({ env });
  for (const folder of folders) await mkdir(join(made.cwd, folder), { recursive: true });
  const files = (request.files ?? ['campaign.yaml']).map((file) => join(made.cwd, file));
  const path = await resolveStore({ named: undefined, ...request, files }, made);
  return path.replace(made.cwd, '');
}

test('takes the option before the variable, and the variable before the place', async () => {
  expect(await resolved({ named: 'a.db' }, { CALLPLAN_STORE: 'b.db' })).toBe('/a.db');
  expect(await resolved({}, { CALLPLAN_STORE: 'b.db' })).toBe('/b.db');
  expect(await resolved({}, { CALLPLAN_STORE: '' })).toBe('/.callplan/callplan.db');
});

test('finds the place beside .git or .callplan, from the campaign upwards', async () => {
  const files = ['campaigns/clinic/campaign.yaml'];
  expect(await resolved({ files }, {}, ['.git', 'campaigns/clinic'])).toBe('/.callplan/callplan.db');
  expect(await resolved({ files }, {}, ['.git', 'campaigns/.callplan'])).toBe('/campaigns/.callplan/callplan.db');
  expect(await resolved({ files: [] }, {}, ['.git'])).toBe('/.callplan/callplan.db');
});

test('gives campaigns without any sign the folder that holds them all, and finds it again from one of them', async () => {
  const files = ['repo/a/campaign.yaml', 'repo/b/c/campaign.yaml'];
  const one = files.slice(0, 1);
  expect(await resolved({ files })).toBe('/repo/.callplan/callplan.db');
  expect(await resolved({ files: one })).toBe('/repo/a/.callplan/callplan.db');
  expect(await resolved({ files: one }, {}, ['repo/.callplan'])).toBe('/repo/.callplan/callplan.db');
  await expect(resolved({ files }, {}, ['repo/a/.callplan'])).rejects.toThrow('belong to two stores');
});

test('will not choose between two stores', async () => {
  const files = ['a/campaign.yaml', 'b/campaign.yaml'];
  await expect(resolved({ files }, {}, ['a/.git', 'b/.git'])).rejects.toThrow('belong to two stores');
  expect(await resolved({ files, named: 's.db' }, {}, ['a/.git', 'b/.git'])).toBe('/s.db');
});

test.each(['postgres://db.example/callplan', 'https://x.example/s.db', ' '])(
  'takes no %j for a path',
  async (named) => {
    await expect(resolved({ named })).rejects.toThrow('--store');
    await expect(resolved({}, { CALLPLAN_STORE: named })).rejects.toThrow('CALLPLAN_STORE');
  },
);

test.each([
  { env: { CI: 'true' }, calls: abroad, refused: true },
  { env: { CI: '1' }, calls: [...abroad, 'http://127.0.0.1:4000'], refused: true },
  { env: { CI: 'true' }, calls: ['http://127.0.0.1:4000', 'http://localhost:1'], refused: false },
  { env: { CI: 'true' }, calls: undefined, refused: false },
  { env: { CI: 'false' }, calls: abroad, refused: false },
  { env: { CI: '' }, calls: abroad, refused: false },
  { env: { CI: 'true', CALLPLAN_STORE: 's.db' }, calls: abroad, refused: false },
  { env: {}, calls: abroad, refused: false },
])('in $env, calling $calls without a named store is refused: $refused', async ({ env, calls, refused }) => {
  const path = resolved(calls === undefined ? {} : { calls }, env);
  if (!refused) await expect(path).resolves.toMatch(/\.db$/);
  else
    await expect(path).rejects.toMatchObject({
      ending: 'environment',
      message: expect.stringContaining('no store is named'),
    });
});

test('names a file by its place in the repository, and outside of one by its whole path', async () => {
  await using made = await world();
  const file = join(made.cwd, 'campaigns/clinic/campaign.yaml');
  expect(await repositoryPath(file, made.files)).toBe(file);
  await mkdir(join(made.cwd, '.git'));
  expect(await repositoryPath(file, made.files)).toBe('campaigns/clinic/campaign.yaml');
});
