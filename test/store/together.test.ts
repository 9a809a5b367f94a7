import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Database } from '../../src/store/sqlite/database.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

test('works that are asked for in one go are committed at one moment', async () => {
  await using place = await clinic();
  const { database, call, called } = place;
  const first = database.together(() => call('Adaeze'));
  const last = database.together(() => call('Chidi'));
  expect(called()).toEqual([]);
  await first;
  expect(called()).toEqual(['Adaeze', 'Chidi']);
  expect(await last).toBe(1);
});

test('a work that fails is undone alone', async () => {
  await using place = await clinic();
  const { database, call, called } = place;
  const results = await Promise.allSettled([
    database.together(() => call('Adaeze')),
    database.together(() => {
      call('Bola');
      throw new TypeError('nobody answers');
    }),
    database.together(() => call('Chidi')),
  ]);
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(called()).toEqual(['Adaeze', 'Chidi']);
});

test('none has happened when the commit fails', async () => {
  await using place = await clinic();
  const { database, call, called } = place;
  const results = await Promise.allSettled([
    database.together(() => call('Adaeze')),
    database.together(() => {
      // As SQLite itself does when the disk is full.
      database.exec('ROLLBACK');
      throw new TypeError('the disk is full');
    }),
  ]);
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(called()).toEqual([]);
  await database.together(() => call('Adaeze'));
  expect(called()).toEqual(['Adaeze']);
});

async function clinic(): Promise<
  AsyncDisposable & {
    readonly database: Database;
    readonly call: (name: string) => number;
    /** Seen by another connection, so committed. */
    readonly called: () => readonly unknown[];
  }
> {
  const folder = await temporaryFolder();
  const database = new Database('calls.db', {
    location: join(folder.path, 'calls.db'),
    readOnly: false,
    busyMs: 100,
    durable: true,
  });
  database.exec('PRAGMA journal_mode = WAL; CREATE TABLE call (name TEXT NOT NULL) STRICT');
  const other = database.beside();
  return {
    database,
    call: (name) => database.run('INSERT INTO call VALUES (?)', name),
    called: () => other.all('SELECT name FROM call ORDER BY rowid').map(({ name }) => name),
    [Symbol.asyncDispose]: async () => {
      other.close();
      database.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}
