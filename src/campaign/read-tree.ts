import { isAlias, isMap, isScalar, isSeq } from 'yaml';
import type { Alias, Document, LineCounter, ParsedNode, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { nearest } from '../model/nearest.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Place } from '../model/place.ts';
import type { Entry, Sourced, SourcedMap, SourcedScalar } from './sourced.ts';
import { readLossyNumber } from './lossy-number.ts';
import { correctLine, lineAround, quoteStretch } from './traps.ts';

/** How deep values may nest, and aliases may lead to aliases. */
export const depthLimit = 64;

/** How many values aliases may add to a file: far more than a person writes, far less than a bomb makes. */
const expansionLimit = 10_000;

/** Anchors among which a misspelt alias is looked for. */
const suggestionLimit = 200;

export type TreeSource = { readonly file: string; readonly text: string; readonly lines: LineCounter };

/** Turns a parsed document into values with places: aliases and merge keys resolved, duplicate keys and traps found. */
export function readTree(
  source: TreeSource,
  document: Document.Parsed,
): { readonly root?: SourcedMap; readonly diagnostics: readonly Diagnostic[] } {
  const reading: Reading = {
    ...source,
    diagnostics: [],
    reported: new Set(),
    anchors: new Map(),
    anchoredKeys: new Map(),
    open: new Set(),
    through: [],
    added: 0,
  };
  const root = readNode(reading, document.contents, { file: source.file, line: 1, col: 1 });
  if (root.kind === 'map') return { root, diagnostics: reading.diagnostics };
  if (root.kind !== 'broken')
    report(reading, { code: 'YAML_ROOT', args: { found: root.kind }, at: firstLine(root.place) });
  return { diagnostics: reading.diagnostics };
}

type Reading = TreeSource & {
  readonly diagnostics: Diagnostic[];
  /** Code and place of each finding. */
  readonly reported: Set<string>;
  /** The latest node of each anchor, in the order of the text. */
  readonly anchors: Map<string, ParsedNode>;
  /** Keys that have an anchor, by it: they can be repeated, but nobody means that. */
  readonly anchoredKeys: Map<string, Key>;
  /** Nodes that are being read: an alias to one of them would never end. */
  readonly open: Set<ParsedNode>;
  /** Places of the aliases that led here. */
  readonly through: Place[];
  /** Values read behind aliases so far. */
  added: number;
};

/** `keyPlace` is where a value stands that is left out. */
function readNode(reading: Reading, node: ParsedNode | null, keyPlace: Place): Sourced {
  if (node === null) return { kind: 'scalar', value: null, written: '', style: 'plain', place: keyPlace };
  if (isAlias(node)) return readAlias(reading, node);
  if (reading.through.length > 0) reading.added += 1;
  if (node.anchor !== undefined && reading.through.length === 0) reading.anchors.set(node.anchor, node);
  if (isScalar(node)) return readScalar(reading, node, keyPlace);
  reading.open.add(node);
  const read = isMap(node) ? readMap(reading, node) : readList(reading, node);
  reading.open.delete(node);
  return read;
}

function readAlias(reading: Reading, alias: Alias.Parsed): Sourced {
  const place = placeOf(reading, alias);
  const anchored = reading.anchors.get(alias.source);
  if (anchored === undefined) {
    const key = reading.anchoredKeys.get(alias.source);
    if (key !== undefined) {
      const args = { alias: alias.source, key: key.name };
      return broken(reading, { code: 'YAML_ALIAS_KEY', args, at: place, related: [key.place] }, place);
    }
    const meant = reading.anchors.size > suggestionLimit ? undefined : nearest(alias.source, reading.anchors.keys());
    const args = { alias: alias.source, ...(meant !== undefined && { meant }) };
    return broken(reading, { code: 'YAML_ALIAS_UNKNOWN', args, at: place }, place);
  }
  const related = [placeOf(reading, anchored)];
  if (reading.open.has(anchored)) {
    return broken(reading, { code: 'YAML_ALIAS_ITSELF', args: { alias: alias.source }, at: place, related }, place);
  }
  if (reading.added > expansionLimit) return { kind: 'broken', place };
  if (reading.through.length >= depthLimit) {
    return broken(reading, { code: 'YAML_TOO_DEEP', args: { limit: depthLimit }, at: place, related }, place);
  }
  reading.through.push(place);
  const value = readNode(reading, anchored, place);
  reading.through.pop();
  if (reading.added > expansionLimit && reading.through.length === 0) {
    return broken(
      reading,
      { code: 'YAML_ALIAS_EXPANSION', args: { limit: expansionLimit }, at: place, related },
      place,
    );
  }
  return { ...value, place, related };
}

function readList(reading: Reading, list: YAMLSeq.Parsed): Sourced {
  const place = placeOf(reading, list);
  const items = list.items.map((item) => readNode(reading, item, place));
  return { kind: 'list', items, place, ...inside(reading) };
}

function readMap(reading: Reading, map: YAMLMap.Parsed): Sourced {
  const place = placeOf(reading, map);
  if (map.flow === true && map.items.some(({ key }) => isMap(key))) return trappedTemplate(reading, map, place);
  const entries = new Map<string, Entry>();
  const merged: ReadonlyMap<string, Entry>[] = [];
  for (const pair of map.items) {
    const key = readKey(reading, pair.key);
    if (key === undefined) continue;
    const value = readNode(reading, pair.value, key.place);
    if (key.merges) merged.push(...mergedEntries(reading, value));
    else addEntry(reading, entries, { name: key.name, entry: { keyPlace: key.place, value } });
  }
  for (const more of merged) {
    for (const [name, entry] of more) if (!entries.has(name)) entries.set(name, entry);
  }
  return { kind: 'map', entries, place, ...inside(reading) };
}

function addEntry(reading: Reading, entries: Map<string, Entry>, added: { name: string; entry: Entry }): void {
  const earlier = entries.get(added.name);
  if (earlier === undefined) entries.set(added.name, added.entry);
  else if (reading.through.length === 0) {
    const at = added.entry.keyPlace;
    report(reading, { code: 'YAML_KEY_TWICE', args: { key: added.name }, at, related: [earlier.keyPlace] });
  }
}

type Key = { readonly name: string; readonly place: Place; readonly merges: boolean };

function readKey(reading: Reading, node: ParsedNode): Key | undefined {
  const place = placeOf(reading, node);
  if (isScalar(node) && node.value !== null) {
    const key = { name: node.source, place, merges: node.type === 'PLAIN' && node.source === '<<' };
    if (node.anchor !== undefined) reading.anchoredKeys.set(node.anchor, key);
    return key;
  }
  report(reading, { code: 'YAML_KEY', args: { found: isScalar(node) ? 'none' : kindOf(node) }, at: place });
  return undefined;
}

/** The maps that a merge key brings in: the keys of the first win, and each names where it was merged. */
function mergedEntries(reading: Reading, value: Sourced): readonly ReadonlyMap<string, Entry>[] {
  if (value.kind === 'broken') return [];
  const maps = value.kind === 'list' ? value.items : [value];
  return maps.flatMap((map) => {
    if (map.kind === 'map') return [mergedFrom(map)];
    if (map.kind !== 'broken') report(reading, { code: 'YAML_MERGE', args: { found: map.kind }, at: map.place });
    return [];
  });
}

function mergedFrom(map: SourcedMap): ReadonlyMap<string, Entry> {
  const added = [...map.entries].map(([name, { keyPlace, value }]): [string, Entry] => {
    const related = [...(value.related ?? []), map.place];
    return [name, { keyPlace, value: { ...value, related } }];
  });
  return new Map(added);
}

function readScalar(reading: Reading, node: Scalar.Parsed, keyPlace: Place): Sourced {
  const [start, end] = node.range;
  const place = start === end ? keyPlace : placeOf(reading, node);
  const value = scalarValue(node.value);
  const written = node.source;
  const scalar: SourcedScalar = { kind: 'scalar', value, written, style: styleOf(node), place, ...inside(reading) };
  if (typeof value !== 'number' || scalar.style !== 'plain') return scalar;
  const lossy = readLossyNumber(written, value);
  if (lossy === undefined) return scalar;
  const line = quoteStretch(reading.text, start, end);
  return broken(reading, { code: lossy, args: { written, read: String(value), line }, at: place }, place);
}

function scalarValue(value: unknown): SourcedScalar['value'] {
  const known = typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string';
  return known ? value : null;
}

function styleOf(node: Scalar): SourcedScalar['style'] {
  if (node.type === 'PLAIN') return 'plain';
  return node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE' ? 'quoted' : 'block';
}

/** `{{x}}` without quotes is a map whose key is a map. */
function trappedTemplate(reading: Reading, map: YAMLMap.Parsed, place: Place): Sourced {
  const [start, end] = map.range;
  const line = correctLine(lineAround(reading.text, start))?.line.trim() ?? quoteStretch(reading.text, start, end);
  return broken(reading, { code: 'TRAP_TEMPLATE', args: { line }, at: place }, place);
}

function kindOf(node: ParsedNode): 'map' | 'list' | 'alias' {
  if (isAlias(node)) return 'alias';
  return isSeq(node) ? 'list' : 'map';
}

function inside({ through }: Reading): { related?: readonly Place[] } {
  const use = through.at(-1);
  return use === undefined ? {} : { related: [use] };
}

function placeOf({ file, text, lines }: TreeSource, node: ParsedNode): Place {
  const [start, end] = node.range;
  const trimmed = start + text.slice(start, end).trimEnd().length;
  const from = lines.linePos(start);
  const to = lines.linePos(Math.max(start, trimmed));
  return { file, line: from.line, col: from.col, endLine: to.line, endCol: to.col };
}

function firstLine({ file, line, col }: Place): Place {
  return { file, line, col };
}

function broken(reading: Reading, diagnostic: Diagnostic, place: Place): Sourced {
  report(reading, diagnostic);
  return { kind: 'broken', place };
}

/** What is read again behind an alias has been reported where it stands. */
function report(reading: Reading, diagnostic: Diagnostic): void {
  const { code, at } = diagnostic;
  const id = JSON.stringify([code, at?.line, at?.col]);
  if (!reading.reported.has(id)) reading.diagnostics.push(diagnostic);
  reading.reported.add(id);
}
