import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseJson } from '../../../src/input/rows/json-text.ts';
import type { JsonValue } from '../../../src/input/rows/json-text.ts';

function plain(value: JsonValue): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, one]) => [key, plain(one)]));
  if ('number' in value) return Number(value.number);
  return (value as readonly JsonValue[]).map(plain);
}

test('what JSON.stringify writes is read as JSON.parse reads it', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      const parsed = parseJson(text);
      // A key may stand twice in what JSON.parse takes; fast-check writes none.
      expect(parsed.kind === 'value' ? plain(parsed.value) : parsed).toEqual(JSON.parse(text));
    }),
  );
});

test('what JSON.parse refuses is refused, at the same or an earlier place', () => {
  const broken = fc
    .tuple(fc.json(), fc.nat(), fc.constantFrom('', ',', '}', '"', '01', '\u0001', '\\'))
    .map(([text, at, piece]) => text.slice(0, at % (text.length + 1)) + piece + text.slice(at % (text.length + 1)));
  fc.assert(
    fc.property(broken, (text) => {
      let isJson = true;
      try {
        JSON.parse(text);
      } catch {
        isJson = false;
      }
      if (!isJson) expect(parseJson(text).kind).toBe('failed');
    }),
  );
});

test('numbers keep their digits', () => {
  expect(parseJson('[2348031234567890123, 1.50, 2.34803E+12]')).toEqual({
    kind: 'value',
    value: [{ number: '2348031234567890123' }, { number: '1.50' }, { number: '2.34803E+12' }],
  });
});

test.each([
  ['{"a": 1, "a": 2}', 9, 'a key stands twice in one object'],
  ['[1,]', 3, 'no value begins so'],
  ['{"a": 1} x', 9, 'something stands behind its end'],
  ['{a: 1}', 1, 'a text in double quotes was expected'],
  ['[1', 2, 'a comma or ] was expected'],
  ['', 0, 'it ends too early'],
  ['"tab\there"', 0, 'a text in double quotes was expected'],
  ['['.repeat(65), 64, 'lists and objects are more than 64 deep'],
])('%j is refused at %i: %s', (text, offset, problem) => {
  expect(parseJson(text)).toEqual({ kind: 'failed', offset, problem });
});

test('a text of a megabyte is read', () => {
  const parsed = parseJson(JSON.stringify({ note: `"é\\${'x'.repeat(1_000_000)}` }));
  expect(parsed.kind).toBe('value');
});
