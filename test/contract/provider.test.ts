import { describe, expect, test } from 'vitest';
import { providerSuite } from '../../src/provider-kit/suite.ts';
import { findProvider, providerNames } from '../../src/providers/registry.ts';
import { stands } from './stands.ts';

describe.each(providerNames)('%s', (name) => {
  const provider = findProvider(name);
  const stand = stands[name];
  if (provider === undefined || stand === undefined) throw new Error(`no stand for ${name}`);
  providerSuite(provider, stand, test);
});

test('every provider of the registry has a stand', () => {
  expect(Object.keys(stands).toSorted()).toEqual([...providerNames].toSorted());
});
