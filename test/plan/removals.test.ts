import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Change } from '../../src/model/plan.ts';
import { isFields, isList, type Fields, type Value } from '../../src/model/value.ts';
import { appliedHash } from '../../src/plan/desired.ts';
import { diffFields, type DiffContext } from '../../src/plan/diff.ts';
import { removals } from '../../src/plan/removals.ts';
import { actionOf, causes, declared, key, served, type Wanted } from './situation.ts';

const at = { file: 'campaign.yaml', line: 12, col: 5 };
const webhook = { url: 'https://clinic.example', headers: { 'x-token': 'a' } };
const live = { webhooks: [{ ...webhook, headers: { 'x-token': 'a', 'x-second': 'b' }, filter: null, tags: [] }] };

function removed(file: Fields, context: Partial<DiffContext> = {}, written: Fields | undefined = file) {
  const known = { defaults: {}, secrets: new Map(), last: { kind: 'unknown' }, places: {}, ...context } as const;
  return removals({ declared: file, live, written }, known);
}

describe('what an update takes away', () => {
  test('is said by its path, with what it was and where the file says its list', () => {
    expect(removed({ webhooks: [webhook] }, { places: { webhooks: at } })).toEqual([
      { path: 'webhooks.0.headers.x-second', before: 'b', cause: 'unknown', at },
    ]);
    expect(removed({ webhooks: [{ url: 'u' }] }, { secretMembers: ['headers'] })).toEqual([
      { path: 'webhooks.0.headers', before: { 'x-token': '***', 'x-second': '***' }, cause: 'unknown' },
    ]);
  });

  test('is nothing where a list is of another length or one value, nothing was there, or nothing is written', () => {
    expect(removed({ webhooks: [] })).toEqual([]);
    expect(removed({ webhooks: null })).toEqual([]);
    expect(removed({ webhooks: [webhook] }, { whole: ['webhooks.*.headers'] })).toEqual([]);
    expect(removed({ webhooks: [webhook] }, {}, {})).toEqual([]);
    const none = { declared: {}, live, written: undefined };
    expect(removals(none, { defaults: {}, secrets: new Map(), last: { kind: 'never' }, places: {} })).toEqual([]);
  });

  test('is none of the provider’s defaults', () => {
    const context = {
      secrets: new Map(),
      last: { kind: 'never' },
      places: {},
      defaults: { voice: { speed: 1 } },
    } as const;
    const voices = { declared: {}, live: { voice: { speed: 1, pitch: 2 } }, written: { voice: {} } };
    expect(removals(voices, context).map(({ path }) => path)).toEqual(['voice.pitch']);
  });

  test.each([
    ['config', { kind: 'fields', fields: { webhooks: [{ headers: { 'x-second': 'b' } }] } }],
    ['drift', { kind: 'fields', fields: { webhooks: [webhook] } }],
    ['drift', { kind: 'hash', hash: appliedHash({ webhooks: [webhook] }) }],
    ['unknown', { kind: 'hash', hash: 'another' }],
    ['config', { kind: 'never' }],
  ] as const)('is %s where last was applied %j', (cause, last) => {
    expect(removed({ webhooks: [webhook] }, { last })).toMatchObject([{ cause }]);
  });

  test('with what differs is all that becomes of the fields', () => {
    const leaf = fc.constantFrom<Value>(1, 2, 'a');
    const item = fc.dictionary(fc.constantFrom('a', 'b', 'c'), leaf, { minKeys: 1 });
    const list = fc.array(fc.record({ url: leaf, headers: item }), { maxLength: 2 });
    fc.assert(
      fc.property(list, list, (before, after) => {
        const context = { defaults: {}, secrets: new Map(), last: { kind: 'never' }, places: {} } as const;
        const [was, file] = [{ hooks: before }, { hooks: after }];
        const changes = [
          ...diffFields(file, was, context),
          ...removals({ declared: file, live: was, written: file }, context),
        ];
        expect(changes.reduce<Value>(withChange, was)).toEqual(file);
      }),
    );
  });
});

describe('a plan', () => {
  const written: NonNullable<Wanted['codec']>['written'] = ({ fields }) => fields;
  const file = { ...declared, hooks: [{ url: 'u', token: 'a' }] };
  const dropped = { ...declared, hooks: [{ url: 'u' }] };
  const made = served(actionOf({ fields: file }));
  const there = { ...made, fields: { ...made.fields, hooks: file.hooks } };
  const bound = { resourceId: made.id, account: key, applied: actionOf({ fields: file }) };
  const known = { live: [there], codec: { written }, bound: { ...bound, applied: fieldsOf(bound.applied) } };

  test('takes away what the file dropped from an item of a list', () => {
    expect(causes(actionOf({ fields: dropped, ...known }))).toEqual(['hooks.0.token config']);
  });

  test('says what somebody added to an item only where the list is written anyway', () => {
    const more = { ...there, fields: { ...there.fields, hooks: [{ url: 'u', token: 'a', note: 'b' }] } };
    expect(actionOf({ fields: file, ...known, live: [more] }).kind).toBe('keep');
    const renamed = actionOf({ fields: { ...file, name: 'Renamed' }, ...known, live: [more] });
    expect(causes(renamed)).toEqual(['name config', 'hooks.0.note drift']);
  });
});

function fieldsOf(action: ReturnType<typeof actionOf>): Fields {
  if (!('fields' in action) || action.fields === undefined) throw new Error('no fields');
  return action.fields;
}

/** What the change makes of a value; without `after` it is taken away. */
function withChange(value: Value, { path, after }: Change): Value {
  return changed(value, path.split('.'), after) ?? null;
}

function changed(value: Value | undefined, path: readonly string[], after: Value | undefined): Value | undefined {
  const [step, ...rest] = path;
  if (step === undefined || value === undefined) return after;
  if (isList(value))
    return value.map((item, index) => (String(index) === step ? (changed(item, rest, after) ?? null) : item));
  if (!isFields(value)) return after;
  const { [step]: member, ...others }: Fields = value;
  const now = changed(member, rest, after);
  return now === undefined ? others : { ...others, [step]: now };
}
