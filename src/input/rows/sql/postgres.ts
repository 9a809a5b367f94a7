import type { Client, QueryArrayConfig, QueryArrayResult } from 'pg';
import type { CellText } from '../cell-text.ts';
import { numberCell } from '../cell-text.ts';
import type { AnswerPart } from './answer.ts';
import { QueryFailed } from './answer.ts';

const batchRows = 1000;
const connectMs = 10_000;
/** For one batch of rows; the first one holds the work of the query. */
const statementMs = 300_000;

/** Asks a PostgreSQL database in a transaction that can only read, with a cursor. @throws QueryFailed */
export async function* askPostgres(address: string, query: string): AsyncGenerator<AnswerPart> {
  const client = await connect(address);
  try {
    await client.query('BEGIN READ ONLY');
    await client.query(`SET LOCAL statement_timeout = ${String(statementMs)}`);
    await client.query("SET LOCAL TimeZone = 'UTC'");
    await client.query("SET LOCAL DateStyle = 'ISO'");
    await ask(client, `DECLARE callplan_rows NO SCROLL CURSOR FOR ${query}`);
    let isFirst = true;
    for (;;) {
      const { fields, rows } = await ask(client, `FETCH ${String(batchRows)} FROM callplan_rows`);
      if (isFirst) yield { kind: 'columns', columns: fields.map(({ name }) => name) };
      isFirst = false;
      if (rows.length === 0) return;
      const types = fields.map(({ dataTypeID }) => dataTypeID);
      yield { kind: 'rows', rows: rows.map((row) => row.map((cell, index) => cellOf(cell, types[index]))) };
    }
  } catch (error) {
    throw queryFailure(error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function connect(address: string): Promise<Client> {
  const { Client: PostgresClient } = await import('pg');
  let client: Client;
  try {
    client = new PostgresClient({
      connectionString: address,
      connectionTimeoutMillis: connectMs,
      application_name: 'callplan',
    });
  } catch (error) {
    throw new QueryFailed('database', 'its address cannot be read', error);
  }
  // A connection that breaks while nothing is asked tells it here; the next question fails with it.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw new QueryFailed('database', connectProblem(error), error);
  }
}

type Question = QueryArrayConfig & { readonly queryMode: 'extended' };

/** One statement, by the extended protocol, which takes no second one; cells as PostgreSQL writes them. */
function ask(client: Client, text: string): Promise<QueryArrayResult<(string | null)[]>> {
  const types = { getTypeParser: () => String };
  const question: Question = { text, rowMode: 'array', queryMode: 'extended', types };
  return client.query<(string | null)[]>(question);
}

/** How the text of a type becomes a cell, by the type's number (src/include/catalog/pg_type.dat); others stay as they are. */
const cellOfType: ReadonlyMap<number, (value: string) => CellText> = new Map([
  [16, (value) => ({ kind: 'cell', text: value === 't' ? 'true' : 'false' })],
  [17, () => ({ kind: 'rejected', code: 'ROW_CELL_TYPE' })],
  [700, numberCell],
  [701, numberCell],
  [1114, (value) => ({ kind: 'cell', text: value.replace(' ', 'T') })],
  [1184, (value) => ({ kind: 'cell', text: value.replace(' ', 'T').replace(/[+-]\d\d$/, '$&:00') })],
]);

function cellOf(value: string | null, type = 0): CellText {
  if (value === null) return { kind: 'cell', text: undefined };
  return cellOfType.get(type)?.(value) ?? { kind: 'cell', text: value };
}

/** SQLSTATEs and error numbers of the system that people know; others by their code, as words may quote an address. */
const connectProblems: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'its host is not known',
  ETIMEDOUT: 'it does not answer',
  '28P01': 'user or password is refused',
  '28000': 'the user is refused',
  '3D000': 'there is no database of that name',
  '53300': 'it has too many connections',
  '57P03': 'it is starting or stopping',
};

function connectProblem(error: unknown): string {
  const code = codeOf(error);
  if (code !== undefined) return connectProblems[code] ?? code;
  const isLate = error instanceof Error && /timeout/i.test(error.message);
  return isLate ? `it did not answer within ${String(connectMs / 1000)} seconds` : 'the connection was not made';
}

/** No class of SQLSTATE begins with E, which errors of the system do: EPIPE. */
const sqlState = /^[0-9A-DF-Z][0-9A-Z]{4}$/;

function queryFailure(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof QueryFailed) return error;
  const code = codeOf(error);
  const isBroken = code === undefined ? error.message.startsWith('Connection terminated') : !sqlState.test(code);
  if (isBroken) return new QueryFailed('database', 'the connection broke', error);
  if (code === undefined) return error;
  if (code === '25006') return new QueryFailed('query', 'it writes, and a source is only read', error);
  if (code === '57014')
    return new QueryFailed('query', `it took longer than ${String(statementMs / 60_000)} minutes`, error);
  // Class 42 is about syntax and names; messages of other classes quote values.
  return new QueryFailed('query', code.startsWith('42') ? error.message : `SQLSTATE ${code}`, error);
}

function codeOf(error: unknown): string | undefined {
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
