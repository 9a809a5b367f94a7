import { globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { importTable, intlPlaces, packagePlaces, rootImports } from '../../scripts/import-table.ts';
import { version } from '../../src/version.ts';

type Manifest = { readonly version: string; readonly dependencies: Readonly<Record<string, string>> };

const root = join(import.meta.dirname, '../..');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;

test('every folder and file of src has a row in the import table', () => {
  const entries = readdirSync(join(root, 'src'), { withFileTypes: true });
  const rows = [...importTable.map(({ folder }) => folder), ...Object.keys(rootImports)];
  expect(entries.map(({ name }) => name).filter((name) => !rows.includes(name))).toEqual([]);
});

test('every dependency has its place in the import table', () => {
  expect(Object.keys(manifest.dependencies).filter((name) => !Object.hasOwn(packagePlaces, name))).toEqual([]);
});

test('every import that the table allows names a row', () => {
  const rows = new Set([...importTable.map(({ folder }) => folder), ...Object.keys(rootImports)]);
  const named = [
    ...importTable.flatMap(({ imports }) => imports).map((entry) => entry.replace(/\/.*/, '')),
    ...Object.values(packagePlaces)
      .flat()
      .map((place) => place.replace(/\/.*/, '')),
    ...intlPlaces.map((place) => place.replace(/\/.*/, '')),
  ];
  expect(named.filter((name) => !rows.has(name))).toEqual([]);
});

// `new Date()` reads the clock, and the linter cannot tell it from `new Date(atMs)`.
test('only src/system asks a new Date for the time', () => {
  const files = globSync('src/**/*.ts', { cwd: root }).filter((file) => !file.startsWith('src/system/'));
  expect(files.filter((file) => /new Date\(\s*\)/.test(readFileSync(join(root, file), 'utf8')))).toEqual([]);
});

test('the program says the version of the package', () => {
  expect(version).toBe(manifest.version);
});
