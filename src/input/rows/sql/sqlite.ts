import type { SQLOutputValue } from 'node:sqlite';
import type { CellText } from '../cell-text.ts';
import { numberCell } from '../cell-text.ts';
import type { AnswerPart } from './answer.ts';
import { QueryFailed } from './answer.ts';

const batchRows = 1000;
const busyMs = 5_000;

/** Asks an SQLite file, which is opened for reading only. @throws QueryFailed */
export async function* askSqlite(path: string, query: string): AsyncGenerator<AnswerPart> {
  const { DatabaseSync } = await import('node:sqlite');
  let database: InstanceType<typeof DatabaseSync> | undefined;
  try {
    database = new DatabaseSync(path, { readOnly: true, timeout: busyMs });
    const statement = database.prepare(query);
    if (restOf(query, statement.sourceSQL) !== '') throw new QueryFailed('query', 'it is more than one statement');
    statement.setReturnArrays(true);
    statement.setReadBigInts(true);
    const columns = statement.columns().map(({ name }) => name);
    if (columns.length === 0) throw new QueryFailed('query', 'it answers no rows');
    yield { kind: 'columns', columns };
    let rows: (readonly CellText[])[] = [];
    for (const row of statement.iterate()) {
      rows.push(Object.values(row).map(cellOf));
      if (rows.length < batchRows) continue;
      yield { kind: 'rows', rows };
      rows = [];
    }
    if (rows.length > 0) yield { kind: 'rows', rows };
  } catch (error) {
    throw failureOf(error);
  } finally {
    database?.close();
  }
}

/** What stands behind the first statement, but for comments and semicolons. */
function restOf(query: string, statement: string): string {
  const rest = query.slice(query.indexOf(statement) + statement.length);
  return rest.replaceAll(/--[^\n]*|\/\*[\s\S]*?\*\/|[\s;]/g, '');
}

function cellOf(value: SQLOutputValue): CellText {
  if (value === null) return { kind: 'cell', text: undefined };
  if (typeof value === 'number') return numberCell(String(value));
  if (typeof value === 'bigint') return { kind: 'cell', text: String(value) };
  return typeof value === 'string' ? { kind: 'cell', text: value } : { kind: 'rejected', code: 'ROW_CELL_TYPE' };
}

/** SQLite's result codes (https://sqlite.org/rescode.html) that are about the file; its other words are about names. */
const fileProblems: Readonly<Record<number, string>> = {
  5: 'another program writes to it',
  11: 'it is damaged',
  14: 'it cannot be opened',
  26: 'it is no SQLite database',
};

function failureOf(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof QueryFailed || !('code' in error)) return error;
  if (error.code === 'ERR_INVALID_ARG_VALUE') return new QueryFailed('query', 'it is empty', error);
  if (error.code !== 'ERR_SQLITE_ERROR') return error;
  const code = 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xff : 0;
  const problem = fileProblems[code];
  if (problem !== undefined) return new QueryFailed('database', problem, error);
  return new QueryFailed('query', code === 8 ? 'it writes, and a source is only read' : error.message, error);
}
