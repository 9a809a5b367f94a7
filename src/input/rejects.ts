import { csvLine } from '../model/csv-line.ts';
import type { ReadRow, RejectedRow } from '../model/recipient.ts';
import type { Files } from '../ports.ts';

/**
 * Writes the rejected rows as CSV, readable by the owner only: the source's columns, then source, line, reason and
 * detail. Streams, so the list may be of any length.
 */
export async function writeRejects(
  path: string,
  { columns, rows }: { readonly columns: readonly string[]; readonly rows: AsyncIterable<readonly ReadRow[]> },
  files: Pick<Files, 'writeAtomically'>,
): Promise<{ readonly written: number }> {
  const count = { written: 0 };
  await files.writeAtomically(path, lines(columns, rows, count), 0o600);
  return count;
}

async function* lines(
  columns: readonly string[],
  rows: AsyncIterable<readonly ReadRow[]>,
  count: { written: number },
): AsyncGenerator<string> {
  yield csvLine([...columns, 'rejected_source', 'rejected_line', 'rejected_reason', 'rejected_detail']);
  for await (const batch of rows) {
    for (const row of batch) {
      if (row.kind !== 'rejected') continue;
      count.written += 1;
      yield csvLine(cellsOf(columns, row.rejected));
    }
  }
}

function cellsOf(columns: readonly string[], { place, reason, row }: RejectedRow): readonly string[] {
  const detail = [reason.column, reason.detail].filter((part) => part !== undefined).join(': ');
  return [...columns.map((column) => row[column] ?? ''), place.source, numberOf(place), reason.code, detail];
}

/** As the row is told elsewhere: items are counted from 0, in brackets. */
function numberOf(place: RejectedRow['place']): string {
  return place.unit === 'item' ? `[${String(place.line - 1)}]` : String(place.line);
}
