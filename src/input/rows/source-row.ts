import type { Row, RowPlace, RowReason, SourceRow } from '../../model/recipient.ts';

/** A record of a source: a row, or rejected where there is a reason. */
export function sourceRow(place: RowPlace, cells: Row['cells'], reason: RowReason | undefined): SourceRow {
  return reason === undefined
    ? { kind: 'row', row: { place, cells } }
    : { kind: 'rejected', rejected: { place, reason, row: cells } };
}
