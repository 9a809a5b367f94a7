import type { Diagnostic } from '../model/diagnostic.ts';
import type { Place } from '../model/place.ts';
import { spotAt } from '../model/spot-at.ts';
import { include } from './included.ts';
import type { Inclusions } from './included.ts';
import type { Sourced, SourcedScalar } from './sourced.ts';
import type { LocateStretch } from './text-places.ts';
import { textPlaces } from './text-places.ts';

/** A template to be compiled, and the way from a place in its text to the place in its file. */
export type TemplateSource = {
  readonly text: string;
  /** The whole of it: a scalar, or the beginning of a file. */
  readonly at: Place;
  readonly locate: LocateStretch;
};

export type FoundSource =
  | { readonly kind: 'found'; readonly source: TemplateSource }
  | { readonly kind: 'failed'; readonly diagnostic: Diagnostic }
  /** Neither text nor `{file: PATH}`, or a file that has not been read yet. */
  | { readonly kind: 'none' };

/** A template is text that stands in the campaign file (`lines`), or `{file: PATH}`. */
export function templateSource(node: Sourced, lines: readonly string[], inclusions: Inclusions): FoundSource {
  if (node.kind === 'scalar') return scalarSource(node, lines);
  const path = node.kind === 'map' ? node.entries.get('file')?.value : undefined;
  if (path?.kind !== 'scalar' || typeof path.value !== 'string' || path.value === '') return { kind: 'none' };
  const included = include(inclusions, path.value, path.place);
  if (included === undefined) return { kind: 'none' };
  if (included.kind === 'failed') return included;
  const text = included.text.replace(/\r?\n$/, '');
  const at = { file: included.file, line: 1, col: 1 };
  return { kind: 'found', source: { text, at, locate: fileLocator(included.file, text) } };
}

function scalarSource({ value, written, place }: SourcedScalar, lines: readonly string[]): FoundSource {
  if (value === null) return { kind: 'none' };
  const text = typeof value === 'string' ? value : written;
  const locate = text.includes('{{') ? textPlaces(lines, place, text) : undefined;
  return { kind: 'found', source: { text, at: place, locate: locate ?? (() => place) } };
}

function fileLocator(file: string, text: string): LocateStretch {
  return (start, end) => {
    const from = spotAt(text, start);
    const to = spotAt(text, end);
    return { file, ...from, endLine: to.line, endCol: to.col };
  };
}
