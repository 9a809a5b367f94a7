import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Fields } from '../../src/model/value.ts';
import { wireFields } from '../../src/plan/desired.ts';
import { account, actionOf, key, served } from './situation.ts';

const word = fc.string({ minLength: 1 });
const name = fc.stringMatching(/^[a-z_]{1,8}$/);
const maybe = fc.option(fc.string(), { nil: null });

/** Everything that a campaign may declare of a workflow. */
const workflow: fc.Arbitrary<Fields> = fc
  .record(
    {
      name: word,
      workflow_type: fc.constantFrom('ROBOCALL', 'CONVERSATION'),
      message: fc
        .array(
          fc.oneof(
            word,
            name.map((variable) => ({ variable })),
          ),
          { minLength: 1 },
        )
        .map(($text) => ({ $text })),
      description: maybe,
      include_reply: fc.option(fc.boolean(), { nil: null }),
      option_one: maybe,
      option_two: maybe,
      call_back_url: maybe,
    },
    { requiredKeys: ['name', 'workflow_type', 'message'] },
  )
  .map((fields) => ({ ...fields }));

/** What a person may do in the dashboard. */
const edit: fc.Arbitrary<Fields> = fc
  .record(
    { name: word, message: word, description: maybe, include_reply: fc.boolean(), option_one: maybe },
    { requiredKeys: [] },
  )
  .map((fields) => ({ ...fields }));

test('a plan right after apply is empty, for every field, after creating, editing and changing the file', () => {
  fc.assert(
    fc.property(workflow, edit, workflow, fc.boolean(), (first, edited, second, withStore) => {
      const created = served(actionOf({ fields: first }));
      expect(actionOf({ fields: first, live: [created] }).kind).toBe('keep');

      const drifted = { ...created, fields: { ...created.fields, ...edited } };
      const bound = { resourceId: created.id, account: key, applied: wireFields(first, account.resource) };
      const wanted = { fields: second, ...(withStore ? { bound } : {}) };
      const action = actionOf({ ...wanted, live: [drifted] });
      const updated = action.kind === 'keep' ? drifted : served(action, drifted);
      expect(actionOf({ ...wanted, live: [updated] }).kind).toBe('keep');
    }),
  );
});

test('an update says nothing of fields that nobody changed', () => {
  fc.assert(
    fc.property(workflow, word, (fields, renamed) => {
      const created = served(actionOf({ fields }));
      const action = actionOf({ fields: { ...fields, name: renamed }, live: [created] });
      const paths = action.kind === 'update' ? action.changes.map(({ path }) => path) : [];
      expect(paths).toEqual(renamed === fields['name'] ? [] : ['name']);
    }),
  );
});
