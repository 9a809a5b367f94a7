import type { Place } from '../model/place.ts';
import { certain } from './certain.ts';

/**
 * A campaign file's value with the places where its parts were said. Aliases and merge keys are resolved: a value
 * behind an alias stands where the alias is used and names the anchor as related; what is inside of it stands where
 * it was written and names the alias.
 */
export type Sourced = SourcedWhole | SourcedBroken;

/** A value that could be read. */
export type SourcedWhole = SourcedScalar | SourcedList | SourcedMap;

type Stood = { readonly place: Place; readonly related?: readonly Place[] };

export type SourcedScalar = Stood & {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
  /** As it stands in the file, without quotes: `007`, where the value is 7. */
  readonly written: string;
  readonly style: 'plain' | 'quoted' | 'block';
  /** Set for a secret: what it was written as; the value is then that text, never the secret. */
  readonly secret?: string;
};

export type SourcedList = Stood & { readonly kind: 'list'; readonly items: readonly Sourced[] };

export type SourcedMap = Stood & { readonly kind: 'map'; readonly entries: ReadonlyMap<string, Entry> };

/** Something that already has a finding: nothing more is said about it. */
export type SourcedBroken = Stood & { readonly kind: 'broken' };

export type Entry = { readonly keyPlace: Place; readonly value: Sourced };

/** The steps from the root of a file to one of its values. */
export type Path = readonly (string | number)[];

/** The value as plain data; what is broken is null. */
export function plain(node: Sourced): unknown {
  switch (node.kind) {
    case 'scalar':
      return node.value;
    case 'list':
      return node.items.map(plain);
    case 'map':
      return Object.fromEntries([...node.entries].map(([key, entry]) => [key, plain(entry.value)]));
    case 'broken':
      return null;
  }
}

/** The value at a path; undefined where there is none. */
export function at(node: Sourced | undefined, path: Path): Sourced | undefined {
  let here = node;
  for (const step of path) here = child(here, step);
  return here;
}

/** The text at a path; undefined where there is none or it is not text. */
export function textAt(node: Sourced | undefined, path: Path): string | undefined {
  const found = at(node, path);
  return found?.kind === 'scalar' && typeof found.value === 'string' ? found.value : undefined;
}

/** A scalar as text: what is not text as it was written, so that an unquoted `1.50` stays `1.50`. */
export function writtenText(node: Sourced): string {
  const scalar = certain(node.kind === 'scalar' ? node : undefined, 'scalar');
  return typeof scalar.value === 'string' ? scalar.value : scalar.written;
}

/** The entries at a path; none where there is no map. */
export function entriesAt(node: Sourced | undefined, path: Path): ReadonlyMap<string, Entry> {
  const found = at(node, path);
  return found?.kind === 'map' ? found.entries : new Map();
}

/** The items at a path; none where there is no list. */
export function itemsAt(node: Sourced | undefined, path: Path): readonly Sourced[] {
  const found = at(node, path);
  return found?.kind === 'list' ? found.items : [];
}

/** Where the key at a path stands; undefined where there is no such key. */
export function keyPlaceAt(node: Sourced | undefined, path: Path): Place | undefined {
  const parent = at(node, path.slice(0, -1));
  const key = path.at(-1);
  return parent?.kind === 'map' && typeof key === 'string' ? parent.entries.get(key)?.keyPlace : undefined;
}

/** A path as people write it: `execution.windows[0].from`. */
export function printPath(path: Path): string {
  return path.reduce<string>(joinPath, '');
}

/** A printed path with one more step. */
export function joinPath(path: string, step: string | number): string {
  if (typeof step === 'number') return `${path}[${String(step)}]`;
  if (!/^[A-Za-z_][\w-]*$/.test(step)) return `${path}["${step}"]`;
  return path === '' ? step : `${path}.${step}`;
}

function child(node: Sourced | undefined, step: string | number): Sourced | undefined {
  if (node?.kind === 'map' && typeof step === 'string') return node.entries.get(step)?.value;
  return node?.kind === 'list' && typeof step === 'number' ? node.items[step] : undefined;
}
