/** SQLite stores of tests: real files in a folder that removes itself. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { AttemptEvent } from '../../src/model/attempt.ts';
import type { ReadStore } from '../../src/store/contract/read-store.ts';
import type { Store } from '../../src/store/contract/store.ts';
import { openSqlite, openSqliteToRead } from '../../src/store/sqlite/open.ts';
import { seededRandom } from '../../src/sandbox/seeded-random.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import type { KeptEvent, Opened } from './opened.ts';
import { present } from './present.ts';

export type SqliteOpened = Opened & {
  readonly path: string;
  /** Rows by plain SQL, past all code of ours. */
  readonly sql: (text: string) => readonly Readonly<Record<string, unknown>>[];
};

/** A new store. */
export async function openTemporary(): Promise<SqliteOpened> {
  const folder = await temporaryFolder();
  const path = join(folder.path, '.callplan', 'callplan.db');
  const opened: ReadStore[] = [];
  const another = async (): Promise<Store> => {
    const store = await openSqlite(path, { create: true, random: seededRandom(1) });
    opened.push(store);
    return store;
  };
  const sql = (text: string): readonly Readonly<Record<string, unknown>>[] => {
    const database = new DatabaseSync(path);
    try {
      return database.prepare(text).all();
    } finally {
      database.close();
    }
  };
  return {
    path,
    store: await another(),
    another,
    toRead: async () => {
      const reader = present(await openSqliteToRead(path));
      opened.push(reader);
      return reader;
    },
    sql,
    events: () => Promise.resolve(sql(allEvents).map(keptEvent)),
    [Symbol.asyncDispose]: async () => {
      for (const store of opened) await store.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}

const allEvents = `SELECT a.recipient_id, a.n, e.at_ms, e.detail FROM event e JOIN attempt a ON a.id = e.attempt_id
  ORDER BY a.recipient_id, a.n, e.seq`;

function keptEvent(row: Readonly<Record<string, unknown>>): KeptEvent {
  return {
    recipientId: Number(row['recipient_id']),
    n: Number(row['n']),
    atMs: Number(row['at_ms']),
    event: JSON.parse(String(row['detail'])) as AttemptEvent,
  };
}
