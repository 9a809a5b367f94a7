import type { SourcedScalar, SourcedWhole } from './sourced.ts';

/** The most of a text that a finding quotes. */
const quoteLength = 40;

/** A value in words: `the text "50"`, `the number 3`, `a list of 2`. Secrets stay as written in the file. */
export function describeValue(node: SourcedWhole): string {
  switch (node.kind) {
    case 'scalar':
      return describeScalar(node);
    case 'list':
      return node.items.length === 0 ? 'an empty list' : `a list of ${String(node.items.length)}`;
    case 'map':
      return node.entries.size === 0 ? 'an empty map' : 'a map';
  }
}

/** A scalar as a finding quotes it. */
export function quoteScalar({ value }: SourcedScalar): string {
  if (typeof value !== 'string') return String(value);
  const line = value.replaceAll(/\s+/g, ' ');
  return JSON.stringify(line.length > quoteLength ? `${line.slice(0, quoteLength - 1)}…` : line);
}

/** What a JSON Schema `type` calls for, in words. */
export function wordForType(types: unknown): string {
  const words = [types].flat().map((type) => String(typeWords[String(type)]));
  return words.join(' or ');
}

const typeWords: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  object: 'a map',
  array: 'a list',
  null: 'null',
};

function describeScalar(node: SourcedScalar): string {
  if (node.value === '') return 'an empty text';
  if (node.value === null) return node.written === '' ? 'nothing' : 'null';
  return typeof node.value === 'string' ? `the text ${quoteScalar(node)}` : `${wordOf(node.value)} ${node.written}`;
}

function wordOf(value: number | boolean): string {
  return typeof value === 'number' ? 'the number' : 'the value';
}
