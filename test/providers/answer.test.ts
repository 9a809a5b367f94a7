import { expect, test } from 'vitest';
import { asCount, asFields, asList, asObject, asText, shapeOf } from '../../src/providers/answer.ts';
import { UnexpectedAnswer } from '../../src/providers/contract.ts';

test.each([
  [undefined, 'nothing'],
  [null, 'null'],
  ['', 'an empty string'],
  ['Ada', 'a string'],
  [7, 'a number'],
  [true, 'a boolean'],
  [['Ada'], 'a list of 1'],
  [{}, 'an object with no members'],
  [{ name: 'Ada', phone: '+2348031234567' }, 'an object with name, phone'],
])('%j is told as %j', (value, shape) => {
  expect(shapeOf(value)).toBe(shape);
});

test('what is expected is given back, anything else is not guessed at', () => {
  expect(asObject({ a: 1 }, 'an object')).toEqual({ a: 1 });
  expect(asList([1], 'a list')).toEqual([1]);
  expect(asText('Ada', 'a name')).toBe('Ada');
  expect(asCount(0, 'a count')).toBe(0);
  for (const wrong of [1.5, -1, '1', Number.NaN]) expect(() => asCount(wrong, 'a count')).toThrow(UnexpectedAnswer);
  expect(() => asObject([], 'an object')).toThrow('expected an object, found a list of 0');
  expect(() => asList({}, 'a list')).toThrow(UnexpectedAnswer);
  expect(() => asText('', 'a name')).toThrow('expected a name, found an empty string');
});

test('fields are read with everything in them', () => {
  const fields = { name: 'a', flags: [true, null, 1.5, { deep: ['x'] }] };
  expect(asFields(fields, 'a workflow')).toEqual(fields);
  expect(Object.keys(asFields(JSON.parse('{"__proto__": {"a": 1}}'), 'a workflow'))).toEqual(['__proto__']);
});

test('fields that could be taken for ours, or never end, are refused', () => {
  expect(() => asFields({ a: { $secret: 'x' } }, 'a workflow')).toThrow(UnexpectedAnswer);
  expect(() => asFields({ a: [{ $text: [] }] }, 'a workflow')).toThrow(UnexpectedAnswer);
  const deep: unknown = JSON.parse(`${'['.repeat(100)}${']'.repeat(100)}`);
  expect(() => asFields({ deep }, 'a workflow')).toThrow('more than 64 levels');
  expect(() => asFields({ a: () => 1 }, 'a workflow')).toThrow(UnexpectedAnswer);
});
