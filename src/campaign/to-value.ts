import type { Fields, Text, Value } from '../model/value.ts';
import type { Sourced, SourcedMap } from './sourced.ts';
import { joinPath } from './sourced.ts';

/** A map as data of requests: secrets by what they were written as. */
export function toFields(map: SourcedMap, without: readonly string[] = []): Fields {
  return fieldsOf(map, { without, path: '', texts: new Map() });
}

/** A resource's fields, with its lowered texts (by printed path) in their places; `id` is no field. */
export function toResource(map: SourcedMap, noun: string, texts: ReadonlyMap<string, Text>): Fields {
  return fieldsOf(map, { without: ['id'], path: noun, texts });
}

type Reading = {
  readonly without: readonly string[];
  readonly path: string;
  readonly texts: ReadonlyMap<string, Text>;
};

function fieldsOf(map: SourcedMap, { without, path, texts }: Reading): Fields {
  const kept = [...map.entries].filter(([key]) => !without.includes(key));
  const below = (key: string): Reading => ({ without: [], path: joinPath(path, key), texts });
  return Object.fromEntries(kept.map(([key, { value }]) => [key, valueOf(value, below(key))]));
}

function valueOf(node: Sourced, reading: Reading): Value {
  const text = reading.texts.get(reading.path);
  if (text !== undefined) return { $text: text };
  switch (node.kind) {
    case 'scalar':
      return node.secret === undefined ? node.value : { $secret: node.secret };
    case 'list':
      return node.items.map((item, index) => valueOf(item, { ...reading, path: joinPath(reading.path, index) }));
    case 'map':
      return fieldsOf(node, { ...reading, without: [] });
    case 'broken':
      return null;
  }
}
