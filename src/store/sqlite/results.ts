import type { ResultRow, ResultWithInputs } from '../../model/wave.ts';
import type { Database } from './database.ts';
import { planned } from './planned.ts';
import { numberIn, numberOf, textIn, textOf } from './row.ts';
import type { Row } from './row.ts';
import { standingOf } from './standing.ts';
import { storedCells, storedPhone, storedScalars, storedState, storedTexts } from './stored.ts';

type AttemptRow = ResultRow['attempts'][number];

const pageSize = 500;

/** A wave's recipients in list order, page by page, each page as the ledger is when it is read. */
export function results(database: Database, waveId: number): AsyncGenerator<readonly ResultRow[]> {
  return pages(database, waveId, { sql: selectPage(), resultOf: resultRow });
}

/** The same with what their calls are made from. */
export function resultsWithInputs(database: Database, waveId: number): AsyncGenerator<readonly ResultWithInputs[]> {
  return pages(database, waveId, {
    sql: selectPage(', i.row, i.variables', 'LEFT JOIN recipient_inputs i ON i.recipient_id = r.id'),
    resultOf: (row, attempts) => ({
      ...resultRow(row, attempts),
      row: storedCells(textIn(row, 'row') ?? '{}'),
      variables: storedScalars(textIn(row, 'variables') ?? '{}'),
    }),
  });
}

function selectPage(inputs = '', join = ''): string {
  return `
    SELECT r.id, r.position, coalesce(r.key, r.tag) AS key, r.phone, r.state, r.next_n, r.due_ms, r.why, r.alone, r.reason${inputs}
    FROM recipient r ${join}
    WHERE r.wave_id = ? AND (r.position, r.id) > (?, ?) ORDER BY r.position, r.id LIMIT ${planned('?')}`;
}

type Reading<Result> = {
  readonly sql: string;
  readonly resultOf: (row: Row, attempts: readonly AttemptRow[]) => Result;
};

async function* pages<Result>(
  database: Database,
  waveId: number,
  { sql, resultOf }: Reading<Result>,
): AsyncGenerator<readonly Result[]> {
  let [position, id] = [-1, 0];
  for (;;) {
    const after = [position, id];
    const [rows, attempts] = await database.ask(() =>
      database.read(() => {
        const found = database.all(sql, waveId, ...after, pageSize);
        return [found, attemptsOf(database, found)] as const;
      }),
    );
    yield rows.map((row) => resultOf(row, attempts.get(numberOf(row, 'id')) ?? []));
    const end = rows.at(-1);
    if (end === undefined || rows.length < pageSize) return;
    [position, id] = [numberOf(end, 'position'), numberOf(end, 'id')];
  }
}

/** Beside min() SQLite reads the other columns off the same row: https://www.sqlite.org/lang_select.html#bareagg */
export function columns(database: Database, waveId: number): readonly string[] {
  const rows = database.all(
    `SELECT cell.key AS name, min(r.position) AS position, cell.id AS place
     FROM recipient r JOIN recipient_inputs i ON i.recipient_id = r.id, json_each(i.row) cell
     WHERE r.wave_id = ? GROUP BY cell.key ORDER BY position, place`,
    waveId,
  );
  return rows.map((row) => textOf(row, 'name'));
}

function resultRow(row: Row, attempts: readonly AttemptRow[]): ResultRow {
  return {
    key: textOf(row, 'key'),
    phone: storedPhone(textOf(row, 'phone')),
    standing: standingOf(row),
    attempts,
  };
}

function attemptsOf(database: Database, recipients: readonly Row[]): ReadonlyMap<number, readonly AttemptRow[]> {
  const rows = database.all(
    `SELECT a.recipient_id, a.n, a.intent_ms, a.ended_ms, a.detail, a.definition, a.resource_id,
       (SELECT json_group_array(e.kind ORDER BY e.seq) FROM event e WHERE e.attempt_id = a.id) AS events
     FROM json_each(?) wanted CROSS JOIN attempt a ON a.recipient_id = wanted.value ORDER BY a.recipient_id, a.n`,
    JSON.stringify(recipients.map((row) => numberOf(row, 'id'))),
  );
  const attempts = new Map<number, AttemptRow[]>();
  for (const row of rows) {
    const recipientId = numberOf(row, 'recipient_id');
    const known = attempts.get(recipientId);
    if (known === undefined) attempts.set(recipientId, [attemptRow(row)]);
    else known.push(attemptRow(row));
  }
  return attempts;
}

function attemptRow(row: Row): AttemptRow {
  const endedMs = numberIn(row, 'ended_ms');
  return {
    n: numberOf(row, 'n'),
    intentMs: numberOf(row, 'intent_ms'),
    ...(endedMs === undefined ? {} : { endedMs }),
    state: storedState(textOf(row, 'detail')),
    definition: textOf(row, 'definition'),
    resourceId: textOf(row, 'resource_id'),
    events: storedTexts(textOf(row, 'events')),
  };
}
