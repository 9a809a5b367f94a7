import { describe, expect, test } from 'vitest';
import { conflictOf, actionOf, address, causes, changesOf, declared, key, served } from './situation.ts';
import { checkDeletes } from '../../src/plan/guards.ts';
import type { Action, Planned } from '../../src/model/plan.ts';
import { intron } from '../../src/providers/intron/index.ts';

const { resource } = intron.open({});
const created = served(actionOf({ fields: declared }));
const live = { ...created, mark: { address, applied: created.mark?.applied ?? '', store: '5707e001' } };
const { mark: _, ...unmarked } = live;
const fields = { ...declared, name: 'Reminder of the clinic', option_one: 'Yes' };
const fixed = { fixed: ['name'] };
const forgetting = { ...fixed, remove: { cannot: 'there is no request for it' } };

function replacing(action: Action): Action & { readonly kind: 'replace' } {
  if (action.kind !== 'replace') throw new Error(`action: ${action.kind}`);
  return action;
}

describe('a field that cannot be updated', () => {
  test('makes another object take the place of the old one, which is deleted', () => {
    const action = replacing(actionOf({ fields, live: [live], codec: fixed }));
    expect(action).toMatchObject({ id: 'w-1', fixed: ['name'], fields: { name: 'Reminder of the clinic' } });
    expect(causes(action)).toEqual(['name config', 'option_one config']);
    expect(action.lettingGo).toEqual({ how: 'delete', request: { method: 'DELETE', url: at('w-1') } });
    expect(action.request).toMatchObject({ method: 'POST', url: at() });
  });

  test('is only a matter of those that differ', () => {
    const codec = { fixed: ['workflow_type'] };
    expect(actionOf({ fields, live: [live], codec }).kind).toBe('update');
    expect(actionOf({ fields: declared, live: [live], codec: fixed }).kind).toBe('keep');
  });

  test('may be a member of one that is named', () => {
    const codec = { fixed: ['response_options'] };
    const nested = { ...declared, response_options: { first: 'Yes' } };
    expect(actionOf({ fields: nested, live: [live], codec })).toMatchObject({
      kind: 'replace',
      fixed: ['response_options.first'],
    });
  });

  test('makes the old object be forgotten where the provider cannot delete: the mark is taken off, nothing else', () => {
    const { lettingGo } = replacing(actionOf({ fields, live: [live], codec: forgetting }));
    expect(lettingGo).toMatchObject({ how: 'forget', why: 'there is no request for it', request: { method: 'PUT' } });
    const { name, option_one, description } = (lettingGo.request?.body ?? {}) as Record<string, unknown>;
    expect({ name, option_one, description }).toEqual({
      name: 'Clinic reminder',
      option_one: 'Confirm',
      description: '',
    });
  });

  test('leaves the store that ran the address in the mark of the new object', () => {
    const { request } = replacing(actionOf({ fields, live: [live], codec: fixed }));
    expect(JSON.stringify(request.body)).toContain('store:5707e001');
  });

  test('never deletes or writes what carries no mark of ours', () => {
    const bound = { resourceId: 'w-1', account: key, applied: declared };
    const action = replacing(actionOf({ fields, live: [unmarked], bound, codec: fixed }));
    expect(action.lettingGo).toEqual({ how: 'forget', why: 'it carries no mark of callplan' });
    expect(changesOf(action).map(({ path }) => path)).toEqual(['name', 'option_one']);
  });
});

describe('is in conflict over a field that cannot be updated', () => {
  const conflict = { kind: 'fixed_fields', id: 'w-1', paths: ['name'] };

  test('an object that the file names by its id', () => {
    expect(conflictOf({ id: 'w-1', fields, live: [live], codec: fixed })).toEqual({ ...conflict, why: 'named' });
  });

  test('an object without room for a mark', () => {
    const bound = { resourceId: 'w-1', account: key, applied: declared };
    const codec = { ...fixed, marks: false };
    expect(conflictOf({ fields, live: [unmarked], bound, codec })).toEqual({ ...conflict, why: 'unmarked' });
  });

  test('an object of a provider that can make no other', () => {
    const codec = { ...fixed, create: { cannot: 'made in the dashboard' } };
    expect(conflictOf({ fields, live: [live], codec })).toEqual({ ...conflict, why: 'cannot_create' });
  });
});

test('deletes have to be allowed by their exact number; what is forgotten counts for none', () => {
  const planned = (action: Action): Planned => ({ kind: 'action', action });
  const deleted = planned(actionOf({ fields, live: [live], codec: fixed }));
  const forgotten = planned(actionOf({ fields, live: [live], codec: forgetting }));
  const kept = planned(actionOf({ fields: declared, live: [live] }));
  expect(checkDeletes([deleted, forgotten, kept, deleted])).toEqual({ deleting: 2, allowed: undefined });
  expect(checkDeletes([deleted, deleted], 3)).toEqual({ deleting: 2, allowed: 3 });
  expect(checkDeletes([deleted, deleted], 2)).toBeUndefined();
  expect(checkDeletes([forgotten, kept])).toBeUndefined();
});

function at(id?: string): string {
  const { url } = resource.read.request(id ?? 'x');
  return id === undefined ? url.slice(0, -2) : url;
}
