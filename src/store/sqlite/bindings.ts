/** Which remote object belongs to which address, which file speaks for it, and creates that may have happened. */
import type { Binding, CreateIntent } from '../contract/binding.ts';
import type { Database } from './database.ts';
import { writeUnder } from './fence.ts';
import { numberOf, textIn, textOf } from './row.ts';
import { storedFields } from './stored.ts';

/** The remote object of an address; undefined where none is bound. */
export function bindingOf(database: Database, address: string): Binding | undefined {
  const row = database.get('SELECT resource_id, account, applied FROM binding WHERE address = ?', address);
  if (row === undefined) return undefined;
  const applied = textIn(row, 'applied');
  return {
    address,
    resourceId: textOf(row, 'resource_id'),
    account: textOf(row, 'account'),
    ...(applied === undefined ? {} : { applied: storedFields(applied) }),
  };
}

/** The addresses that this file was the last to speak for, in order. */
export function addressesOf(database: Database, file: string): readonly string[] {
  const rows = database.all('SELECT address FROM binding WHERE file = ? ORDER BY address', file);
  return rows.map((row) => textOf(row, 'address'));
}

/** The create of an address that may have happened, if any. */
export function createIntentOf(database: Database, address: string): CreateIntent | undefined {
  const row = database.get('SELECT account, at_ms FROM create_intent WHERE address = ?', address);
  if (row === undefined) return undefined;
  return { address, account: textOf(row, 'account'), atMs: numberOf(row, 'at_ms') };
}

/** Remembers a create before its request leaves. */
export function intendCreate(database: Database, intent: CreateIntent, fence: number): void {
  const { address, account, atMs } = intent;
  writeUnder(database, { address, fence }, () => {
    database.run(
      `INSERT INTO create_intent (address, account, at_ms) VALUES (?, ?, ?)
       ON CONFLICT (address) DO UPDATE SET account = excluded.account, at_ms = excluded.at_ms`,
      address,
      account,
      atMs,
    );
  });
}

/** Binds an object to its address; a create that was intended is over. */
export function bind(
  database: Database,
  binding: Binding,
  { file, fence, atMs }: { readonly file: string; readonly fence: number; readonly atMs: number },
): void {
  const { address, resourceId, account, applied } = binding;
  writeUnder(database, { address, fence }, () => {
    database.run(
      `INSERT INTO binding (address, resource_id, account, applied, file, at_ms) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (address) DO UPDATE SET resource_id = excluded.resource_id, account = excluded.account,
         applied = excluded.applied, file = excluded.file, at_ms = excluded.at_ms`,
      address,
      resourceId,
      account,
      applied === undefined ? undefined : JSON.stringify(applied),
      file,
      atMs,
    );
    database.run('DELETE FROM create_intent WHERE address = ?', address);
  });
}

/** A create that certainly did not happen. */
export function forgetCreateIntent(database: Database, address: string, fence: number): void {
  writeUnder(database, { address, fence }, () => {
    database.run('DELETE FROM create_intent WHERE address = ?', address);
  });
}
