import { expect, test } from 'vitest';
import { printMark } from '../../src/model/mark.ts';
import type { Fields } from '../../src/model/value.ts';
import { vocode } from '../../src/providers/vocode/index.ts';

test('sends the credential to the host of its url and no other', () => {
  expect(vocode.open({}).origins).toEqual(['https://api.vocode.dev']);
  const { origins, headers, resource } = vocode.open({ base_url: 'http://127.0.0.1:4010/proxy/' });
  expect(origins).toEqual(['http://127.0.0.1:4010']);
  expect(resource.read.request('a').url).toBe('http://127.0.0.1:4010/proxy/v1/agents?id=a');
  expect(headers('key')).toEqual({ authorization: 'Bearer key' });
});

test.each([
  [{ detail: 'Not authenticated' }, 'Not authenticated'],
  [
    {
      detail: [
        { loc: ['body', 'prompt', 'content'], msg: 'Field required', type: 'missing' },
        { loc: ['body'], msg: 'Input should be an object', type: 'model_type' },
        { msg: 'Wrong' },
        { loc: ['query', 'id'] },
        'x',
      ],
    },
    'prompt.content: Field required; Input should be an object; Wrong',
  ],
  [{ detail: [] }, undefined],
  [{ detail: '' }, undefined],
  [{ message: 'x' }, undefined],
  ['<html>', undefined],
])('explains an error by its detail: %j', (body, words) => {
  expect(vocode.open({}).explain(body)).toBe(words);
});

test.each<readonly [Fields | undefined, readonly string[]]>([
  [undefined, []],
  [{ name: 'Leads', prompt: { content: { $text: ['Hello ', { variable: 'first_name' }] } } }, []],
  [{ prompt: '3c90c3cc-0d44-4b50-8888-8dd25736052a' }, []],
  [
    { prompt: { content: { $text: [{ variable: 'First Name' }, { variable: 'ok' }] } } },
    ['prompt.content "First Name"'],
  ],
  [
    { name: `Leads ${printMark({ address: 'a/b', applied: '0123456789abcdef' })}` },
    ['name [callplan:1 a/b sha256:0123456789abcdef store:-]'],
  ],
])(
  'finds fault with what would be read as a mark, and with names that Vocode may not fill in: %j',
  (resource, found) => {
    const findings = vocode.check({ options: {}, resource, call: [] });
    expect(findings.map(({ path, diagnostic: { args } }) => `${path} ${'found' in args ? args.found : ''}`)).toEqual(
      found,
    );
  },
);
