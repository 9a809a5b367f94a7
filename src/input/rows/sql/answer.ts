import type { RowReason, SourceRow } from '../../../model/recipient.ts';
import type { CellText } from '../cell-text.ts';
import { readHeader } from '../csv-header.ts';
import type { Named } from '../source-finding.ts';
import { sourceRow } from '../source-row.ts';
import type { SourceItem } from '../source.ts';

/** What a query answers, a piece at a time: its columns first, then rows with a cell for each. */
export type AnswerPart =
  | { readonly kind: 'columns'; readonly columns: readonly string[] }
  | { readonly kind: 'rows'; readonly rows: readonly (readonly CellText[])[] };

/** Why a database did not answer. `problem` is for people; it quotes neither values nor credentials. */
export class QueryFailed extends Error {
  readonly kind: 'query' | 'database';
  constructor(kind: 'query' | 'database', problem: string, cause?: unknown) {
    super(problem, { cause });
    this.kind = kind;
  }
}

/** An answer as the items of a source. */
export function answerItems(source: Named): (part: AnswerPart) => SourceItem {
  let columns: readonly string[] = [];
  let line = 0;
  return (part) => {
    if (part.kind === 'rows') {
      const rows = part.rows.map((cells) => rowOf(cells, columns, { source: source.file, line: (line += 1) }));
      return { kind: 'rows', rows };
    }
    const header = readHeader(part.columns, source.file, source.at);
    if (header.kind === 'failed') return { kind: 'broken', diagnostics: header.diagnostics };
    ({ columns } = header);
    return { kind: 'columns', columns };
  };
}

function rowOf(
  cells: readonly CellText[],
  columns: readonly string[],
  { source, line }: { readonly source: string; readonly line: number },
): SourceRow {
  const place = { source, line, unit: 'row' } as const;
  const row: Record<string, string> = {};
  let reason: RowReason | undefined;
  for (const [index, column] of columns.entries()) {
    const cell = cells[index];
    if (cell?.kind === 'rejected') reason ??= { code: cell.code, column };
    else if (cell?.text !== undefined) row[column] = cell.text;
  }
  return sourceRow(place, row, reason);
}
