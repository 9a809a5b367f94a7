import { isAlias, isMap, isScalar, isSeq } from 'yaml';
import type { Alias, Document, LineCounter, Node, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { nearest } from '../model/nearest.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Place } from '../model/place.ts';
import type { Entry, Sourced, SourcedMap, SourcedScalar } from './sourced.ts';
import { readLossyNumber } from './lossy-number.ts';
import { correctLine, lineAround, quoteStretch } from './traps.ts';

/** How deep values may nest, and aliases may lead to aliases. */
export const depthLimit = 64;

/** How many values aliases may add to a file: far more than a person writes, far less than a bomb makes. */
export const expansionLimit = 10_000;

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
    open: new Set(),
    through: [],
    added: 0,
  };
  const root = readNode(reading, document.contents);
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
  readonly anchors: Map<string, Node>;
  /** Nodes that are being read: an alias to one of them would never end. */
  readonly open: Set<Node>;
  /** Places of the aliases that led here. */
  readonly through: Place[];
  /** Values read behind aliases so far. */
  added: number;
};

function readNode(reading: Reading, node: Node | null, keyPlace?: Place): Sourced {
  if (node === null) return { kind: 'broken', place: keyPlace ?? { file: reading.file, line: 1, col: 1 } };
  if (isAlias(node)) return readAlias(reading, node);
  if (reading.through.length > 0) reading.added += 1;
  if (node.anchor !== undefined && reading.through.length === 0) reading.anchors.set(node.anchor, node);
  if (isScalar(node)) return readScalar(reading, node, keyPlace);
  reading.open.add(node);
  const read = isMap(node) ? readMap(reading, node) : readList(reading, node);
  reading.open.delete(node);
  return read;
}

function readAlias(reading: Reading, alias: Alias): Sourced {
  const place = placeOf(reading, alias);
  const anchored = reading.anchors.get(alias.source);
  if (anchored === undefined) {
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
  const value = readNode(reading, anchored);
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

function readList(reading: Reading, list: YAMLSeq): Sourced {
  const place = placeOf(reading, list);
  const items = list.items.map((item) => readNode(reading, asNode(item), place));
  return { kind: 'list', items, place, ...inside(reading) };
}

function readMap(reading: Reading, map: YAMLMap): Sourced {
  const place = placeOf(reading, map);
  if (map.flow === true && map.items.some(({ key }) => isMap(key))) return trappedTemplate(reading, map, place);
  const entries = new Map<string, Entry>();
  const merged: ReadonlyMap<string, Entry>[] = [];
  for (const pair of map.items) {
    const key = readKey(reading, pair);
    if (key === undefined) continue;
    const value = readNode(reading, asNode(pair.value), key.place);
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

function readKey(reading: Reading, pair: Pair): Key | undefined {
  const node = asNode(pair.key);
  const place = node === null ? { file: reading.file, line: 1, col: 1 } : placeOf(reading, node);
  if (node !== null && isScalar(node) && node.value !== null) {
    const plainKey = node.type === 'PLAIN';
    const name = plainKey && node.source !== undefined ? node.source : String(scalarValue(node.value));
    return { name, place, merges: plainKey && name === '<<' };
  }
  const found = node === null || isScalar(node) ? 'none' : kindOf(node);
  report(reading, { code: 'YAML_KEY', args: { found }, at: place });
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

function readScalar(reading: Reading, node: Scalar, keyPlace: Place | undefined): Sourced {
  const [start, end] = node.range ?? [0, 0];
  const place = start === end && keyPlace !== undefined ? keyPlace : placeOf(reading, node);
  const value = scalarValue(node.value);
  const written = node.source ?? reading.text.slice(start, end);
  const scalar: SourcedScalar = { kind: 'scalar', value, written, style: styleOf(node), place, ...inside(reading) };
  if (typeof value !== 'number' || scalar.style !== 'plain') return scalar;
  const lossy = readLossyNumber(written, value);
  if (lossy === undefined) return scalar;
  const line = quoteStretch(reading.text, start, end);
  return broken(reading, { code: lossy, args: { written, read: String(value), line }, at: place }, place);
}

function scalarValue(value: unknown): SourcedScalar['value'] {
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string') return value;
  return typeof value === 'bigint' ? String(value) : null;
}

function styleOf(node: Scalar): SourcedScalar['style'] {
  if (node.type === 'PLAIN') return 'plain';
  return node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE' ? 'quoted' : 'block';
}

/** `{{x}}` without quotes is a map whose key is a map. */
function trappedTemplate(reading: Reading, map: YAMLMap, place: Place): Sourced {
  const [start, end] = map.range ?? [0, 0];
  const line = correctLine(lineAround(reading.text, start))?.line.trim() ?? quoteStretch(reading.text, start, end);
  return broken(reading, { code: 'TRAP_TEMPLATE', args: { line }, at: place }, place);
}

function kindOf(node: Node): 'map' | 'list' | 'alias' {
  if (isAlias(node)) return 'alias';
  return isSeq(node) ? 'list' : 'map';
}

/** Members of collections are nodes in a parsed document; the types allow plain values, too, for made ones. */
function asNode(member: unknown): Node | null {
  return isScalar(member) || isMap(member) || isSeq(member) || isAlias(member) ? member : null;
}

function inside({ through }: Reading): { related?: readonly Place[] } {
  const use = through.at(-1);
  return use === undefined ? {} : { related: [use] };
}

function placeOf({ file, text, lines }: TreeSource, node: Node): Place {
  const [start, end] = node.range ?? [0, 0];
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
  const { line = 0, col = 0 } = diagnostic.at ?? {};
  const id = `${diagnostic.code}:${String(line)}:${String(col)}`;
  if (!reading.reported.has(id)) reading.diagnostics.push(diagnostic);
  reading.reported.add(id);
}
