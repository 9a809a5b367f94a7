import type { Source } from '../../model/source.ts';
import type { SourceItem } from './source.ts';

/** Rows written in the campaign file: their columns are all names that any of them has. */
export function* inlineItems(source: Source & { readonly kind: 'rows' }): Generator<SourceItem> {
  const { rows } = source;
  yield { kind: 'columns', columns: [...new Set(rows.flatMap(({ cells }) => Object.keys(cells)))] };
  if (rows.length === 0) return;
  yield {
    kind: 'rows',
    rows: rows.map(({ at, cells }) => ({ kind: 'row', row: { place: { source: at.file, line: at.line }, cells } })),
  };
}
