/** An address that goes on under another name: its binding, waves and recipients move in one transaction. */
import type { Renamed, Renaming } from '../contract/binding.ts';
import type { Database } from './database.ts';
import { writeUnder } from './fence.ts';
import { forgetList } from './known-list.ts';
import { planned } from './planned.ts';
import { numberOf, textOf } from './row.ts';

/** All addresses that the store knows anything of, in order. */
export function knownAddresses(database: Database): readonly string[] {
  const rows = database.all('SELECT address FROM binding UNION SELECT address FROM wave ORDER BY address');
  return rows.map((row) => textOf(row, 'address'));
}

/** The name that the address had before. */
export function formerAddresses(database: Database, address: string): readonly string[] {
  const row = database.get('SELECT value FROM meta WHERE name = ?', metaName(address));
  return row === undefined ? [] : textOf(row, 'value').split('\n');
}

/** Both leases are checked in the transaction. Nothing changes where it answers anything but `moved`. */
export function rename(database: Database, renaming: Renaming): Renamed {
  const { from, to } = renaming;
  return writeUnder(database, from, () =>
    writeUnder(database, to, () => {
      const known = knownAddresses(database);
      if (!known.includes(from.address)) return { kind: 'unknown' };
      if (known.includes(to.address)) return { kind: 'taken' };
      const nameless = namelessIn(database, from.address);
      if (nameless > 0) return { kind: 'nameless', recipients: nameless };
      move(database, renaming);
      return { kind: 'moved' };
    }),
  );
}

/** Recipients found at the provider by a tag of the old name, whose key no list has told yet: they could not be told again. */
function namelessIn(database: Database, address: string): number {
  const row = database.get(
    `SELECT count(*) AS recipients FROM recipient r JOIN wave w ON w.id = r.wave_id
     WHERE w.address = ? AND r.key IS NULL`,
    address,
  );
  return row === undefined ? 0 : numberOf(row, 'recipients');
}

function move(database: Database, { from, to, file, tagOf }: Renaming): void {
  const waves = database.all('SELECT id, wave FROM wave WHERE address = ?', from.address);
  for (const row of waves) tagAnew(database, numberOf(row, 'id'), (key) => tagOf(textOf(row, 'wave'), key));
  for (const row of waves) forgetList(database, numberOf(row, 'id'));
  database.run('UPDATE wave SET address = ? WHERE address = ?', to.address, from.address);
  database.run('DELETE FROM create_intent WHERE address = ?', to.address);
  database.run('UPDATE create_intent SET address = ? WHERE address = ?', to.address, from.address);
  database.run('UPDATE binding SET address = ?, file = ? WHERE address = ?', to.address, file, from.address);
  const names = [from.address, ...formerAddresses(database, from.address)].filter((name) => name !== to.address);
  database.run('DELETE FROM meta WHERE name = ?', metaName(from.address));
  database.run(
    'INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
    metaName(to.address),
    names.join('\n'),
  );
}

const atOnce = 1_000;

/**
 * Attempts keep the references that they were sent with; a list is compared, and the next attempt sent, with the new tag. Of two
 * recipients whose key is one, as a row means the other by its number, the second keeps its own.
 */
function tagAnew(database: Database, waveId: number, tagOf: (key: string) => string): void {
  let after = 0;
  for (;;) {
    const rows = database.all(
      `SELECT id, key FROM recipient WHERE wave_id = ? AND id > ? ORDER BY id LIMIT ${planned('?')}`,
      waveId,
      after,
      atOnce,
    );
    if (rows.length === 0) return;
    for (const row of rows) {
      after = numberOf(row, 'id');
      database.run('UPDATE OR IGNORE recipient SET tag = ? WHERE id = ?', tagOf(textOf(row, 'key')), after);
    }
  }
}

function metaName(address: string): string {
  return `renamed ${address}`;
}
