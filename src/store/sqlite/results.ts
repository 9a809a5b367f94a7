import type { ResultRow } from '../../model/wave.ts';
import type { Database } from './database.ts';
import { planned } from './planned.ts';
import { numberIn, numberOf, textIn, textOf } from './row.ts';
import type { Row } from './row.ts';
import { standingOf } from './standing.ts';
import { storedCells, storedPhone, storedScalars, storedState, storedTexts } from './stored.ts';

type Results = readonly ResultRow[];
type AttemptRow = ResultRow['attempts'][number];

const pageSize = 500;

/** A wave's recipients in list order, page by page, each page as the ledger is when it is read. */
export async function* results(database: Database, waveId: number): AsyncGenerator<ResultRow> {
  let last: { readonly position: number; readonly id: number } = { position: -1, id: 0 };
  for (;;) {
    const from = last;
    const { page, next } = await database.ask(() => database.read(() => readPage(database, waveId, from)));
    yield* page;
    if (next === undefined) return;
    last = next;
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

function readPage(
  database: Database,
  waveId: number,
  after: { readonly position: number; readonly id: number },
): { readonly page: Results; readonly next: typeof after | undefined } {
  const rows = database.all(
    `SELECT r.id, r.position, coalesce(r.key, r.tag) AS key, r.phone, r.state, r.next_n, r.due_ms, r.why, r.alone,
       r.reason, i.row, i.variables
     FROM recipient r LEFT JOIN recipient_inputs i ON i.recipient_id = r.id
     WHERE r.wave_id = ? AND (r.position, r.id) > (?, ?) ORDER BY r.position, r.id LIMIT ${planned('?')}`,
    waveId,
    after.position,
    after.id,
    pageSize,
  );
  const attempts = attemptsOf(database, rows);
  const end = rows.at(-1);
  return {
    page: rows.map((row) => resultRow(row, attempts.get(numberOf(row, 'id')) ?? [])),
    next:
      end === undefined || rows.length < pageSize
        ? undefined
        : { position: numberOf(end, 'position'), id: numberOf(end, 'id') },
  };
}

function resultRow(row: Row, attempts: readonly AttemptRow[]): ResultRow {
  return {
    key: textOf(row, 'key'),
    phone: storedPhone(textOf(row, 'phone')),
    standing: standingOf(row),
    row: storedCells(textIn(row, 'row') ?? '{}'),
    variables: storedScalars(textIn(row, 'variables') ?? '{}'),
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
