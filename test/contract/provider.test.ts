import { readFile } from 'node:fs/promises';
import { afterAll, describe, expect, test } from 'vitest';
import { providerSuite } from '../../src/provider-kit/suite.ts';
import { findProvider, providerNames } from '../../src/providers/registry.ts';
import { overHttp } from './over-http.ts';
import { stands } from './stands.ts';

describe.each(providerNames)('%s', (name) => {
  const provider = findProvider(name);
  const stand = stands[name];
  if (provider === undefined || stand === undefined) throw new Error(`no stand for ${name}`);

  describe('in process', () => {
    providerSuite(provider, stand, test);
  });

  describe('over HTTP', () => {
    const served = overHttp(stand);
    afterAll(served.close);
    providerSuite(provider, served.stand, test);
  });

  test('is tried with every field of its schema', async () => {
    const schema = new URL(`../../schema/${provider.schema}`, import.meta.url);
    const { $defs } = JSON.parse(await readFile(schema, 'utf8')) as {
      readonly $defs: Readonly<Record<string, { readonly properties: object }>>;
    };
    const { fixed } = provider.open(stand.options).resource;
    const fields = Object.keys($defs[provider.noun]?.properties ?? {}).filter((field) => field !== 'id');
    // Where a field tells kinds of resources apart, each kind is a resource of the stand.
    const tried = new Set([
      ...Object.keys(stand.change),
      ...fixed,
      ...Object.values(stand.resources).flatMap(Object.keys),
    ]);
    expect(fields.filter((field) => !tried.has(field))).toEqual([]);
  });
});

test('every provider of the registry has a stand', () => {
  expect(Object.keys(stands).toSorted()).toEqual([...providerNames].toSorted());
});
