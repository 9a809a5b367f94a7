import type { ForeignFile } from '../../model/codes/recipients.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Row, SourceRow } from '../../model/recipient.ts';

/** What reading a source yields: its columns, then rows in batches; `broken` ends it early. */
export type SourceItem =
  | { readonly kind: 'columns'; readonly columns: readonly string[] }
  /** `leftOut`: rows beside these that the source's `only` does not ask for. */
  | { readonly kind: 'rows'; readonly rows: readonly SourceRow[]; readonly leftOut?: number }
  | { readonly kind: 'broken'; readonly diagnostics: readonly Diagnostic[] };

/** Why a source cannot be read on. The place and the file's name are put to it by the caller. */
export type SourceProblem =
  | { readonly kind: 'empty'; readonly lacks: 'everything' | 'rows' }
  | { readonly kind: 'foreign'; readonly found: ForeignFile }
  | { readonly kind: 'encoding'; readonly encoding: string; readonly line: number }
  | { readonly kind: 'encoding_unknown'; readonly encoding: string }
  | { readonly kind: 'delimiter'; readonly candidates: readonly string[] }
  | { readonly kind: 'quotes'; readonly line: number }
  | { readonly kind: 'json'; readonly where: string; readonly problem: string }
  | { readonly kind: 'items'; readonly items: string; readonly found: string }
  | { readonly kind: 'too_large'; readonly size: number; readonly limit: number }
  | { readonly kind: 'workbook'; readonly problem: string }
  | { readonly kind: 'sheet'; readonly sheet: string | undefined; readonly sheets: readonly string[] }
  | { readonly kind: 'query'; readonly problem: string }
  | { readonly kind: 'database'; readonly problem: string }
  | { readonly kind: 'too_long'; readonly line: number; readonly limit: number };

/** Cells by column; cells beyond the columns are left out. */
export function cellsOf(columns: readonly string[], record: readonly string[]): Row['cells'] {
  const cells: Record<string, string> = {};
  for (const [index, column] of columns.entries()) {
    const cell = record[index];
    if (cell !== undefined) cells[column] = cell;
  }
  return cells;
}
