import type { FileSource } from '../../model/source.ts';
import type { RowReason, SourceRow } from '../../model/recipient.ts';
import type { Files } from '../../ports.ts';
import { lineBlocks } from './csv-bytes.ts';
import type { ByteBlock } from './csv-bytes.ts';
import { delimiterOf, isEntry, readHeader } from './csv-header.ts';
import type { CsvRecord } from './csv-lines.ts';
import { csvRecords } from './csv-records.ts';
import { broken, fileFinding } from './source-finding.ts';
import { sourceRow } from './source-row.ts';
import { cellsOf } from './source.ts';
import type { SourceItem } from './source.ts';

export type CsvSource = FileSource & { readonly kind: 'csv' | 'tsv' };

export type CsvOptions = {
  /** True where a list of one column may begin with data: the column is then called phone. Default: false. */
  readonly mayLackHeader?: boolean;
};

/** Rows in a batch at most. */
const batchRows = 1000;

const defaultEncoding = 'utf-8';

/** Reads a CSV or TSV file: first its columns, then its rows in batches. The file is open only while it is read. */
export async function* csvItems(
  source: CsvSource,
  files: Pick<Files, 'stream'>,
  options: CsvOptions = {},
): AsyncGenerator<SourceItem> {
  try {
    yield* readItems(source, lineBlocks(files.stream(source.path), source.encoding ?? defaultEncoding), options);
  } catch (error) {
    yield { kind: 'broken', diagnostics: [fileFinding(error, source)] };
  }
}

async function* readItems(
  source: CsvSource,
  blocks: AsyncGenerator<ByteBlock>,
  options: CsvOptions,
): AsyncGenerator<SourceItem> {
  const first = await blocks.next();
  if (first.done === true) return yield broken(source, { kind: 'empty', lacks: 'everything' });
  if (first.value.kind === 'broken') return yield broken(source, first.value.problem);
  const told = source.kind === 'tsv' ? '\t' : source.delimiter;
  const delimiter = told ?? delimiterOf(firstLine(first.value.bytes));
  if (typeof delimiter !== 'string') return yield broken(source, { kind: 'delimiter', candidates: delimiter });
  let columns: readonly string[] | undefined;
  for await (const item of csvRecords(resumed(first.value, blocks), delimiter)) {
    if (item.kind === 'broken') return yield broken(source, item.problem);
    let { records } = item;
    if (columns === undefined) {
      const opened = open(source, records, options);
      yield opened.item;
      if (opened.item.kind !== 'columns') return;
      ({ columns } = opened.item);
      records = opened.rest;
    }
    yield* batches(source, records, columns);
  }
  if (columns === undefined) yield broken(source, { kind: 'empty', lacks: 'everything' });
}

/** Takes the header off the first records. */
function open(
  source: CsvSource,
  records: readonly CsvRecord[],
  { mayLackHeader = false }: CsvOptions,
): { readonly item: SourceItem; readonly rest: readonly CsvRecord[] } {
  const [header, ...rest] = records;
  const { cells, line, fault } = header ?? { cells: [], line: 1, fault: undefined };
  if (fault === 'quotes') return { item: broken(source, { kind: 'quotes', line }), rest };
  if (fault === 'encoding') {
    const encoding = source.encoding ?? defaultEncoding;
    return { item: broken(source, { kind: 'encoding', encoding, line }), rest };
  }
  const isList = mayLackHeader && cells.length === 1 && cells.some(isEntry);
  if (isList) return { item: { kind: 'columns', columns: ['phone'] }, rest: records };
  const read = readHeader(cells, source.file, source.at);
  const item: SourceItem =
    read.kind === 'header'
      ? { kind: 'columns', columns: read.columns }
      : { kind: 'broken', diagnostics: read.diagnostics };
  return { item, rest };
}

function* batches(source: CsvSource, records: readonly CsvRecord[], columns: readonly string[]): Generator<SourceItem> {
  for (let start = 0; start < records.length; start += batchRows) {
    const rows = records.slice(start, start + batchRows).map((record) => rowOf(source, record, columns));
    yield { kind: 'rows', rows };
  }
}

function rowOf({ file }: CsvSource, record: CsvRecord, columns: readonly string[]): SourceRow {
  const place = { source: file, line: record.line };
  return sourceRow(place, cellsOf(columns, record.cells), reasonOf(record, columns.length));
}

function reasonOf({ cells, fault }: CsvRecord, expected: number): RowReason | undefined {
  if (fault === 'quotes') return { code: 'ROW_QUOTES' };
  if (fault === 'encoding') return { code: 'ROW_ENCODING' };
  if (cells.length === expected) return undefined;
  return { code: 'ROW_RAGGED', detail: `${String(cells.length)} cells, ${String(expected)} columns` };
}

/** Long enough for any header; a header with a line break within quotes is a finding anyway. */
function firstLine(bytes: Buffer): string {
  const end = bytes.indexOf('\n');
  return bytes.subarray(0, end === -1 ? bytes.length : end).toString();
}

async function* resumed(first: ByteBlock, rest: AsyncGenerator<ByteBlock>): AsyncGenerator<ByteBlock> {
  yield first;
  yield* rest;
}
