import type { ReadRow, RejectedRow } from '../model/recipient.ts';
import type { Files } from '../ports.ts';

/**
 * Writes the rejected rows as CSV, readable by the owner only: the source's columns, then source, line, reason and
 * detail. Streams, so the list may be of any length. Cells that a spreadsheet would run as a formula get an
 * apostrophe in front; a plus or minus before nothing but digits stays, since those are phone numbers and amounts.
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
  return [...columns.map((column) => row[column] ?? ''), place.source, String(place.line), reason.code, detail];
}

function csvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => quoted(withoutFormula(cell))).join(',')}\r\n`;
}

/** What Excel, LibreOffice and Sheets take for a formula: https://owasp.org/www-community/attacks/CSV_Injection */
function withoutFormula(cell: string): string {
  return /^[=@\t\r]|^[+-](?![\d\s().-]*$)/.test(cell) ? `'${cell}` : cell;
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) || cell.trim() !== cell ? `"${cell.replaceAll('"', '""')}"` : cell;
}
