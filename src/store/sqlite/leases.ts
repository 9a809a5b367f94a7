/** One writer per address. The fence goes up with every change of hands, for ever; the beat with every sign of life. */
import type { Holder, Holding, Lease } from '../contract/lease.ts';
import type { Database } from './database.ts';
import { numberOf, textIn, textOf } from './row.ts';
import { storedHolder } from './stored.ts';

/** A row stays when nobody holds the address any more. */
type LeaseRow = Omit<Holding, 'holder'> & Partial<Pick<Holding, 'holder'>>;

/** Who has an address; undefined where nobody does. */
export function holdingOf(database: Database, address: string): Holding | undefined {
  const lease = leaseOf(database, address);
  return lease?.holder === undefined ? undefined : { ...lease, holder: lease.holder };
}

/** All who have an address. */
export function holders(database: Database): readonly Holder[] {
  const rows = database.all('SELECT holder FROM lease WHERE holder IS NOT NULL');
  return rows.map((row) => storedHolder(textOf(row, 'holder')));
}

/** Takes the lease where nobody has it, or this very process. */
export function acquire(database: Database, address: string, self: Holder, nowMs: number): Lease {
  return database.write(() => {
    const lease = leaseOf(database, address);
    const isFree = lease?.holder === undefined || isSame(lease.holder, self);
    return isFree ? take(database, address, self, nowMs) : busy(lease, lease.holder);
  });
}

/** Takes the lease where its heartbeat still stands as it was seen to. */
export function takeOver(
  database: Database,
  address: string,
  self: Holder,
  seen: { readonly fence: number; readonly beat: number; readonly nowMs: number },
): Lease {
  return database.write(() => {
    const lease = leaseOf(database, address);
    const stoodStill = lease?.fence === seen.fence && lease.beat === seen.beat;
    const isFree = lease?.holder === undefined || stoodStill;
    return isFree ? take(database, address, self, seen.nowMs) : busy(lease, lease.holder);
  });
}

/** A sign of life. False where another process has the address now. */
export function beat(database: Database, address: string, fence: number, nowMs: number): boolean {
  const changed = database.run(
    'UPDATE lease SET beat = beat + 1, at_ms = ? WHERE address = ? AND fence = ? AND holder IS NOT NULL',
    nowMs,
    address,
    fence,
  );
  return changed === 1;
}

/** Gives the address back; the fence stays as it is. */
export function release(database: Database, address: string, fence: number): void {
  database.run('UPDATE lease SET holder = NULL, beat = beat + 1 WHERE address = ? AND fence = ?', address, fence);
}

function take(database: Database, address: string, self: Holder, nowMs: number): Lease {
  const row = database.get(
    `INSERT INTO lease (address, fence, beat, holder, at_ms) VALUES (?, 1, 1, ?, ?)
     ON CONFLICT (address) DO UPDATE
       SET fence = fence + 1, beat = beat + 1, holder = excluded.holder, at_ms = excluded.at_ms
     RETURNING fence`,
    address,
    JSON.stringify(self),
    nowMs,
  );
  return { kind: 'held', fence: row === undefined ? 0 : numberOf(row, 'fence') };
}

function busy(lease: LeaseRow, holder: Holder): Lease {
  return { kind: 'busy', holder, fence: lease.fence, beat: lease.beat };
}

function leaseOf(database: Database, address: string): LeaseRow | undefined {
  const row = database.get('SELECT fence, beat, holder FROM lease WHERE address = ?', address);
  if (row === undefined) return undefined;
  const holder = textIn(row, 'holder');
  return {
    fence: numberOf(row, 'fence'),
    beat: numberOf(row, 'beat'),
    ...(holder === undefined ? {} : { holder: storedHolder(holder) }),
  };
}

function isSame(one: Holder, other: Holder): boolean {
  return one.hostname === other.hostname && one.pid === other.pid && one.started === other.started;
}
