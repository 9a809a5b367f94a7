import { overlayKeys } from './schema-notes.ts';
import type { Library } from './schema.ts';
import type { Entry, Path, Sourced, SourcedMap } from './sourced.ts';
import { at, entriesAt } from './sourced.ts';

/** Whether the schema lets null stand as a value at a path, so that a merge patch does not take the key away. */
export type AllowsNull = (path: Path) => boolean;

/** The names of the environments that a file declares, in its order. */
export function environmentsOf(root: SourcedMap): readonly string[] {
  return [...entriesAt(root, ['environments']).keys()];
}

/**
 * A file as it holds in an environment: its overlay merged over it as a JSON merge patch (RFC 7396), but null stays a
 * value where the schema allows it, and lists under `recipients.suppress` add up. Places keep pointing at where each
 * value was said. Keys that no environment has are left to the check. `environments` stays as written; without an
 * environment the file is returned as it is.
 */
export function compose(
  root: SourcedMap,
  environment: string | undefined,
  { allowsNull, library }: { readonly allowsNull: AllowsNull; readonly library?: Library | undefined },
): SourcedMap {
  if (environment === undefined) return root;
  const overlay = at(root, ['environments', environment]);
  if (overlay?.kind !== 'map') return root;
  const known = overlayKeys(library);
  const allowed = [...overlay.entries].filter(([key]) => known.has(key));
  return mergeMaps(root, { ...overlay, entries: new Map(allowed) }, { path: [], allowsNull });
}

type Merging = { readonly path: Path; readonly allowsNull: AllowsNull };

function mergeMaps(base: SourcedMap, patch: SourcedMap, { path, allowsNull }: Merging): SourcedMap {
  const entries = new Map<string, Entry>(base.entries);
  for (const [key, { keyPlace, value }] of patch.entries) {
    const here = { path: [...path, key], allowsNull };
    if (isNull(value) && !allowsNull(here.path)) entries.delete(key);
    else entries.set(key, mergeEntry(base.entries.get(key), { keyPlace, value }, here));
  }
  return { ...base, entries };
}

/** A map that both say stands where the file says it; its parts stand where each was said. */
function mergeEntry(base: Entry | undefined, patch: Entry, merging: Merging): Entry {
  const both = base?.value.kind === 'map' && patch.value.kind === 'map';
  return { keyPlace: both ? base.keyPlace : patch.keyPlace, value: merge(base?.value, patch.value, merging) };
}

function merge(base: Sourced | undefined, patch: Sourced, merging: Merging): Sourced {
  if (patch.kind === 'map') {
    return mergeMaps(base?.kind === 'map' ? base : { ...patch, entries: new Map() }, patch, merging);
  }
  if (addsUp(merging.path) && base?.kind === 'list' && patch.kind === 'list') {
    return { ...patch, items: [...base.items, ...patch.items] };
  }
  return patch;
}

function addsUp(path: Path): boolean {
  return path.length === 2 && path[0] === 'recipients' && path[1] === 'suppress';
}

function isNull(node: Sourced): boolean {
  return node.kind === 'scalar' && node.value === null;
}
