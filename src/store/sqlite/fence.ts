import { LeaseLost } from '../contract.ts';
import type { Database } from './database.ts';

/** Part of every write under a lease, in its transaction. @throws LeaseLost when another holds the address now */
export function checkFence(database: Database, lease: { readonly address: string; readonly fence: number }): void {
  const held = database.get(
    'SELECT 1 FROM lease WHERE address = ? AND fence = ? AND holder IS NOT NULL',
    lease.address,
    lease.fence,
  );
  if (held === undefined) throw new LeaseLost(lease.address);
}

/** Does the work in a write transaction, if the lease still holds. */
export function writeUnder<T>(
  database: Database,
  lease: { readonly address: string; readonly fence: number },
  work: () => T,
): T {
  return database.write(() => {
    checkFence(database, lease);
    return work();
  });
}
