import type { Host, Random } from '../../ports.ts';
import { StoreFailure } from '../contract/failure.ts';
import { ledger } from '../migrations/001-ledger.ts';
import { optOuts } from '../migrations/002-opt-outs.ts';
import { stops } from '../migrations/003-stops.ts';
import { lists } from '../migrations/004-lists.ts';
import { conditions } from '../migrations/005-conditions.ts';
import type { Database } from './database.ts';
import { holders } from './leases.ts';
import { numberOf } from './row.ts';

/** Forward only: a migration that was released is never edited; its place in the list is the version it makes. */
const migrations: readonly string[] = [ledger, optOuts, stops, lists, conditions];

/** "cpln": tells our files from other SQLite databases (https://www.sqlite.org/pragma.html#pragma_application_id). */
const applicationId = 0x63_70_6c_6e;

/** `empty`: a file that nobody has written a schema to yet. */
export type SchemaState = 'empty' | 'older' | 'current';

/** What the file is, as far as its header tells. @throws StoreFailure `newer`, `not_a_store` */
export function schemaOf(database: Database): SchemaState {
  const version = pragma(database, 'user_version');
  if (pragma(database, 'application_id') !== applicationId) {
    const tables = database.get('SELECT count(*) AS tables FROM sqlite_schema');
    const isEmpty = version === 0 && tables !== undefined && numberOf(tables, 'tables') === 0;
    if (!isEmpty) throw new StoreFailure('not_a_store', database.path);
    return 'empty';
  }
  if (version > migrations.length) throw new StoreFailure('newer', database.path);
  return version < migrations.length ? 'older' : 'current';
}

/** Tells whether a process of this host may still be there. */
export type OwnHost = Pick<Host, 'hostname' | 'mayBeAlive'>;

/**
 * Brings the schema up to date, in one transaction; of two processes at once one finds it done.
 * @throws StoreFailure `held` while a process of the host works with the older one, whose statements need not fit the newer
 */
export function migrate(database: Database, random: Random, host?: OwnHost): void {
  if (schemaOf(database) === 'current') return;
  database.write(() => {
    const isNew = schemaOf(database) === 'empty';
    if (!isNew && host !== undefined && isAtWork(database, host)) throw new StoreFailure('held', database.path);
    const from = isNew ? 0 : pragma(database, 'user_version');
    for (const migration of migrations.slice(from)) database.exec(migration);
    if (isNew) {
      database.run(
        "INSERT INTO meta (name, value) VALUES ('id', ?), ('manifest_key', ?)",
        random.hex(16),
        random.hex(32),
      );
      database.exec(`PRAGMA application_id = ${String(applicationId)}`);
    }
    database.exec(`PRAGMA user_version = ${String(migrations.length)}`);
  });
}

function isAtWork(database: Database, host: OwnHost): boolean {
  return holders(database).some(
    ({ hostname, pid, started }) => hostname === host.hostname && host.mayBeAlive(pid, started),
  );
}

function pragma(database: Database, name: 'user_version' | 'application_id'): number {
  const row = database.get(`PRAGMA ${name}`);
  return row === undefined ? 0 : numberOf(row, name);
}
