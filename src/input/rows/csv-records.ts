/** Blocks of whole lines to records of text with their lines, by csv-parse; strict about quotes. */
import { finished } from 'node:stream/promises';
import { parse } from 'csv-parse';
import type { CsvError, Options } from 'csv-parse';
import { maxRecordBytes } from './csv-bytes.ts';
import type { ByteBlock } from './csv-bytes.ts';
import { lineCounter } from './csv-lines.ts';
import type { CsvRecord } from './csv-lines.ts';
import type { SourceProblem } from './source.ts';

export type CsvItem =
  | { readonly kind: 'records'; readonly records: readonly CsvRecord[] }
  | { readonly kind: 'broken'; readonly problem: SourceProblem };

/** Bytes that are parsed at once: some hundred rows, which then are gone before the garbage collector keeps them. */
const sliceBytes = 32_768;

/** Parses blocks as they come. Lines without any cell are passed over. */
export async function* csvRecords(blocks: AsyncIterable<ByteBlock>, delimiter: string): AsyncGenerator<CsvItem> {
  const run = startRun(delimiter);
  for await (const block of blocks) {
    if (block.kind === 'broken') return yield block;
    for (const line of block.badLines) run.badLines.add(line);
    for (let start = 0; start < block.bytes.length && run.problem() === undefined; start += sliceBytes) {
      const records = await run.write(block.bytes.subarray(start, start + sliceBytes));
      if (records.length > 0) yield { kind: 'records', records };
    }
    if (run.problem() !== undefined) break;
  }
  const records = await run.end();
  if (records.length > 0) yield { kind: 'records', records };
  const problem = run.problem();
  if (problem !== undefined) yield { kind: 'broken', problem };
}

type Run = {
  readonly badLines: Set<number>;
  readonly write: (bytes: Buffer) => Promise<readonly CsvRecord[]>;
  readonly end: () => Promise<readonly CsvRecord[]>;
  readonly problem: () => SourceProblem | undefined;
};

/** One pass of csv-parse over a file. It parses while `write` runs, so all state is that of the last record seen. */
function startRun(delimiter: string): Run {
  const lines = lineCounter();
  const badLines = new Set<number>();
  let records: CsvRecord[] = [];
  let problem: SourceProblem | undefined;
  let width: number | undefined;
  const keep = (record: CsvRecord): void => {
    width ??= record.cells.length;
    // A quote that was not closed takes whole rows into one cell: then nobody can say who is missing.
    if (record.lines > 1 && record.fault === undefined && record.cells.length !== width) {
      problem = { kind: 'quotes', line: record.line };
      return;
    }
    const bad = badLines.size > 0 && takeLines(badLines, record);
    if (bad) records.push({ ...record, fault: 'encoding' });
    else if (record.fault !== undefined || record.cells.some((cell) => cell.trim() !== '')) records.push(record);
  };
  const parser = parse({
    ...options,
    delimiter,
    on_record: (cells: string[], info: { readonly lines: number }) => {
      if (problem === undefined) for (const record of lines.record(cells, info.lines)) keep(record);
      return null;
    },
    on_skip: (error) => {
      if (problem !== undefined || error === undefined) return;
      const at = reachedLine(error);
      if (error.code === strayQuote) for (const record of lines.stray(at)) keep(record);
      else problem = problemOf(error.code, lines.next(), at);
    },
  });
  const take = (): readonly CsvRecord[] => {
    const taken = records;
    records = [];
    return taken;
  };
  parser.resume();
  return {
    badLines,
    write: async (bytes) => {
      await new Promise<void>((resolve, reject) => {
        parser.write(bytes, (error) => (error ? reject(error) : resolve()));
      });
      return take();
    },
    end: async () => {
      parser.end();
      await finished(parser);
      for (const record of lines.end()) keep(record);
      return take();
    },
    problem: () => problem,
  };
}

/** LF and CRLF end a record, both in one file too. Cells stay as they are; ragged records are the caller's. */
const options: Options = {
  columns: false,
  record_delimiter: ['\r\n', '\n'],
  relax_column_count: true,
  skip_records_with_error: true,
  max_record_size: maxRecordBytes,
};

/** csv-parse's code for a quote within an unquoted cell: the one error behind which it still knows where rows begin. */
const strayQuote = 'INVALID_OPENING_QUOTE';

function problemOf(code: string, line: number, reached: number): SourceProblem {
  const isLong = code === 'CSV_MAX_RECORD_SIZE' && reached <= line;
  return isLong ? { kind: 'too_long', line, limit: maxRecordBytes } : { kind: 'quotes', line };
}

/** The line on which csv-parse stumbled, as it counts. */
function reachedLine(error: CsvError): number {
  const lines: unknown = error['lines'];
  return typeof lines === 'number' ? lines : 0;
}

function takeLines(badLines: Set<number>, { line, lines }: CsvRecord): boolean {
  let found = false;
  for (let at = line; at < line + lines; at += 1) found = badLines.delete(at) || found;
  return found;
}
