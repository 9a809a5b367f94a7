/** The store as a file: who may read it, what is refused, and what a bad disk does to it. */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmod,
  copyFile,
  mkdir,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../src/sandbox/seeded-random.ts';
import { StoreFailure } from '../../src/store/contract/failure.ts';
import type { Store } from '../../src/store/contract/store.ts';
import { openSqlite, openSqliteToRead } from '../../src/store/sqlite/open.ts';
import { syncFile } from '../../src/system/sync-file.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { holder, Ledger, listOf, patient, phoneOf } from './ledger.ts';
import { present } from './present.ts';
import { openTemporary, type SqliteOpened } from './sqlite-store.ts';

const random = seededRandom(7);

function create(path: string, busyMs = 100): Promise<Store> {
  return openSqlite(path, { create: true, random, busyMs, syncFile });
}

async function failure(work: Promise<unknown>): Promise<StoreFailure> {
  const error: unknown = await work.then(
    () => undefined,
    (cause: unknown) => cause,
  );
  if (!(error instanceof StoreFailure)) throw new Error('no StoreFailure', { cause: error });
  return error;
}

async function modesIn(folder: string): Promise<Readonly<Record<string, string>>> {
  const modes: Record<string, string> = {};
  for (const name of await readdir(folder)) {
    modes[name] = ((await stat(join(folder, name))).mode & 0o777).toString(8);
  }
  return modes;
}

describe('a store that is in use', () => {
  test.each([
    ['is deleted with its folder', (folder: string) => rm(folder, { recursive: true })],
    ['is deleted without its log', (folder: string) => rm(join(folder, 'callplan.db'))],
    ['loses its log', (folder: string) => rm(join(folder, 'callplan.db-wal'))],
    ['is moved', (folder: string) => rename(folder, `${folder}-old`)],
  ])('keeps nothing any more when it %s', async (_, happens) => {
    await using folder = await temporaryFolder();
    const kept = join(folder.path, '.callplan');
    const store = await create(join(kept, 'callplan.db'));
    await store.acquire('clinic-reminders/prod', holder, 1);
    await happens(kept);
    expect(await failure(store.acquire('clinic-survey/prod', holder, 1))).toMatchObject({ kind: 'gone' });
    expect(await failure(store.close())).toMatchObject({ kind: 'gone' });
  });
});

describe('the file', () => {
  test('may be a link to where the store is kept', async () => {
    await using folder = await temporaryFolder();
    const kept = join(folder.path, 'kept', 'callplan.db');
    const path = join(folder.path, 'callplan.db');
    const first = await create(kept);
    await symlink(kept, path);
    const store = await create(path);
    expect(await first.acquire('clinic-reminders/prod', holder, 1)).toMatchObject({ kind: 'held' });
    const other = { ...holder, pid: 8 };
    expect(await store.acquire('clinic-reminders/prod', other, 1)).toMatchObject({ kind: 'busy' });
    await first.release('clinic-reminders/prod', 1);
    expect(await store.acquire('clinic-reminders/prod', other, 1)).toMatchObject({ kind: 'held' });
    await Promise.all([first.close(), store.close()]);
    expect(await readdir(folder.path)).toEqual(['callplan.db', 'kept']);
  });

  test('is readable for its owner alone, with all beside it, and stays out of git', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, '.callplan', 'callplan.db');
    const store = await create(path);
    await store.acquire('clinic-reminders/prod', holder, 1);
    expect(((await stat(dirname(path))).mode & 0o777).toString(8)).toBe('700');
    const { '.gitignore': _, ...stores } = await modesIn(dirname(path));
    expect(stores).toEqual({ 'callplan.db': '600', 'callplan.db-shm': '600', 'callplan.db-wal': '600' });
    expect(await readFile(join(dirname(path), '.gitignore'), 'utf8')).toBe('*\n');
    await store.close();
    expect(Object.keys(await modesIn(dirname(path)))).toEqual(['.gitignore', 'callplan.db']);
  });

  test('has no name for what a list keeps on the disk while it is read', async (context) => {
    if (process.platform !== 'linux') return context.skip('what is open is seen in /proc');
    await using opened = await openTemporary();
    const ledger = await Ledger.open(opened.store);
    let temporary: readonly string[] = [];
    async function* watched(): ReturnType<typeof listOf> {
      for (let from = 0; from < 40_000; from += 1_000) {
        yield Array.from({ length: 1_000 }, (_, index) => patient(from + index));
      }
      temporary = (await openFiles()).filter((path) => path.includes('etilqs_'));
    }
    await opened.store.enrol(ledger.scope, watched(), { ...ledger.enrolOptions, nowMs: 1 });
    expect(await opened.store.counts(ledger.scope.waveId)).toMatchObject({ recipients: 40_000 });
    expect(temporary).not.toEqual([]);
    expect(temporary.filter((path) => !path.endsWith(' (deleted)'))).toEqual([]);
  });

  test('is not made by reading, nor by opening without leave to', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, '.callplan', 'callplan.db');
    expect(await openSqliteToRead(path)).toBeUndefined();
    expect(await failure(openSqlite(path, { create: false, random }))).toMatchObject({ kind: 'unreadable', path });
    expect(await readdir(folder.path)).toEqual([]);
  });

  test('is the same after reading, and nothing is beside it', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'callplan.db');
    const store = await create(path);
    const ledger = await Ledger.open(store);
    await ledger.enrol(patient(1), patient(2));
    await store.close();
    const before = await readFile(path);
    const reader = present(await openSqliteToRead(path));
    expect(await reader.compare(ledger.scope.waveId, listOf(patient(3)), ledger.enrolOptions)).toMatchObject({
      fresh: 1,
    });
    await reader.close();
    expect(await readFile(path)).toEqual(before);
    expect(await readdir(folder.path)).toEqual(['callplan.db']);
  });

  test('keeps what a killed process had committed, for readers too', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'callplan.db');
    const store = await create(path);
    const ledger = await Ledger.open(store);
    await ledger.enrol(patient(1));
    const copy = join(folder.path, 'copy.db');
    for (const suffix of ['', '-wal']) await copyFile(`${path}${suffix}`, `${copy}${suffix}`);
    await store.close();
    const reader = present(await openSqliteToRead(copy));
    expect(await reader.counts(ledger.scope.waveId)).toMatchObject({ recipients: 1 });
    await reader.close();
  });

  test('needs no sync for a store that is thrown away', async () => {
    await using folder = await temporaryFolder();
    const store = await openSqlite(join(folder.path, 'rehearsal.db'), { create: true, random });
    const ledger = await Ledger.open(store);
    expect(await ledger.enrol(patient(1))).toMatchObject({ fresh: 1 });
    await store.close();
  });
});

test('brings what an older callplan wrote up to date, and keeps it', async () => {
  await using opened = await openTemporary();
  const ledger = await Ledger.open(opened.store);
  await ledger.enrol(patient(1), patient(2), patient(3), patient(4));
  const [first, second] = (await ledger.admit({ max: 2 })).map(({ attempt }) => attempt);
  await ledger.happens(present(first), { kind: 'ended', outcome: 'answered', seconds: 40 });
  await ledger.happens(present(second), { kind: 'refused', reason: 'HTTP 400' });
  for (const column of ['tally', 'stopped', 'parent', 'list']) opened.sql(`ALTER TABLE wave DROP COLUMN ${column}`);
  opened.sql('ALTER TABLE recipient DROP COLUMN listed');
  opened.sql('ALTER TABLE wave ADD COLUMN alike TEXT');
  opened.sql("UPDATE wave SET tripped = 'ten were refused alike', last_event_ms = 5");
  opened.sql('ALTER TABLE recipient DROP COLUMN place');
  opened.sql('ALTER TABLE run DROP COLUMN list');
  opened.sql('DROP TABLE opt_out');
  opened.sql('PRAGMA user_version = 1');
  const store = await create(opened.path);
  await store.addOptOuts([phoneOf(3)], { atMs: 1, by: 'amina' });
  await store.close();
  expect(await ledger.store.wave(ledger.scope.address, ledger.scope.wave)).toMatchObject({
    tripped: { kind: 'alike', reason: 'ten were refused alike', atMs: 5 },
    tally: { calls: 1, unmeasured: 0, seconds: 40, recent: [] },
  });
  await ledger.store.saveWave(ledger.scope, { tripped: null });
  expect((await ledger.admit()).map(({ attempt }) => attempt.phone)).toEqual([phoneOf(4)]);
});

describe('the tables of an older callplan', () => {
  const host = { hostname: holder.hostname, mayBeAlive: () => true };

  /** Its store, while somebody holds an address. */
  async function older(): Promise<SqliteOpened & { readonly version: () => number }> {
    const opened = await openTemporary();
    await opened.store.acquire('clinic-reminders/prod', holder, 1);
    const version = (): number => Number(present(opened.sql('PRAGMA user_version')[0])['user_version']);
    opened.sql(`PRAGMA user_version = ${String(version() - 1)}`);
    return { ...opened, version };
  }

  test('stay as they are while a process works with them, which would break off', async () => {
    await using opened = await older();
    const before = opened.version();
    const open = (): Promise<Store> => openSqlite(opened.path, { create: true, random, host });
    expect(await failure(open())).toMatchObject({ kind: 'held' });
    expect(opened.version()).toBe(before);
    await opened.store.release('clinic-reminders/prod', 1);
    await (await open()).close();
    expect(opened.version()).toBe(before + 1);
  });

  test.each([
    ['the process is gone', { ...host, mayBeAlive: () => false }],
    ['only another host knows whether it is', { ...host, hostname: 'ward' }],
  ])('do not wait where %s', async (_, where) => {
    await using opened = await older();
    const before = opened.version();
    await (await openSqlite(opened.path, { create: true, random, host: where })).close();
    expect(opened.version()).toBe(before + 1);
  });
});

describe('refuses', () => {
  test('what a newer callplan wrote', async () => {
    await using opened = await openTemporary();
    opened.sql('PRAGMA user_version = 99');
    expect(await failure(create(opened.path))).toMatchObject({ kind: 'newer' });
    expect(await failure(openSqliteToRead(opened.path))).toMatchObject({ kind: 'newer' });
  });

  test('to read what an older callplan wrote before it was brought up to date', async () => {
    await using opened = await openTemporary();
    opened.sql('PRAGMA user_version = 0');
    expect(await failure(openSqliteToRead(opened.path))).toMatchObject({ kind: 'older' });
  });

  test.each([
    ['text', 'Dear patient, this is no database at all. '.repeat(100)],
    ['a short text', 'hello'],
  ])('%s, and leaves it as it is', async (_, content) => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'letter.txt');
    await writeFile(path, content);
    expect(await failure(create(path))).toMatchObject({ kind: 'not_a_store', path });
    expect(await failure(openSqliteToRead(path))).toMatchObject({ kind: 'not_a_store' });
    expect(await readFile(path, 'utf8')).toBe(content);
    expect(await readdir(folder.path)).toEqual(['letter.txt']);
  });

  test("somebody else's database", async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'patients.db');
    const other = new DatabaseSync(path);
    other.exec('CREATE TABLE patient (name TEXT)');
    other.close();
    const before = await readFile(path);
    expect(await failure(create(path))).toMatchObject({ kind: 'not_a_store' });
    expect(await failure(openSqliteToRead(path))).toMatchObject({ kind: 'not_a_store' });
    expect(await readFile(path)).toEqual(before);
  });

  test('a folder', async () => {
    await using folder = await temporaryFolder();
    expect(await failure(create(folder.path))).toMatchObject({ kind: 'unreadable' });
    expect(await failure(openSqliteToRead(folder.path))).toMatchObject({ kind: 'unreadable' });
  });

  test('to wait for ever for a lock', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'callplan.db');
    const store = await create(path);
    const other = new DatabaseSync(path);
    other.exec('BEGIN IMMEDIATE');
    expect(await failure(store.acquire('clinic-reminders/prod', holder, 1))).toMatchObject({ kind: 'held', path });
    other.exec('ROLLBACK');
    expect(await store.acquire('clinic-reminders/prod', holder, 1)).toMatchObject({ kind: 'held', fence: 1 });
    other.close();
    await store.close();
  });

  test('what its permissions forbid', async (context) => {
    if (process.getuid?.() === 0) context.skip('the superuser may do everything');
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'inner', 'callplan.db');
    await (await create(path)).close();
    await chmod(path, 0o400);
    expect(await failure(create(path))).toMatchObject({ kind: 'read_only' });
    await chmod(path, 0o000);
    expect(await failure(openSqliteToRead(path))).toMatchObject({ kind: 'unreadable' });
    await chmod(path, 0o600);
  });

  test('a file that is empty where none may be made, and takes it for none when reading', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'callplan.db');
    await writeFile(path, '');
    expect(await openSqliteToRead(path)).toBeUndefined();
    expect(await failure(openSqlite(path, { create: false, random }))).toMatchObject({ kind: 'not_a_store' });
    new DatabaseSync(path).exec('PRAGMA journal_mode = WAL; PRAGMA user_version = 0');
    expect(await openSqliteToRead(path)).toBeUndefined();
    await (await create(path)).close();
    await (await openSqlite(path, { create: false, random })).close();
  });
});

describe('a disk', () => {
  test('that is full stops everything, and what was there stays whole', async (context) => {
    await using disk = await smallDisk();
    if (disk === undefined) return context.skip('mounting a small disk is not allowed here');
    const path = join(disk.path, 'callplan.db');
    const store = await create(path);
    const ledger = await Ledger.open(store);
    await ledger.enrol(patient(1), patient(2));
    disk.fill();
    expect(await failure(fillUp(ledger))).toMatchObject({ kind: 'disk_full' });
    const { recipients } = await store.counts(ledger.scope.waveId);
    expect(await failure(ledger.admit({ max: 1 }))).toMatchObject({ kind: 'disk_full' });
    expect(await store.counts(ledger.scope.waveId)).toMatchObject({ recipients, states: { pending: 2 } });
    await disk.makeRoom();
    expect(await ledger.admit()).toHaveLength(2);
    const counts = await store.counts(ledger.scope.waveId);
    const many = Array.from({ length: 20_000 }, (_, index) => patient(index + 1));
    expect(await failure(ledger.enrol(...many))).toMatchObject({ kind: 'disk_full', path });
    expect(await store.counts(ledger.scope.waveId)).toEqual(counts);
    await store.close();
    const database = new DatabaseSync(path);
    expect(database.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
    database.close();
    disk.fill();
    expect(await failure(create(join(disk.path, 'second.db')))).toMatchObject({ kind: 'disk_full' });
  });

  test('that is read-only can be planned from, but not run on', async (context) => {
    await using disk = await smallDisk();
    if (disk === undefined) return context.skip('mounting a small disk is not allowed here');
    const path = join(disk.path, 'callplan.db');
    const store = await create(path);
    const ledger = await Ledger.open(store);
    await ledger.enrol(patient(1), patient(2));
    await store.close();
    disk.makeReadOnly();
    const reader = present(await openSqliteToRead(path));
    const compared = await reader.compare(ledger.scope.waveId, listOf(patient(2), patient(3)), ledger.enrolOptions);
    expect(compared).toMatchObject({ fresh: 1, pending: 1, removed: 1 });
    expect(await reader.counts(ledger.scope.waveId)).toMatchObject({ recipients: 2 });
    await reader.close();
    expect(await readdir(disk.path)).toEqual(['callplan.db']);
    expect(await failure(create(path))).toMatchObject({ kind: 'read_only' });
    expect(await failure(create(join(disk.path, 'new.db')))).toMatchObject({ kind: 'read_only' });
    expect(await failure(create(join(disk.path, '.callplan/new.db')))).toMatchObject({ kind: 'read_only' });
  });

  test('that is read-only and lacks what was last written is not read at all', async (context) => {
    await using disk = await smallDisk();
    if (disk === undefined) return context.skip('mounting a small disk is not allowed here');
    await using opened = await openTemporary();
    const ledger = await Ledger.open(opened.store);
    await ledger.enrol(patient(1), patient(2));
    const path = join(disk.path, 'callplan.db');
    for (const suffix of ['', '-wal']) await copyFile(`${opened.path}${suffix}`, `${path}${suffix}`);
    disk.makeReadOnly();
    expect(await failure(openSqliteToRead(path))).toMatchObject({ kind: 'unreadable' });
  });
});

async function openFiles(): Promise<readonly string[]> {
  const descriptors = await readdir('/proc/self/fd');
  return Promise.all(descriptors.map((name) => readlink(`/proc/self/fd/${name}`).catch(() => '')));
}

type Disk = AsyncDisposable & {
  readonly path: string;
  readonly fill: () => void;
  readonly makeRoom: () => Promise<void>;
  readonly makeReadOnly: () => void;
};

/** A file system of 2 MiB in memory; undefined where this process may not mount one. */
async function smallDisk(): Promise<Disk | undefined> {
  const folder = await temporaryFolder();
  const path = join(folder.path, 'disk');
  await mkdir(path);
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', path]).status !== 0) {
    await folder[Symbol.asyncDispose]();
    return undefined;
  }
  return {
    path,
    fill: () => {
      spawnSync('dd', ['if=/dev/zero', `of=${join(path, 'fill')}`, 'bs=4k']);
    },
    makeRoom: () => rm(join(path, 'fill')),
    makeReadOnly: () => {
      execFileSync('mount', ['-o', 'remount,ro', path]);
    },
    [Symbol.asyncDispose]: async () => {
      // Lazily: a test that failed has its store open still.
      execFileSync('umount', ['-l', path]);
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** Writes until nothing fits any more; SQLite uses room that it took earlier first. */
async function fillUp(ledger: Ledger): Promise<void> {
  for (let id = 0; id < 5_000; id += 1) await ledger.import({ id: 100_000 + id, n: 1 });
}
