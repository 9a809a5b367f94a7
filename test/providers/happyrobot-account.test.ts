import { describe, expect, test } from 'vitest';
import type { Fields } from '../../src/model/value.ts';
import { wireFields } from '../../src/plan/desired.ts';
import { isAble, UnexpectedAnswer } from '../../src/providers/contract.ts';
import { happyrobot } from '../../src/providers/happyrobot/index.ts';
import { secretValues } from '../../src/remote/secret-values.ts';

const base = 'https://app.happyrobot.ai/api/v1';
const { resource } = happyrobot.open({});
const id = '65f2c01e9a4b7d3308e1f6c2';
const mark = { address: 'freight-check-calls/prod', applied: '0123456789abcdef' };
const header = { key: 'x-secret', value: 'shh' };

function read(fields: Fields) {
  return resource.read.answer({ id, organization_id: 'o-1', ...fields }, id);
}

function written(fields: Fields, live: Fields) {
  return resource.update.request({ id, live: read(live), fields: wireFields(fields, resource), mark });
}

describe('a use case', () => {
  test('is read without what HappyRobot sets and without what no page names', () => {
    expect(read({ name: 'Check call', amd: true, version: 3 })).toEqual({
      id,
      fields: { name: 'Check call', amd: true },
    });
    expect(resource.read.request('a/b')).toEqual({ method: 'GET', url: `${base}/use-cases/a%2Fb` });
  });

  test('is written field by field, without a mark', () => {
    expect(written({ name: 'Renamed', amd: false }, { name: 'Check call', language: 'en-US' })).toEqual({
      method: 'PATCH',
      url: `${base}/use-cases/${id}`,
      body: { name: 'Renamed', amd: false },
    });
    expect(resource).toMatchObject({ marks: false, fixed: [], defaults: { max_duration_mins: 10 } });
  });

  test('keeps what is live in a map, and takes it out of the items of a list', () => {
    const live = {
      params: { carrier: 'Ours', load: { from: 'Joliet' } },
      sample_labels: [{ name: 'late', color: 'red' }],
    };
    const declared = { params: { load: { to: 'Omaha' } }, sample_labels: [{ name: 'late' }], amd: null };
    const after = { ...declared, params: { carrier: 'Ours', load: { from: 'Joliet', to: 'Omaha' } } };
    expect(written(declared, live).body).toEqual(after);
    expect(resource.written?.({ id, live: read(live), fields: declared, mark })).toEqual(after);
  });

  test('cannot be made, listed or removed', () => {
    const { list, create, remove } = resource;
    for (const capability of [list, create, remove]) expect(isAble(capability)).toBe(false);
    expect(create).toMatchObject({ cannot: expect.stringContaining('name its id') });
  });

  test('has texts of its own: none is a template of ours', () => {
    const { print, parse, placeholders, byHand } = resource;
    expect(placeholders({ id, fields: { name: '{{driver}}' } })).toEqual([]);
    expect(print(['Hello ', { variable: 'driver' }], {})).toBe('Hello {{driver}}');
    expect(parse('Hello {{driver}}', {})).toEqual(['Hello {{driver}}']);
    expect(byHand({})).toEqual([]);
    expect(happyrobot.hasPlaceholder('{{driver}}', {})).toBe(false);
  });

  test.each([
    ['a list', []],
    ['no id', { name: 'Check call' }],
    ['an empty id', { id: '' }],
  ])('takes %s for unexpected', (_, body) => {
    expect(() => resource.read.answer(body, id)).toThrow(UnexpectedAnswer);
  });
});

describe('the hooks of a use case', () => {
  const [one, two] = [{ url: 'https://freight.example/1' }, { url: 'https://freight.example/2', headers: [header] }];
  const wireOne = { ...one, headers: [] };

  test('are read as a list, whichever generation has them', () => {
    expect(read({ hooks: [one, two] }).fields).toEqual({ hooks: [wireOne, two] });
    expect(read({ hooks: null }).fields).toEqual({ hooks: null });
    expect(read({ hook: one }).fields).toEqual({ hooks: [wireOne], hook: one });
    expect(read({ hook: null }).fields).toEqual({ hooks: [], hook: null });
    expect(read({ hooks: ['no hook'] }).fields).toEqual({ hooks: ['no hook'] });
  });

  test.each<[string, Fields, Fields, Fields]>([
    ['hooks to an account that has hooks', { hooks: [one, two] }, { hooks: [] }, { hooks: [wireOne, two] }],
    ['hook to an account that has hooks', { hook: two }, { hooks: [] }, { hooks: [two] }],
    ['hook to an account that has one', { hook: two }, { hook: null }, { hook: two }],
    ['hooks to an account that has one', { hooks: [one] }, { hook: null }, { hook: wireOne }],
    ['no hook to an account that has one', { hook: null }, { hook: two }, { hook: null }],
    ['two to an account that has room for one', { hooks: [one, two] }, { hook: null }, { hooks: [wireOne, two] }],
  ])('are written: %s', (_, declared, live, body) => {
    expect(written(declared, live).body).toEqual(body);
  });

  test('are said once', () => {
    const check = (fields: Fields | undefined) =>
      happyrobot
        .check({ options: {}, resource: fields, call: [] })
        .map(({ path, diagnostic }) => [path, diagnostic.code]);
    expect(check({ hook: one, hooks: [] })).toEqual([['hook', 'KEY_REFUSED']]);
    expect(check({ hook: one })).toEqual([]);
    expect(check(undefined)).toEqual([]);
  });

  test('have secrets in their headers, in answers to calls too', () => {
    const answer = { id: 'c-1', use_case: { id, hooks: [two] }, params: { value: 'not secret' } };
    expect(secretValues(answer, happyrobot.secretMembers)).toContain('shh');
    expect(secretValues(answer, happyrobot.secretMembers)).not.toContain('not secret');
  });
});

test('sends the credential to the host of its url and no other', () => {
  expect(happyrobot.open({}).origins).toEqual(['https://app.happyrobot.ai']);
  const own = happyrobot.open({ base_url: 'http://localhost:4010/api/v1/' });
  expect(own.origins).toEqual(['http://localhost:4010']);
  expect(own.resource.read.request(id).url).toBe(`http://localhost:4010/api/v1/use-cases/${id}`);
  expect(own.headers('key')).toEqual({ authorization: 'Bearer key' });
});

test.each([
  [{ message: 'no such number' }, 'no such number'],
  [{ error: 'Bad Request', statusCode: 400 }, 'Bad Request'],
  [{ detail: 'not found' }, 'not found'],
  [{ error: { code: 7 }, message: '' }, undefined],
  ['text', undefined],
])('explains %j', (body, words) => {
  expect(happyrobot.open({}).explain(body)).toBe(words);
});
