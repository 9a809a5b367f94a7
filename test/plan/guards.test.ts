import { expect, test } from 'vitest';
import type { Planned } from '../../src/model/plan.ts';
import { checkChanges } from '../../src/plan/guards.ts';
import { actionOf, declared, served } from './situation.ts';

const created = served(actionOf({ fields: declared }));
const renamed = { ...created, fields: { ...created.fields, name: 'Renamed' } };
const { mark: _, ...unmarked } = created;

const same: Planned = { kind: 'action', action: actionOf({ fields: declared, live: [created] }) };
const update: Planned = { kind: 'action', action: actionOf({ fields: declared, live: [renamed] }) };
const adopt: Planned = { kind: 'action', action: actionOf({ id: 'w-1', fields: declared, live: [unmarked] }) };
const create: Planned = { kind: 'action', action: actionOf({ fields: declared }) };
const again: Planned = {
  kind: 'action',
  action: {
    kind: 'create',
    address: 'a/b',
    request: { method: 'POST', url: 'u' },
    fields: {},
    changes: [],
    missing: 'w',
  },
};
const used: Planned = { kind: 'action', action: actionOf({ id: 'w-1', live: [unmarked] }) };
const conflict: Planned = { kind: 'conflict', conflict: { address: 'a/b', reason: { kind: 'not_found', id: 'w' } } };

function many(count: number, planned: Planned): readonly Planned[] {
  return Array.from({ length: count }, () => planned);
}

test('lets three of ten objects change, and no fourth', () => {
  expect(checkChanges([...many(7, same), ...many(3, update)])).toBeUndefined();
  expect(checkChanges([...many(6, same), ...many(4, update)])).toEqual({ changing: 4, of: 10, allowed: undefined });
});

test('lets few objects change as they like', () => {
  expect(checkChanges(many(9, update))).toBeUndefined();
});

test('takes as many changes as were acknowledged', () => {
  expect(checkChanges(many(12, update), 12)).toBeUndefined();
  expect(checkChanges(many(12, update), 11)).toEqual({ changing: 12, of: 12, allowed: 11 });
});

test('counts adopted objects and those to be created again, not new ones, used ones or conflicts', () => {
  expect(checkChanges([...many(5, adopt), ...many(5, again)])).toEqual({ changing: 10, of: 10, allowed: undefined });
  expect(
    checkChanges([...many(100, create), ...many(100, used), ...many(100, conflict), ...many(9, update)]),
  ).toBeUndefined();
});
