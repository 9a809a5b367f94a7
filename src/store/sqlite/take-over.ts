/** An address that another store ran: what that one did is not known here until a run has looked it up. */
import type { Scope } from '../contract/lease.ts';
import type { Database } from './database.ts';
import { writeUnder } from './fence.ts';

type Fenced = Pick<Scope, 'address' | 'fence'>;

/** Remembers that the address was another store's. */
export function beginTakeOver(database: Database, scope: Fenced): void {
  writeUnder(database, scope, () => {
    database.run("INSERT INTO meta (name, value) VALUES (?, '') ON CONFLICT DO NOTHING", metaName(scope.address));
  });
}

/** A run has looked up what the other store did. */
export function endTakeOver(database: Database, scope: Fenced): void {
  if (!isTakingOver(database, scope.address)) return;
  writeUnder(database, scope, () => {
    database.run('DELETE FROM meta WHERE name = ?', metaName(scope.address));
  });
}

/** Whether that is still to be looked up. */
export function isTakingOver(database: Database, address: string): boolean {
  return database.get('SELECT 1 FROM meta WHERE name = ?', metaName(address)) !== undefined;
}

function metaName(address: string): string {
  return `taking over ${address}`;
}
