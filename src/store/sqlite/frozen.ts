import type { FrozenRecipient } from '../../model/wave.ts';
import type { FrozenChoice } from '../contract/wave-state.ts';
import type { Database } from './database.ts';
import { numberIn, numberOf, textIn, textOf } from './row.ts';
import type { Row } from './row.ts';
import { storedCells, storedPhone, storedScalars } from './stored.ts';

type After = { readonly position: number; readonly id: number };

const pageSize = 500;

/** Those chosen of a wave in list order, page by page, each page as the ledger is when it is read. */
export async function* frozen(
  database: Database,
  waveId: number,
  choice: FrozenChoice,
): AsyncGenerator<readonly FrozenRecipient[]> {
  let last: After = { position: -1, id: 0 };
  for (;;) {
    const from = last;
    const rows = await database.ask(() => database.all(chosen, waveId, from.position, from.id, ...wanted(choice)));
    const page = await database.ask(() => withCallers(database, rows, choice));
    if (page.length > 0) yield page;
    const end = rows.at(-1);
    if (end === undefined || rows.length < pageSize) return;
    last = { position: numberOf(end, 'position'), id: numberOf(end, 'id') };
  }
}

/** Who was taken off the list is skipped, and meant to stay so. */
const chosen = `
  SELECT r.id, r.position, r.key, r.tag, r.phone, r.zone, r.not_before_ms, r.not_after_ms, i.row, i.variables
  FROM recipient r LEFT JOIN recipient_inputs i ON i.recipient_id = r.id
  WHERE r.wave_id = ? AND (r.position, r.id) > (?, ?) AND (
    (r.state = 'done' AND r.outcome IN (SELECT value FROM json_each(?)))
    OR (r.state = 'rejected' AND ?) OR (r.state = 'skipped' AND r.reason <> 'removed' AND ?))
  ORDER BY r.position, r.id LIMIT ${String(pageSize)}`;

function wanted({ only }: FrozenChoice): readonly [string, boolean, boolean] {
  return [JSON.stringify(only), only.includes('rejected'), only.includes('skipped')];
}

function withCallers(database: Database, rows: readonly Row[], { others }: FrozenChoice): readonly FrozenRecipient[] {
  const callers = others.map(({ wave, waveId, tagOf }) => {
    const tags = rows.flatMap((row) => tagOf(textIn(row, 'key') ?? ''));
    return { wave, tagOf, called: calledOf(database, waveId, tags) };
  });
  return rows.map((row) => {
    const recipient = frozenRecipient(row);
    const caller = callers.find(({ tagOf, called }) => called.has(tagOf(recipient.key)));
    return caller === undefined ? recipient : { ...recipient, calledBy: caller.wave };
  });
}

function calledOf(database: Database, waveId: number, tags: readonly string[]): ReadonlySet<string> {
  const rows = database.all(
    `SELECT r.tag FROM json_each(?) wanted CROSS JOIN recipient r ON r.wave_id = ? AND r.tag = wanted.value
     WHERE r.attempts > 0`,
    JSON.stringify(tags),
    waveId,
  );
  return new Set(rows.map((row) => textOf(row, 'tag')));
}

function frozenRecipient(row: Row): FrozenRecipient {
  const key = textIn(row, 'key');
  const zone = textIn(row, 'zone');
  const notBeforeMs = numberIn(row, 'not_before_ms');
  const notAfterMs = numberIn(row, 'not_after_ms');
  return {
    key: key ?? textOf(row, 'tag'),
    phone: storedPhone(textOf(row, 'phone')),
    ...(zone === undefined ? {} : { zone }),
    ...(notBeforeMs === undefined ? {} : { notBeforeMs }),
    ...(notAfterMs === undefined ? {} : { notAfterMs }),
    row: storedCells(textIn(row, 'row') ?? '{}'),
    variables: storedScalars(textIn(row, 'variables') ?? '{}'),
    position: numberOf(row, 'position'),
    isNameless: key === undefined,
  };
}
