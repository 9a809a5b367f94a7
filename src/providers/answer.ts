/**
 * Reading parsed JSON without guessing: whatever is not as expected throws UnexpectedAnswer, which says shapes and
 * never values. Shared by the codecs of all providers.
 */
import { isObject, type JsonObject } from '../model/json.ts';
import type { Fields, Value } from '../model/value.ts';
import { UnexpectedAnswer } from './contract.ts';

export { isObject, type JsonObject };

/** Deeper than any documented answer; bounds recursion. */
const deepest = 64;

/** @throws UnexpectedAnswer */
export function asObject(value: unknown, expected: string): JsonObject {
  if (isObject(value)) return value;
  throw new UnexpectedAnswer(expected, shapeOf(value));
}

/** @throws UnexpectedAnswer */
export function asList(value: unknown, expected: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new UnexpectedAnswer(expected, shapeOf(value));
}

/** A string that is not empty. @throws UnexpectedAnswer */
export function asText(value: unknown, expected: string): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new UnexpectedAnswer(expected, shapeOf(value));
}

/** A whole number of at least 0. @throws UnexpectedAnswer */
export function asCount(value: unknown, expected: string): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  throw new UnexpectedAnswer(expected, shapeOf(value));
}

/** An object as the fields of a resource. @throws UnexpectedAnswer */
export function asFields(value: unknown, expected: string): Fields {
  return fieldsOf(asObject(value, expected), 0);
}

/** What a value is, in words that give nothing of it away. */
export function shapeOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (value === '') return 'an empty string';
  if (Array.isArray(value)) return `a list of ${String(value.length)}`;
  if (typeof value === 'object') return `an object with ${Object.keys(value).slice(0, 8).join(', ') || 'no members'}`;
  return `a ${typeof value}`;
}

function fieldsOf(value: JsonObject, depth: number): Fields {
  if ('$secret' in value || '$text' in value) {
    // Would be taken for a secret or a text of ours when it is sent back.
    throw new UnexpectedAnswer('plain JSON', 'an object with a member of a reserved name');
  }
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, valueOf(member, depth + 1)]));
}

function valueOf(value: unknown, depth: number): Value {
  if (depth > deepest) throw new UnexpectedAnswer('plain JSON', `more than ${String(deepest)} levels`);
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return value;
  if (Array.isArray(value)) return value.map((item: unknown) => valueOf(item, depth + 1));
  return fieldsOf(asObject(value, 'a JSON value'), depth);
}
