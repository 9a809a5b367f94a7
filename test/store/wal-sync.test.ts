import { fstatSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Database } from '../../src/store/sqlite/database.ts';
import { WalSync } from '../../src/store/sqlite/wal-sync.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

test('what comes during a sync waits for one of its own, which it shares', async () => {
  await using disk = await slowDisk();
  const log = new WalSync(disk.path, disk.syncFile);
  const first = log.sync();
  const [second, third] = [log.sync(), log.sync()];
  expect(disk.begun()).toBe(1);
  disk.finish();
  await first;
  expect(disk.begun()).toBe(2);
  disk.finish();
  await Promise.all([second, third]);
  expect(disk.begun()).toBe(2);
  log.close();
});

test('after a sync that failed every other fails, though the system would call it a success', async () => {
  await using disk = await slowDisk();
  const log = new WalSync(disk.path, disk.syncFile);
  const failed = log.sync();
  const waiting = log.sync();
  disk.break();
  await expect(failed).rejects.toThrow('input/output error');
  await expect(waiting).rejects.toThrow('input/output error');
  await expect(log.sync()).rejects.toThrow('input/output error');
  expect(disk.begun()).toBe(1);
  log.close();
});

test('one that comes at the moment when a sync ends begins none beside the next', async () => {
  await using disk = await slowDisk();
  const log = new WalSync(disk.path, disk.syncFile);
  const first = log.sync();
  const second = log.sync();
  disk.finish();
  let third: Promise<void> | undefined;
  // Each turn of the microtask queue may be the one between the end of the first and the begin of the second.
  for (let turn = 0; turn < 8; turn += 1) {
    third = log.sync();
    await Promise.resolve();
  }
  await first;
  expect(disk.begun()).toBe(2);
  disk.finish();
  await second;
  disk.finish();
  await third;
  log.close();
});

test('closing waits for the sync that waits as well, so that none is asked of a file that was closed', async () => {
  await using disk = await slowDisk();
  const asked: number[] = [];
  const log = new WalSync(disk.path, (descriptor) => {
    asked.push(descriptor);
    return disk.syncFile();
  });
  const first = log.sync();
  const second = log.sync();
  log.close();
  disk.finish();
  await first;
  expect(() => fstatSync(asked.at(-1) ?? -1)).not.toThrow();
  disk.finish();
  await second;
  await Promise.resolve();
  expect(() => fstatSync(asked.at(-1) ?? -1)).toThrow('EBADF');
});

test('a work that is to be durable is done when the disk has it, one that is only to be written before', async () => {
  await using disk = await slowDisk();
  const { syncFile } = disk;
  const database = new Database(disk.path, {
    location: disk.path,
    readOnly: false,
    busyMs: 100,
    durable: true,
    syncFile,
  });
  database.exec('PRAGMA journal_mode = WAL; CREATE TABLE call (name TEXT NOT NULL) STRICT');
  const done: string[] = [];
  const call = async (name: string, until: 'durable' | 'written'): Promise<void> => {
    await database.together(
      () => database.run('INSERT INTO call VALUES (?)', name),
      () => until,
    );
    done.push(name);
  };
  const durable = call('Adaeze', 'durable');
  await call('Bola', 'written');
  expect(done).toEqual(['Bola']);
  disk.finish();
  await durable;
  expect(done).toEqual(['Bola', 'Adaeze']);
  database.close();
});

/** A disk whose syncs end when they are told to. */
async function slowDisk(): Promise<
  AsyncDisposable & {
    readonly path: string;
    readonly syncFile: () => Promise<void>;
    readonly begun: () => number;
    readonly finish: () => void;
    readonly break: () => void;
  }
> {
  const folder = await temporaryFolder();
  const path = join(folder.path, 'callplan.db');
  await writeFile(`${path}-wal`, '');
  const syncs: PromiseWithResolvers<void>[] = [];
  return {
    path,
    syncFile: () => {
      const sync = Promise.withResolvers<void>();
      syncs.push(sync);
      return sync.promise;
    },
    begun: () => syncs.length,
    finish: () => syncs.at(-1)?.resolve(),
    break: () => syncs.at(-1)?.reject(new Error('input/output error')),
    [Symbol.asyncDispose]: folder[Symbol.asyncDispose],
  };
}
