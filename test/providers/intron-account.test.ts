import { expect, test } from 'vitest';
import { intron } from '../../src/providers/intron/index.ts';
import { findProvider, providerNames } from '../../src/providers/registry.ts';

const convobot = 'https://convobot.intron.health/voicebot/v1/call';

/** Where calls of both types go. */
function callUrls(options: Readonly<Record<string, string>>): readonly string[] {
  const { calls } = intron.open(options);
  const call = { resourceId: 'w', phone: '+2348031234567', reference: 'r', variables: {}, options: {} };
  return ['ROBOCALL', 'CONVERSATION'].map(
    (type) => calls.place.request({ calls: [call], resource: { workflow_type: type, message: 'Hello' } }).url,
  );
}

test.each([
  ['the two hosts of the pages', {}, ['https://voicebot.intron.health/voicebot/v1/call', convobot]],
  [
    'a proxy for the first host only',
    { base_url: 'https://proxy.example/v1/' },
    ['https://proxy.example/v1/call', convobot],
  ],
  [
    'a sandbox for both',
    { base_url: 'http://127.0.0.1:4010/v1' },
    ['http://127.0.0.1:4010/v1/call', 'http://127.0.0.1:4010/v1/call'],
  ],
  [
    'one call_url for both',
    { call_url: 'https://calls.example/c' },
    ['https://calls.example/c', 'https://calls.example/c'],
  ],
])('places calls at %s', (_, options, urls) => {
  expect(callUrls(options)).toEqual(urls);
});

test('sends the credential to the hosts of its urls and no other', () => {
  expect(intron.open({}).origins).toEqual(['https://voicebot.intron.health', 'https://convobot.intron.health']);
  expect(intron.open({ base_url: 'http://localhost:4010' }).origins).toEqual(['http://localhost:4010']);
  expect(intron.open({}).headers('key')).toEqual({ authorization: 'Bearer key' });
});

test('finds fault with a description that holds a line like our mark', () => {
  const check = (description: string | null) =>
    intron
      .check({ options: {}, resource: { description }, call: [] })
      .map(({ path, diagnostic }) => [path, diagnostic.code]);
  expect(check('Reminders\n[callplan:1 a/b sha256:0123456789abcdef store:-]\n')).toEqual([
    ['description', 'VALUE_FORM'],
  ]);
  expect(check('Reminders')).toEqual([]);
  expect(check(null)).toEqual([]);
  expect(intron.check({ options: {}, resource: undefined, call: [] })).toEqual([]);
});

test('is found by its name', () => {
  expect(providerNames).toEqual(['intron', 'happyrobot', 'voiceos', 'vocode']);
  expect(findProvider('intron')).toBe(intron);
  expect(findProvider('nobody')).toBeUndefined();
});
