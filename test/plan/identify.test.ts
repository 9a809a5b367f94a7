import { describe, expect, test } from 'vitest';
import type { Live } from '../../src/model/plan.ts';
import type { Bound } from '../../src/plan/identify.ts';
import { actionOf, address, causes, conflictOf, declared, key, served } from './situation.ts';

const created = served(actionOf({ fields: declared }));
const marked = (id: string, at = address): Live => ({
  ...created,
  id,
  mark: { address: at, applied: '0123456789abcdef' },
});
const { mark: _, ...unmarked } = created;
const applied = declared;
const bound = (resourceId: string, changes: Partial<Bound> = {}): Bound => ({
  resourceId,
  account: key,
  applied,
  ...changes,
});

describe('without an id in the file', () => {
  test('creates what is not there', () => {
    expect(actionOf({ fields: declared })).toMatchObject({ kind: 'create', address });
  });

  test('knows its object by the mark, without a store', () => {
    expect(actionOf({ fields: declared, live: [created] })).toMatchObject({ kind: 'keep', id: 'w-1' });
  });

  test('never touches an object without our mark, whatever it looks like', () => {
    expect(actionOf({ fields: declared, live: [{ ...unmarked, id: 'theirs' }] }).kind).toBe('create');
  });

  test('never touches an object that it only used before', () => {
    const used = { resourceId: 'w-1', account: key };
    expect(actionOf({ fields: declared, live: [unmarked], bound: used }).kind).toBe('create');
  });

  test('never touches an object of another address', () => {
    expect(actionOf({ fields: declared, live: [marked('w-9', 'recall/default')] }).kind).toBe('create');
  });

  test('creates again what was bound and is gone, and says so', () => {
    expect(actionOf({ fields: declared, bound: bound('w-7') })).toMatchObject({ kind: 'create', missing: 'w-7' });
  });

  test('misses nothing of another account', () => {
    const elsewhere = bound('w-7', { account: 'intron http://127.0.0.1:4010' });
    expect(actionOf({ fields: declared, bound: elsewhere })).not.toHaveProperty('missing');
  });

  test('takes a removed mark of a bound object for drift', () => {
    const action = actionOf({ fields: declared, live: [unmarked], bound: bound('w-1') });
    expect(action.kind).toBe('update');
    expect(causes(action)).toEqual(['$mark drift']);
  });

  test('misses no mark where the provider has no room for one', () => {
    const action = actionOf({ fields: declared, live: [unmarked], bound: bound('w-1'), codec: { marks: false } });
    expect(action.kind).toBe('keep');
  });

  test('follows the mark where the bound object is gone, as a crash after creating leaves it', () => {
    expect(actionOf({ fields: declared, live: [created], bound: bound('w-0') }).kind).toBe('keep');
  });

  test('is in conflict where two objects carry its mark', () => {
    expect(conflictOf({ fields: declared, live: [marked('w-2'), marked('w-1')] })).toEqual({
      kind: 'two_objects',
      ids: ['w-1', 'w-2'],
    });
  });

  test('counts an object that is listed twice once', () => {
    expect(actionOf({ fields: declared, live: [created, created] }).kind).toBe('keep');
  });

  test('is in conflict where mark and store name two objects', () => {
    const live = [created, { ...unmarked, id: 'w-2' }];
    expect(conflictOf({ fields: declared, live, bound: bound('w-2') })).toEqual({
      kind: 'other_id',
      bound: 'w-2',
      id: 'w-1',
    });
  });

  test('is in conflict where the bound object carries the mark of another address', () => {
    expect(conflictOf({ fields: declared, live: [marked('w-1', 'recall/default')], bound: bound('w-1') })).toEqual({
      kind: 'other_address',
      id: 'w-1',
      mark: 'recall/default',
    });
  });

  test('asks for an id where the provider cannot create', () => {
    const codec = { create: { cannot: 'use cases are made in the dashboard' } };
    expect(conflictOf({ fields: declared, codec })).toEqual({
      kind: 'cannot_create',
      why: 'use cases are made in the dashboard',
    });
  });
});

describe('with an id in the file', () => {
  const id = 'w-1';

  test('uses an object and never writes it, whoever it belongs to', () => {
    const kept = { kind: 'keep', address, id, why: 'unmanaged' };
    expect(actionOf({ id, live: [unmarked] })).toEqual(kept);
    expect(actionOf({ id, live: [marked(id, 'recall/default')] })).toEqual(kept);
    expect(
      actionOf({ id, live: [unmarked, { ...unmarked, id: 'w-2' }], bound: { resourceId: 'w-2', account: key } }),
    ).toEqual(kept);
  });

  test('adopts an object where fields are declared as well', () => {
    const action = actionOf({ id, fields: declared, live: [unmarked] });
    expect(action).toMatchObject({ kind: 'adopt', id, changes: [] });
    expect(action.kind === 'adopt' && action.request.method).toBe('PUT');
  });

  test('says of an adopted object that all differences come from the file', () => {
    expect(causes(actionOf({ id, fields: { ...declared, name: 'Reminder' }, live: [unmarked] }))).toEqual([
      'name config',
    ]);
  });

  test('keeps what it adopted already', () => {
    const adopted = served(actionOf({ id, fields: declared, live: [unmarked] }), unmarked);
    expect(actionOf({ id, fields: declared, live: [adopted] })).toMatchObject({ kind: 'keep', id });
    expect(causes(actionOf({ id, fields: declared, live: [unmarked], bound: bound(id) }))).toEqual(['$mark drift']);
  });

  test('has no cause to tell where the provider has no room for a mark and no store remembers', () => {
    const codec = { marks: false };
    expect(actionOf({ id, fields: declared, live: [unmarked], codec })).toMatchObject({ kind: 'keep', id });
    const renamed = actionOf({ id, fields: { ...declared, name: 'Reminder' }, live: [unmarked], codec });
    expect(causes(renamed)).toEqual(['name unknown']);
  });

  test('is in conflict where there is no such object', () => {
    expect(conflictOf({ id, live: [] })).toEqual({ kind: 'not_found', id });
    expect(conflictOf({ id, fields: declared, live: [] })).toEqual({ kind: 'not_found', id });
  });

  test('is in conflict where the mark names another address', () => {
    const live = [marked(id, 'recall/default')];
    expect(conflictOf({ id, fields: declared, live })).toEqual({ kind: 'other_address', id, mark: 'recall/default' });
  });

  test('is in conflict where the store or a mark knows another object of ours', () => {
    const other = { kind: 'other_id', bound: 'w-2', id };
    expect(
      conflictOf({ id, fields: declared, live: [unmarked, { ...unmarked, id: 'w-2' }], bound: bound('w-2') }),
    ).toEqual(other);
    expect(conflictOf({ id, fields: declared, live: [unmarked, marked('w-2')] })).toEqual(other);
  });
});

test('a campaign with neither id nor fields is a bug of ours', () => {
  expect(() => actionOf({})).toThrow('neither an id nor fields');
});
