/**
 * A list on its way into the ledger. Rows are staged in temporary tables of a connection of its own, batch by batch, so that
 * memory stays flat and the ledger is untouched until all are read. SQLite removes the name of a temporary file when it
 * makes it, with mode 0600, so nothing is left on the disk: https://www.sqlite.org/tempfiles.html
 */
import type { Recipient } from '../../model/recipient.ts';
import type { EnrolOptions } from '../contract/enrolment.ts';
import type { Database } from './database.ts';
import { digester } from './inputs-digest.ts';
import type { InputsDigest } from './inputs-digest.ts';
import { numberOf, textIn } from './row.ts';

/** Which list is staged, and what for. */
export type StageOptions = {
  readonly waveId: number;
  /** R of a key. */
  readonly tagOf: (key: string) => string;
  /** Keep what the ledger lacks, for a merge; a comparison needs the digests alone. */
  readonly inputs: boolean;
  readonly certainSkip: EnrolOptions['certainSkip'];
  readonly placeOf: EnrolOptions['placeOf'];
};

const tables = `
  PRAGMA cache_size = -24576;
  PRAGMA temp.cache_size = -8192;
  CREATE TEMP TABLE listed (
    position INTEGER PRIMARY KEY, tag TEXT NOT NULL, key TEXT NOT NULL, phone TEXT NOT NULL, zone TEXT,
    not_before_ms REAL, not_after_ms REAL, suppressed INTEGER NOT NULL, digest TEXT NOT NULL, call_digest TEXT NOT NULL,
    skip TEXT, place TEXT
  ) STRICT;
  CREATE TEMP TABLE listed_inputs (
    position INTEGER PRIMARY KEY, row TEXT NOT NULL, variables TEXT NOT NULL, call TEXT NOT NULL
  ) STRICT;
  -- What each row means in the ledger; rows that mean nobody are new.
  CREATE TEMP TABLE matched (
    position INTEGER PRIMARY KEY, recipient_id INTEGER NOT NULL, by_tag INTEGER NOT NULL, called INTEGER NOT NULL
  ) STRICT;
  -- The ledger's recipients that are still listed, and by which row.
  CREATE TEMP TABLE kept (
    recipient_id INTEGER PRIMARY KEY, position INTEGER NOT NULL, called INTEGER NOT NULL, nameless INTEGER NOT NULL
  ) STRICT;
`;

/** Reads all rows into the temporary tables of the given connection, in their order. */
export async function stage(
  database: Database,
  rows: AsyncIterable<readonly Recipient[]>,
  options: StageOptions,
): Promise<void> {
  database.exec(tables);
  const digestOf = digester();
  let staged = 0;
  for await (const batch of rows) {
    const from = staged;
    database.read(() => {
      batch.forEach((recipient, index) => {
        const position = from + index + 1;
        stageRow(database, { recipient, position, digest: digestOf(recipient) }, options);
      });
    });
    staged += batch.length;
  }
}

type Listed = { readonly recipient: Recipient; readonly position: number; readonly digest: InputsDigest };

function stageRow(database: Database, { recipient, position, digest }: Listed, options: StageOptions): void {
  const { key, phone, zone, notBeforeMs, notAfterMs, row, variables, call } = recipient;
  const tag = options.tagOf(key);
  database.run(
    'INSERT INTO listed VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    position,
    tag,
    key,
    phone,
    zone,
    notBeforeMs,
    notAfterMs,
    recipient.suppressed,
    digest.inputs,
    digest.call,
    options.certainSkip?.(recipient, () => enrolledMs(database, options.waveId, tag)),
    options.placeOf === undefined ? (zone ?? '') : options.placeOf(recipient),
  );
  if (!options.inputs || isKnown(database, options.waveId, tag, digest)) return;
  database.run(
    'INSERT INTO listed_inputs VALUES (?, ?, ?, ?)',
    position,
    JSON.stringify(row),
    JSON.stringify(variables),
    JSON.stringify(call),
  );
}

/** When somebody entered the wave who is in it already. */
function enrolledMs(database: Database, waveId: number, tag: string): number | undefined {
  const row = database.get('SELECT enrolled_ms FROM recipient WHERE wave_id = ? AND tag = ?', waveId, tag);
  return row === undefined ? undefined : numberOf(row, 'enrolled_ms');
}

/** The ledger has these very inputs: they need not be carried along. */
function isKnown(database: Database, waveId: number, tag: string, digest: InputsDigest): boolean {
  const row = database.get('SELECT digest, call_digest FROM recipient WHERE wave_id = ? AND tag = ?', waveId, tag);
  return row !== undefined && textIn(row, 'digest') === digest.inputs && textIn(row, 'call_digest') === digest.call;
}
