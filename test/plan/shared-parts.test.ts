import { expect, test } from 'vitest';
import type { Live } from '../../src/model/plan.ts';
import type { Fields } from '../../src/model/value.ts';
import { actionOf, declared, served, type Wanted } from './situation.ts';

const created = served(actionOf({ fields: declared }));
const changed = { ...declared, option_one: 'I come' };

/** Workflows that say in `description` which voice they point to. */
const parts = {
  of: ({ description }: Fields) => (typeof description === 'string' ? [{ path: 'voice', id: description }] : []),
  changedBy: () => [{ path: 'voice', id: 'v-1' }],
};

function sharedOf(others: readonly Live[], wanted: Partial<Wanted> = {}) {
  const action = actionOf({ fields: changed, live: [created, ...others], codec: { parts }, ...wanted });
  return action.kind === 'update' ? action.shared : [];
}

test('an update names whom it changes an object for as well, by id', () => {
  const users = [
    { id: 'w-9', fields: { description: 'v-1' } },
    { id: 'w-2', fields: { name: 'Survey', description: 'v-1' }, mark: { address: 'survey/prod', applied: 'a' } },
    { id: 'w-3', fields: { name: 'Other', description: 'v-2' } },
    { id: 'w-4', fields: { name: 'None' } },
  ];
  expect(sharedOf(users)).toEqual([
    { path: 'voice', id: 'v-1', users: [{ id: 'w-2', name: 'Survey', address: 'survey/prod' }, { id: 'w-9' }] },
  ]);
});

test('an update says nothing of what nobody else points to', () => {
  const own = { ...created, fields: { ...created.fields, description: 'v-1' } };
  expect(sharedOf([], { live: [own] })).toBeUndefined();
  expect(sharedOf([{ id: 'w-2', fields: { description: 'v-2' } }])).toBeUndefined();
});
