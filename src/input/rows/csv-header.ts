import { isReservedName } from '../../campaign/template/names.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Place } from '../../model/place.ts';

export type Header =
  | { readonly kind: 'header'; readonly columns: readonly string[] }
  | { readonly kind: 'failed'; readonly diagnostics: readonly Diagnostic[] };

const delimiters: readonly string[] = [',', ';', '\t', '|'];

/** The delimiter of a header line, or those that it holds equally often. A line with none has one column. */
export function delimiterOf(line: string): string | readonly string[] {
  const outside = line.replaceAll(/"[^"]*"/g, '');
  const counts = delimiters.map((delimiter) => outside.split(delimiter).length - 1);
  const most = Math.max(...counts);
  if (most === 0) return ',';
  const [first = ',', ...more] = delimiters.filter((_, index) => counts[index] === most);
  return more.length === 0 ? first : [first, ...more];
}

/** Column names of a header record, trimmed; every name must be there, be one of its kind, and be no data. */
export function readHeader(record: readonly string[], path: string, at: Place): Header {
  const columns = record.map((name) => name.trim());
  const missing = columns.findIndex(looksLikeData);
  // A line of data holds people's numbers: no other finding may quote it.
  if (missing !== -1) {
    return {
      kind: 'failed',
      diagnostics: [{ code: 'SOURCE_HEADER_MISSING', args: { path, column: missing + 1 }, at }],
    };
  }
  const diagnostics = columns.flatMap((name, index): Diagnostic[] => {
    const column = index + 1;
    if (name === '') return [{ code: 'SOURCE_HEADER_EMPTY', args: { path, column }, at }];
    if (/[\r\n]/.test(name)) return [{ code: 'SOURCE_HEADER_BREAK', args: { path, column }, at }];
    if (isReservedName(name)) return [{ code: 'SOURCE_HEADER_RESERVED', args: { path, name }, at }];
    const alike = columns.flatMap((other, position) => (other === name ? [position + 1] : []));
    const isFirst = alike.length > 1 && alike[0] === column;
    return isFirst ? [{ code: 'SOURCE_HEADER_DUPLICATE', args: { path, name, columns: alike }, at }] : [];
  });
  return diagnostics.length > 0 ? { kind: 'failed', diagnostics } : { kind: 'header', columns };
}

/** Whether a cell of a first line is a phone number: without a header the first person would be lost. */
function looksLikeData(name: string): boolean {
  if (/^\d+(?:[.,]\d+)?e\+?\d+$/i.test(name)) return true;
  return /^['’]?[+0]?[\d\s().-]{7,}$/.test(name) && name.replaceAll(/\D/g, '').length >= 7;
}

/** Whether the first line of a list of one column is an entry, perhaps a bad one: names have letters. */
export function isEntry(cell: string): boolean {
  return looksLikeData(cell.trim()) || !/\p{L}/u.test(cell);
}
