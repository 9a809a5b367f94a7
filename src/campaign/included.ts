import { resolve } from 'node:path';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Place } from '../model/place.ts';

/** A file that a campaign file names: its text, or why it could not be read. */
export type Included =
  | { readonly kind: 'text'; readonly file: string; readonly text: string }
  | { readonly kind: 'failed'; readonly diagnostic: Diagnostic };

/**
 * The files that a campaign names, as far as they have been read. The core reads nothing: it notes in `wanted` what it
 * would need, and is asked again when the shell has read that.
 */
export type Inclusions = {
  /** Absolute folder that relative paths start from. */
  readonly folder: string;
  /** By absolute path. */
  readonly read: ReadonlyMap<string, Included>;
  readonly wanted: Set<string>;
};

/** The text of a named file; `undefined` where it is wanted first. The finding of a file that cannot be read stands where it is named. */
export function include(inclusions: Inclusions, path: string, at: Place): Included | undefined {
  const absolute = resolve(inclusions.folder, path);
  const known = inclusions.read.get(absolute);
  if (known === undefined) {
    inclusions.wanted.add(absolute);
    return undefined;
  }
  if (known.kind === 'text') return known;
  const { diagnostic } = known;
  return diagnostic.code === 'FILE_ENCODING' || diagnostic.code === 'FILE_BINARY'
    ? { kind: 'failed', diagnostic: { ...diagnostic, related: [at] } }
    : { kind: 'failed', diagnostic: { ...diagnostic, at } };
}
