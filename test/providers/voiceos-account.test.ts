import { expect, test } from 'vitest';
import { endings } from '../../src/providers/voiceos/outcome.ts';
import { voiceos } from '../../src/providers/voiceos/index.ts';
import { findProvider } from '../../src/providers/registry.ts';

test.each([
  [{}, 'https://api.voiceos.io', 'https://api.voiceos.io/agents?index=1&limit=100'],
  [{ base_url: 'http://127.0.0.1:4010/' }, 'http://127.0.0.1:4010', 'http://127.0.0.1:4010/agents?index=1&limit=100'],
  [
    { base_url: 'https://proxy.example/voice' },
    'https://proxy.example',
    'https://proxy.example/voice/agents?index=1&limit=100',
  ],
])('with %j the credential goes to %s and no other', (options, origin, url) => {
  const account = voiceos.open(options);
  expect(account.origins).toEqual([origin]);
  expect(account.headers('key')).toEqual({ authorization: 'Bearer key' });
  expect('request' in account.resource.list && account.resource.list.request().url).toBe(url);
});

test('is found by its name', () => {
  expect(findProvider('voiceos')).toBe(voiceos);
});

test('says of every ending what it becomes', () => {
  for (const [ending, outcome] of Object.entries(endings)) {
    expect(voiceos.facts.outcomes).toContainEqual({ sign: expect.stringContaining(ending), outcome });
  }
  expect(voiceos.check({ options: {}, resource: {}, call: [] })).toEqual([]);
});
