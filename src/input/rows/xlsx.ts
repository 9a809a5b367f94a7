import type { FileSource } from '../../model/source.ts';
import type { RowReason, SourceRow } from '../../model/recipient.ts';
import type { Files } from '../../ports.ts';
import { readHeader } from './csv-header.ts';
import { foreignFile } from './foreign-file.ts';
import { broken, fileFinding } from './source-finding.ts';
import { sourceRow } from './source-row.ts';
import type { SourceItem, SourceProblem } from './source.ts';
import { readWhole } from './whole-file.ts';
import type { SheetRow, Workbook } from './workbook.ts';
import { openWorkbook } from './workbook.ts';
import { sheetCellText } from './xlsx-cell.ts';
import { XmlProblem } from './xml.ts';
import { ZipProblem } from './zip.ts';

/** In bytes: a workbook is read as a whole. */
const largestWorkbook = 33_554_432;

const batchRows = 1000;

/** Reads a sheet: its first row with a cell is the header; rows without any are passed over. */
export async function* xlsxItems(source: FileSource, files: Pick<Files, 'stream'>): AsyncGenerator<SourceItem> {
  try {
    const read = await readWhole(files.stream(source.path), largestWorkbook);
    if (read.kind === 'too_large') yield broken(source, read);
    else if (read.bytes.length === 0) yield broken(source, { kind: 'empty', lacks: 'everything' });
    else yield* workbookItems(source, read.bytes);
  } catch (error) {
    const isDamaged = error instanceof XmlProblem || error instanceof ZipProblem;
    if (isDamaged) yield broken(source, { kind: 'workbook', problem: error.message });
    else yield { kind: 'broken', diagnostics: [fileFinding(error, source)] };
  }
}

function* workbookItems(source: FileSource, bytes: Buffer): Generator<SourceItem> {
  const problem = notXlsx(bytes);
  if (problem !== undefined) return yield broken(source, problem);
  const workbook = openWorkbook(bytes);
  const { sheets } = workbook;
  const sheet = source.sheet ?? (sheets.length === 1 ? sheets[0] : undefined);
  if (sheet === undefined || !sheets.includes(sheet)) return yield broken(source, { kind: 'sheet', sheet, sheets });
  yield* sheetItems(source, sheet, workbook);
}

function notXlsx(bytes: Buffer): SourceProblem | undefined {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return undefined;
  const isOlder = foreignFile(bytes) === 'workbook';
  const problem = isOlder ? 'it has a password, or is of the older form .xls' : 'it is no workbook';
  return { kind: 'workbook', problem };
}

type Sheet = { readonly source: string; readonly columns: readonly string[]; readonly workbook: Workbook };

function* sheetItems(source: FileSource, name: string, workbook: Workbook): Generator<SourceItem> {
  let sheet: Sheet | undefined;
  let rows: SourceRow[] = [];
  for (const row of workbook.rows(name)) {
    if (sheet === undefined) {
      const header = readHeader(headerOf(row, workbook), source.file, source.at);
      if (header.kind === 'failed') return yield { kind: 'broken', diagnostics: header.diagnostics };
      sheet = { source: `${source.file} ${name}`, columns: header.columns, workbook };
      yield { kind: 'columns', columns: header.columns };
      continue;
    }
    rows.push(rowOf(row, sheet));
    if (rows.length < batchRows) continue;
    yield { kind: 'rows', rows };
    rows = [];
  }
  if (sheet === undefined) yield broken(source, { kind: 'empty', lacks: 'everything' });
  if (rows.length > 0) yield { kind: 'rows', rows };
}

function headerOf({ cells }: SheetRow, { shared, is1904 }: Workbook): readonly string[] {
  const width = Math.max(...cells.keys()) + 1;
  return Array.from({ length: width }, (_, column) => {
    const cell = cells.get(column);
    const read = cell && sheetCellText(cell, shared, is1904);
    return read?.kind === 'cell' ? (read.text ?? '') : '';
  });
}

function rowOf({ row: line, cells }: SheetRow, { source, columns, workbook }: Sheet): SourceRow {
  const place = { source, line, unit: 'row' } as const;
  const row: Record<string, string> = {};
  let reason: RowReason | undefined;
  for (const [index, cell] of cells) {
    const column = columns[index];
    const read = sheetCellText(cell, workbook.shared, workbook.is1904);
    if (column === undefined)
      reason ??= { code: 'ROW_RAGGED', detail: `a cell beyond ${String(columns.length)} columns` };
    else if (read.kind === 'rejected') reason ??= { code: read.code, column };
    else if (read.text !== undefined) row[column] = read.text;
  }
  return sourceRow(place, row, reason);
}
