import type { Place } from './place.ts';

/** The line and column, counted from 1, of an offset (UTF-16 units) in a text. */
export function spotAt(text: string, offset: number): Pick<Place, 'line' | 'col'> {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, col: offset - before.lastIndexOf('\n') };
}
