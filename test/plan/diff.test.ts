import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Fields } from '../../src/model/value.ts';
import { appliedHash, wireFields } from '../../src/plan/desired.ts';
import { diffFields, type DiffContext } from '../../src/plan/diff.ts';
import type { LastApplied } from '../../src/plan/cause.ts';
import { account, actionOf, causes, changesOf, declared, key, served } from './situation.ts';

const created = served(actionOf({ fields: declared }));

function diff(file: Fields, live: Fields, context: Partial<DiffContext> = {}) {
  return diffFields(file, live, { defaults: {}, secrets: new Map(), last: { kind: 'never' }, places: {}, ...context });
}

describe('a difference', () => {
  test('is none between equal things, whatever was applied', () => {
    const value: fc.Arbitrary<Fields> = fc.dictionary(
      fc.string(),
      fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<string>,
    );
    fc.assert(fc.property(value, (fields) => diff(fields, fields, { defaults: { a: 1 } }).length === 0));
  });

  test('is found deep inside, with the path and the place of the file', () => {
    const at = { file: 'campaign.yaml', line: 12, col: 5 };
    const file = { webhook: { url: 'https://new.example', tags: ['a', { on: true }] } };
    const live = { webhook: { url: 'https://old.example', tags: ['a', { on: false, id: 7 }], secret: 'x' }, other: 1 };
    expect(diff(file, live, { places: { 'webhook.tags': at } })).toEqual([
      { path: 'webhook.url', before: 'https://old.example', after: 'https://new.example', cause: 'config' },
      { path: 'webhook.tags.1.on', before: false, after: true, cause: 'config', at },
    ]);
  });

  test('of a list of another length is one of the list', () => {
    expect(diff({ tags: ['a', 'b'] }, { tags: ['a'] })).toEqual([
      { path: 'tags', before: ['a'], after: ['a', 'b'], cause: 'config' },
    ]);
    expect(diff({ tags: ['a'] }, {})).toEqual([{ path: 'tags', after: ['a'], cause: 'config' }]);
    expect(diff({ webhook: { url: 'u' } }, { webhook: null })).toEqual([
      { path: 'webhook.url', after: 'u', cause: 'config' },
    ]);
  });

  test('is one of the whole where a map is one value, so that a member taken out shows', () => {
    const live = { keywords: { anna: 1, bert: 2 }, tools: [{ schema: { a: 1, b: 2 } }] };
    const file = { keywords: { anna: 1 }, tools: [{ schema: { a: 1 } }] };
    expect(diff(file, live)).toEqual([]);
    expect(diff(file, live, { whole: ['keywords', 'tools.*.schema'] })).toEqual([
      { path: 'keywords', before: { anna: 1, bert: 2 }, after: { anna: 1 }, cause: 'config' },
      { path: 'tools.0.schema', before: { a: 1, b: 2 }, after: { a: 1 }, cause: 'config' },
    ]);
    expect(diff(live, live, { whole: ['keywords', 'tools.*.schema'] })).toEqual([]);
  });

  test('of a list in the file alone is no drift, whatever else its items hold over there', () => {
    const last = { kind: 'fields', fields: { tools: [{ type: 'hold' }] } } as const;
    const file = { tools: [{ type: 'hold' }, { type: 'end' }] };
    const [own] = diff(file, { tools: [{ type: 'hold', id: 7 }] }, { last });
    expect(own).toMatchObject({ path: 'tools', cause: 'config' });
    const [both] = diff(file, { tools: [{ type: 'dial', id: 7 }] }, { last });
    expect(both).toMatchObject({ path: 'tools', cause: 'both' });
  });

  test('in the file alone is known by the hash, whatever else the items of a list hold', () => {
    const applied = { tools: [{ type: 'hold' }] };
    const last = { kind: 'hash', hash: appliedHash(applied) } as const;
    const [change] = diff({ tools: [{ type: 'end' }] }, { tools: [{ type: 'hold', id: 7 }] }, { last });
    expect(change).toMatchObject({ path: 'tools.0.type', cause: 'config' });
  });

  test('is none between null, nothing and the default', () => {
    const defaults = { include_reply: false };
    expect(diff({ include_reply: false }, {}, { defaults })).toEqual([]);
    expect(diff({ include_reply: null }, { include_reply: false }, { defaults })).toEqual([]);
    expect(diff({ include_reply: true }, {}, { defaults })).toHaveLength(1);
    expect(diff({ note: null }, {})).toEqual([]);
    expect(diff({ note: '' }, { note: null })).toHaveLength(1);
  });

  test('of a secret is seen by its value and shows neither', () => {
    const file = { url: { $secret: '${env.HOOK}' } };
    const secrets = new Map([['${env.HOOK}', 'https://hook.example/1']]);
    expect(diff(file, { url: 'https://hook.example/1' }, { secrets })).toEqual([]);
    expect(diff(file, { url: 'https://hook.example/0' }, { secrets })).toEqual([
      { path: 'url', after: { $secret: '${env.HOOK}' }, cause: 'config' },
    ]);
    expect(diff(file, { url: 'https://hook.example/0' })).toEqual([]);
  });
});

describe('a cause', () => {
  const file = { name: 'new', message: 'same' };

  function causeOf(live: Fields, last: LastApplied, now: Fields = file) {
    return diff(now, live, { last }).map(({ path, cause }) => `${path} ${cause}`);
  }

  test.each([
    ['the file changed', { name: 'old' }, { name: 'old', message: 'same' }, 'name config'],
    ['the provider changed', { name: 'else' }, { name: 'new', message: 'same' }, 'name drift'],
    ['both changed', { name: 'else' }, { name: 'old', message: 'same' }, 'name both'],
    ['the field is new in the file', { name: 'else' }, { message: 'same' }, 'name config'],
  ])('is known from the store: %s', (_, live, fields, expected) => {
    expect(causeOf({ message: 'same', ...live }, { kind: 'fields', fields })).toEqual([expected]);
  });

  test('is known from the store inside of lists too', () => {
    const last: LastApplied = { kind: 'fields', fields: { tags: [{ on: true }] } };
    expect(causeOf({ tags: [{ on: false }] }, last, { tags: [{ on: true }] })).toEqual(['tags.0.on drift']);
  });

  test('is known from the mark alone, if only one side changed', () => {
    const drifted = { name: 'else', message: 'same' };
    expect(causeOf(drifted, { kind: 'hash', hash: appliedHash(file) })).toEqual(['name drift']);
    expect(causeOf(drifted, { kind: 'hash', hash: appliedHash(drifted) })).toEqual(['name config']);
    expect(causeOf(drifted, { kind: 'hash', hash: appliedHash({ name: 'old', message: 'same' }) })).toEqual([
      'name unknown',
    ]);
  });

  test('is known from the mark where live values are written otherwise and nested', () => {
    const before = { name: 'old', flags: { reply: false }, note: null };
    const now = { name: 'new', flags: { reply: false }, note: null };
    const last: LastApplied = { kind: 'hash', hash: appliedHash(before) };
    const changes = diff(now, { name: 'old', flags: {} }, { last, defaults: { flags: { reply: false } } });
    expect(changes.map(({ cause }) => cause)).toEqual(['config']);
  });

  test('is unknown without store and mark', () => {
    expect(causeOf({ name: 'else', message: 'same' }, { kind: 'unknown' })).toEqual(['name unknown']);
  });

  test('of a secret that is written as before is unknown', () => {
    const secret = { url: { $secret: '${env.HOOK}' } };
    const secrets = new Map([['${env.HOOK}', 'now']]);
    const last: LastApplied = { kind: 'fields', fields: secret };
    expect(diff(secret, { url: 'before' }, { secrets, last })).toMatchObject([{ cause: 'unknown' }]);
    const other: LastApplied = { kind: 'fields', fields: { url: { $secret: '${env.OLD}' } } };
    expect(diff(secret, { url: 'before' }, { secrets, last: other })).toMatchObject([{ cause: 'config' }]);
  });
});

describe('drift of each field of a workflow', () => {
  const drifted: Fields = {
    name: 'Renamed',
    description: 'Edited',
    workflow_type: 'CONVERSATION',
    message: 'Good day [patient_name]',
    include_reply: false,
    option_one: null,
    option_two: 'Maybe',
    call_back_url: 'https://elsewhere.example',
  };
  const full: Fields = {
    ...declared,
    description: 'Day before',
    option_two: 'Cancel',
    call_back_url: 'https://clinic.example/callback',
  };
  const live = served(actionOf({ fields: full }));

  test.each(Object.keys(drifted))('%s is seen and named, with a store and without', (field) => {
    const changed = { ...live, fields: { ...live.fields, [field]: drifted[field] ?? null } };
    const bound = { resourceId: live.id, account: key, applied: wireFields(full, account.resource) };
    expect(causes(actionOf({ fields: full, live: [changed], bound }))).toEqual([`${field} drift`]);
    expect(causes(actionOf({ fields: full, live: [changed] }))).toEqual([`${field} drift`]);
  });

  test('is left alone where the file does not declare the field', () => {
    const changed = { ...created, fields: { ...created.fields, option_two: 'Maybe', description: 'Edited' } };
    expect(actionOf({ fields: declared, live: [changed] }).kind).toBe('keep');
  });
});

describe('what the store remembers', () => {
  const bound = { resourceId: 'w-1', account: key, applied: wireFields(declared, account.resource) };

  test('is not believed where the mark says that something else was applied since', () => {
    const next = { ...declared, name: 'Reminder' };
    const elsewhere = served(actionOf({ fields: next, live: [created] }), created);
    expect(causes(actionOf({ fields: { ...declared, name: 'Third' }, live: [elsewhere], bound }))).toEqual([
      'name config',
    ]);
  });

  test('tells where there is no mark', () => {
    const { mark: _, ...unmarked } = created;
    const live = [{ ...unmarked, fields: { ...unmarked.fields, name: 'Renamed' } }];
    expect(causes(actionOf({ fields: declared, live, bound }))).toEqual(['name drift', '$mark drift']);
    const forgotten = { ...bound, applied: {} };
    expect(causes(actionOf({ fields: declared, live, bound: forgotten }))[0]).toBe('name config');
  });
});

test('a new resource shows every declared field', () => {
  const at = { file: 'campaign.yaml', line: 9, col: 9 };
  const changes = changesOf(actionOf({ fields: declared, places: { name: at } }));
  expect(changes.map(({ path }) => path)).toEqual(Object.keys(declared));
  expect(changes[0]).toEqual({ path: 'name', after: 'Clinic reminder', cause: 'config', at });
});

test('what is live below a secret member is not shown, wherever the difference stands', () => {
  const live = { hooks: [{ url: 'u', headers: { a: 'sk-1', b: null } }, { headers: [{ key: 'k', value: 'sk-2' }] }] };
  const whole = diff({ hooks: [] }, live, { secretMembers: ['headers'] });
  const [first] = live.hooks;
  const inside = diff(
    { hooks: [{ ...first, headers: { a: 'other' } }] },
    { hooks: [first ?? null] },
    { secretMembers: ['headers'] },
  );
  expect(whole[0]?.before).toEqual([
    { url: 'u', headers: { a: '***', b: null } },
    { headers: [{ key: '***', value: '***' }] },
  ]);
  expect(inside).toMatchObject([{ path: 'hooks.0.headers.a', before: '***' }]);
});
