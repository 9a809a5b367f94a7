import type { RowPlace } from '../model/recipient.ts';

/** Where in its source a row stands: `line 3`, `row 3`, `[2]`. Items are counted from 0, as the language of their file does. */
export function rowWords({ line, unit }: Pick<RowPlace, 'line' | 'unit'>): string {
  return unit === 'item' ? `[${String(line - 1)}]` : `${unit ?? 'line'} ${String(line)}`;
}

/** A row with its source: `patients.csv:3`, `patients.xlsx Due row 3`, `visits.json data.items[2]`. */
export function rowPlace({ source, ...place }: RowPlace): string {
  if (place.unit === undefined) return `${source}:${String(place.line)}`;
  return `${source}${place.unit === 'item' ? '' : ' '}${rowWords(place)}`;
}
