import type { Source } from '../../model/source.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { nearest } from '../../model/nearest.ts';
import type { RowReason, SourceRow } from '../../model/recipient.ts';
import { mapColumns } from '../../recipients/map-columns.ts';
import type { ColumnMap, MapProblem } from '../../recipients/map-columns.ts';
import { rowFilter } from '../../recipients/row-filter.ts';
import { sourceRow } from './source-row.ts';
import type { SourceItem } from './source.ts';

/** Whether a row meets what all rows must. */
export type CheckRow = (cells: Readonly<Record<string, string>>) => RowReason | undefined;

type Shaping = {
  readonly source: Pick<Source, 'map' | 'only'>;
  readonly file: string;
  readonly check: CheckRow | undefined;
};

/** A source's items under its own map, with the rows that its `only` asks for, each checked. */
export async function* shaped(items: AsyncIterable<SourceItem>, shaping: Shaping): AsyncGenerator<SourceItem> {
  const { map = [], only = [] } = shaping.source;
  if (map.length === 0 && only.length === 0 && shaping.check === undefined) return yield* items;
  let columns: ColumnMap | undefined;
  const judge = rowFilter(only);
  for await (const item of items) {
    if (item.kind === 'broken') yield item;
    if (item.kind === 'columns') {
      columns = mapColumns(map, item.columns);
      const diagnostics = [
        ...mapFindings(columns.problems, item.columns, shaping),
        ...filterFindings(columns, shaping),
      ];
      if (diagnostics.length > 0) return yield { kind: 'broken', diagnostics };
      yield { kind: 'columns', columns: columns.columns };
    }
    if (item.kind === 'rows' && columns !== undefined) yield shapedRows(item.rows, { columns, judge, ...shaping });
  }
}

type Shape = Pick<Shaping, 'check'> & { readonly columns: ColumnMap; readonly judge: ReturnType<typeof rowFilter> };

function shapedRows(rows: readonly SourceRow[], shape: Shape): SourceItem {
  const kept = rows.flatMap((row) => (row.kind === 'row' ? shapedRow(row, shape) : [row]));
  return { kind: 'rows', rows: kept, leftOut: rows.length - kept.length };
}

function shapedRow({ row }: SourceRow & { readonly kind: 'row' }, shape: Shape): readonly SourceRow[] {
  const { place } = row;
  const mapped = shape.columns.cellsOf(row.cells);
  if (mapped.kind === 'failed') return [sourceRow(place, row.cells, mapped.reason)];
  const { cells } = mapped;
  const judged = shape.judge(cells);
  if (judged === 'left_out') return [];
  return [sourceRow(place, cells, judged === 'read' ? shape.check?.(cells) : judged)];
}

function mapFindings(
  problems: readonly MapProblem[],
  known: readonly string[],
  { file: path }: Shaping,
): readonly Diagnostic[] {
  return problems.map(({ kind, name, mapped: { at } }) =>
    kind === 'twice'
      ? { code: 'SOURCE_COLUMN_TWICE', args: { path, name }, at }
      : { code: 'SOURCE_COLUMN_UNKNOWN', args: { path, name, use: 'map', known, ...meantOf(name, known) }, at },
  );
}

function filterFindings({ columns: known }: ColumnMap, { source, file: path }: Shaping): readonly Diagnostic[] {
  return (source.only ?? [])
    .filter(({ column }) => !known.includes(column))
    .map(({ column: name, at }) => ({
      code: 'SOURCE_COLUMN_UNKNOWN',
      args: { path, name, use: 'only', known, ...meantOf(name, known) },
      at,
    }));
}

function meantOf(name: string, known: readonly string[]): { readonly meant?: string } {
  const meant = nearest(name, known);
  return meant === undefined ? {} : { meant };
}
