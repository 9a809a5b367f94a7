import type { MappedColumn } from '../model/source.ts';
import type { Row, RowReason } from '../model/recipient.ts';

/** A name beside a source that the source does not have, or has already. */
export type MapProblem = { readonly kind: 'unknown' | 'twice'; readonly name: string; readonly mapped: MappedColumn };

/** Cells under their new names, or why a row has none. */
export type MappedCells =
  | { readonly kind: 'cells'; readonly cells: Row['cells'] }
  | { readonly kind: 'failed'; readonly reason: RowReason };

/** Columns under the names that a campaign gives them, and how the cells of a row follow. */
export type ColumnMap = {
  readonly columns: readonly string[];
  readonly cellsOf: (cells: Row['cells']) => MappedCells;
  readonly problems: readonly MapProblem[];
};

/** The columns after mapping: a renamed one is known by its new name only. */
export function mapColumns(map: readonly MappedColumn[], columns: readonly string[]): ColumnMap {
  const renamed = new Set(map.flatMap((mapped) => (mapped.kind === 'column' ? [mapped.from] : [])));
  const kept = columns.filter((column) => !renamed.has(column));
  const names = map.map(({ column }) => column);
  const untouched = kept.filter((column) => !names.includes(column));
  const unknown = map.flatMap((mapped) =>
    namesIn(mapped)
      .filter((name) => !columns.includes(name))
      .map((name): MapProblem => ({ kind: 'unknown', name, mapped })),
  );
  const twice = map
    .filter((mapped) => kept.includes(mapped.column) && !namesIn(mapped).includes(mapped.column))
    .map((mapped): MapProblem => ({ kind: 'twice', name: mapped.column, mapped }));
  return {
    columns: [...untouched, ...names],
    problems: [...unknown, ...twice],
    cellsOf: (cells) => mapCells(map, untouched, cells),
  };
}

function namesIn(mapped: MappedColumn): readonly string[] {
  switch (mapped.kind) {
    case 'column':
      return [mapped.from];
    case 'template':
      return mapped.template.uses;
    case 'value':
      return [];
  }
}

function mapCells(map: readonly MappedColumn[], untouched: readonly string[], cells: Row['cells']): MappedCells {
  const mapped: Record<string, string> = {};
  for (const column of untouched) {
    const cell = cells[column];
    if (cell !== undefined) mapped[column] = cell;
  }
  for (const one of map) {
    if (one.kind === 'template') {
      const rendered = one.template.render({ values: cells });
      if (rendered.kind === 'failed') return rendered;
      mapped[one.column] = String(rendered.value);
      continue;
    }
    const cell = one.kind === 'value' ? one.value : cells[one.from];
    if (cell !== undefined) mapped[one.column] = cell;
  }
  return { kind: 'cells', cells: mapped };
}
