import type { Template } from '../model/template.ts';
import type { Fields, Text, Value } from '../model/value.ts';
import type { Sourced, SourcedMap } from './sourced.ts';
import { joinPath } from './sourced.ts';

/** Compiled texts by their printed paths. */
type Compiled = {
  readonly texts: ReadonlyMap<string, Text>;
  readonly templates: ReadonlyMap<string, Pick<Template, 'source'>>;
};

/** A map as data of requests: secrets by what they were written as. */
export function toFields(map: SourcedMap, without: readonly string[] = []): Fields {
  return fieldsOf(map, { without, path: '', compiled: { texts: new Map(), templates: new Map() } });
}

/** A resource's fields, with its lowered texts and the sources of its rendered ones in their places; `id` is no field. */
export function toResource(map: SourcedMap, noun: string, compiled: Compiled): Fields {
  return fieldsOf(map, { without: ['id'], path: noun, compiled });
}

type Reading = {
  readonly without: readonly string[];
  readonly path: string;
  readonly compiled: Compiled;
};

function fieldsOf(map: SourcedMap, { without, path, compiled }: Reading): Fields {
  const kept = [...map.entries].filter(([key]) => !without.includes(key));
  const below = (key: string): Reading => ({ without: [], path: joinPath(path, key), compiled });
  return Object.fromEntries(kept.map(([key, { value }]) => [key, valueOf(value, below(key))]));
}

function valueOf(node: Sourced, reading: Reading): Value {
  const text = reading.compiled.texts.get(reading.path);
  if (text !== undefined) return { $text: text };
  const template = reading.compiled.templates.get(reading.path);
  if (template !== undefined && isTextual(node)) return template.source;
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

/** Text, or `{file: PATH}` in its place: a number or null in the place of a text stays what it is. */
function isTextual(node: Sourced): boolean {
  return node.kind === 'map' || (node.kind === 'scalar' && typeof node.value === 'string');
}
