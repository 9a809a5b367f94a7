/**
 * Opens the store in a SQLite file. Out come the Store and ReadStore of the contract; nothing above knows what is below.
 * Each file here is one concept of the contract, as functions over one Database.
 */
import { pathToFileURL } from 'node:url';
import type { Random, SyncFile } from '../../ports.ts';
import { StoreFailure } from '../contract/failure.ts';
import type { ReadStore } from '../contract/read-store.ts';
import type { Store } from '../contract/store.ts';
import { Database } from './database.ts';
import type { Connection } from './database.ts';
import { storeFailure } from './failure.ts';
import { createPrivateFile, isEmptyFile, isThere, logOf, mayWrite } from './file.ts';
import { migrate, schemaOf, type OwnHost } from './schema.ts';
import { readStoreOf, storeOf } from './store.ts';

/** How a store is opened for writing. */
export type OpenOptions = {
  /** Make the file where there is none; else that is `unreadable`. */
  readonly create: boolean;
  /** Draws the id and the key of a new store. */
  readonly random: Random;
  /** Its processes are waited for before a schema is changed that they work with. Left out: none is. */
  readonly host?: OwnHost;
  /** A lock of another process is waited for so long. @default 30000 */
  readonly busyMs?: number;
  /** Makes commits durable. Left out for a store that is thrown away: nothing waits for the disk. */
  readonly syncFile?: SyncFile;
};

/** Longer than the merge of a million recipients holds the write lock. */
const patientMs = 30_000;

/** @throws StoreFailure */
export async function openSqlite(path: string, options: OpenOptions): Promise<Store> {
  const { create, random, host, busyMs = patientMs, syncFile } = options;
  const durability = syncFile === undefined ? { durable: false } : { durable: true, syncFile };
  return told(path, 'read_only', () => {
    if (create) createPrivateFile(path);
    if (!isThere(path)) throw new StoreFailure('unreadable', path);
    if (!mayWrite(path)) throw new StoreFailure('read_only', path);
    const database = new Database(path, { location: path, readOnly: false, busyMs, ...durability });
    return orClose(database, () => {
      if (!create && schemaOf(database) === 'empty') throw new StoreFailure('not_a_store', path);
      schemaOf(database);
      keepLog(database);
      migrate(database, random, host);
      return storeOf(database);
    });
  });
}

/** How often another may get in between. */
const logTries = 20;

/** SQLite waits for other processes, but not where it changes the mode: https://www.sqlite.org/pragma.html#pragma_journal_mode */
function keepLog(database: Database): void {
  for (let left = logTries; ; left -= 1) {
    try {
      return database.exec('PRAGMA journal_mode = WAL');
    } catch (error) {
      const failure = storeFailure(error, database.path);
      if (left === 0 || !(failure instanceof StoreFailure) || failure.kind !== 'held') throw error;
      database.exec('BEGIN EXCLUSIVE; COMMIT');
    }
  }
}

/**
 * Undefined where no store was made yet. Changes nothing: where the file may be written the connection may not, and takes
 * the files that SQLite needs beside a store in use with it when it closes; else none are made.
 * @throws StoreFailure
 */
export async function openSqliteToRead(
  path: string,
  options: { readonly busyMs?: number } = {},
): Promise<ReadStore | undefined> {
  return told(path, 'unreadable', () => {
    if (isEmptyFile(path)) return undefined;
    const database = new Database(path, readConnection(path, options.busyMs ?? patientMs));
    return orClose(database, () => {
      const schema = schemaOf(database);
      if (schema === 'older') throw new StoreFailure('older', path);
      if (schema === 'empty') {
        database.close();
        return undefined;
      }
      if (!database.connection.readOnly) database.exec('PRAGMA query_only = ON');
      return readStoreOf(database);
    });
  });
}

/**
 * A read-only connection to a file in WAL mode leaves -wal and -shm behind, and needs to make them; so only what cannot
 * be written is opened so. Without a -wal file and where nobody can make one, the file is all there is:
 * https://www.sqlite.org/wal.html#read_only_databases
 */
function readConnection(path: string, busyMs: number): Connection {
  const common = { busyMs, durable: true };
  if (mayWrite(path)) return { ...common, location: path, readOnly: false };
  if (isThere(logOf(path))) return { ...common, location: path, readOnly: true };
  const location = pathToFileURL(path);
  location.searchParams.set('immutable', '1');
  return { ...common, location, readOnly: true };
}

function orClose<T>(database: Database, work: () => T): T {
  try {
    return work();
  } catch (error) {
    database.close();
    throw error;
  }
}

/** @param forbidden what a lack of permission means for what is being done */
async function told<T>(path: string, forbidden: 'read_only' | 'unreadable', work: () => T): Promise<T> {
  try {
    return work();
  } catch (error) {
    throw storeFailure(error, path, forbidden);
  }
}
