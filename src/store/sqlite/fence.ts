import { LeaseLost } from '../contract/failure.ts';
import type { Database } from './database.ts';

/**
 * Every write under a lease goes through here: the lease is checked in the transaction of the work.
 * @throws LeaseLost when another holds the address now
 */
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

function checkFence(database: Database, lease: { readonly address: string; readonly fence: number }): void {
  const held = database.get(
    'SELECT 1 FROM lease WHERE address = ? AND fence = ? AND holder IS NOT NULL',
    lease.address,
    lease.fence,
  );
  if (held === undefined) throw new LeaseLost(lease.address);
}
