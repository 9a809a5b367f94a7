import { expect, test } from 'vitest';
import { singleBraces } from '../../src/campaign/single-braces.ts';
import type { Fields } from '../../src/model/value.ts';

const at = { file: 'campaign.yaml', line: 12, col: 3 };

function named(fields: Fields | undefined): readonly unknown[] {
  const resource = { noun: 'agent', at, places: { 'prompt.content': at }, ...(fields !== undefined && { fields }) };
  return singleBraces({ resource }, ['prompt.content', 'initial_message']);
}

test('a name between single braces is warned of once, where its text stands', () => {
  const content = { $text: ['Hello { name } and {name}, ', { variable: 'name' }, ' of {school}'] };
  expect(named({ prompt: { content } })).toEqual([
    { code: 'TEMPLATE_SINGLE_BRACES', args: { path: 'agent.prompt.content', name: 'name' }, at },
    { code: 'TEMPLATE_SINGLE_BRACES', args: { path: 'agent.prompt.content', name: 'school' }, at },
  ]);
  expect(named({ initial_message: 'I call for {school}.' })).toMatchObject([{ args: { name: 'school' } }]);
});

test('what only looks like one is none', () => {
  expect(named({ initial_message: 'Hello {{name}} ${name} {a b} {1} {} {"a": 1}', prompt: 'no map' })).toEqual([]);
  expect(named({ prompt: { content: null }, note: '{name}' })).toEqual([]);
  expect(named(undefined)).toEqual([]);
});
