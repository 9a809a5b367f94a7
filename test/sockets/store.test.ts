/** Stores that cannot be written or used, through the whole command: dialling stops, and nothing is lost. */
import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test, vi } from 'vitest';
import { tally } from '../crash/invariants.ts';
import { accepted, people, scene, states, type Scene, type Script } from './scene.ts';

vi.setConfig({ maxConcurrency: 10, testTimeout: 60_000 });

const done = { done: people };

/** A small disk of its own; undefined where mounting is not allowed. */
function smallDisk({ campaign }: Scene): (Disposable & { readonly path: string }) | undefined {
  const path = join(campaign.folder, 'disk');
  mkdirSync(path);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m,mode=700', 'tmpfs', path], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  return { path, [Symbol.dispose]: () => void execFileSync('umount', ['-l', path]) };
}

/** Writes until nothing more fits. */
function fill(path: string): void {
  const file = openSync(path, 'w');
  try {
    for (let size = 65_536; size >= 512;) {
      try {
        writeSync(file, Buffer.alloc(size));
      } catch {
        size /= 2;
      }
    }
  } finally {
    closeSync(file);
  }
}

describe.concurrent('a store', () => {
  test('on a full disk stops the dialling, and nothing is lost once there is room again', async ({ skip }) => {
    const filler: Script = async (placing) => {
      if (placing.nth === 4) fill(join(disk?.path ?? '', 'filler'));
      await accepted(placing);
    };
    await using it = await scene({ script: [filler], campaign: { recipients: 12 } });
    using disk = smallDisk(it);
    if (disk === undefined) skip('mounting is not allowed here');
    const args = ['--apply', '--approve', '12', '--store', join(disk?.path ?? '', 'callplan.db')];
    const ran = await it.run(args);
    expect(ran).toMatchObject({ code: 8 });
    expect(ran.stderr).toContain('the disk is full');
    expect(it.placings()).toBeLessThanOrEqual(5);
    expect(await it.run(args)).toMatchObject({ code: 8 });
    expect(it.placings()).toBeLessThanOrEqual(5);
    rmSync(join(disk?.path ?? '', 'filler'));
    expect(await it.run(args)).toMatchObject({ code: 0 });
    expect(states(it)).toEqual({ done: 12 });
    expect(tally(it.intron.dials())).toEqual({ dials: 12, people: 12, twice: [] });
  });

  test('on a disk that became read-only: 8', async ({ skip }) => {
    await using it = await scene();
    using disk = smallDisk(it);
    if (disk === undefined) skip('mounting is not allowed here');
    const args = ['--apply', '--approve', '4', '--store', join(disk?.path ?? '', 'callplan.db')];
    expect(await it.run(args)).toMatchObject({ code: 0 });
    await it.campaign.list(4);
    execFileSync('mount', ['-o', 'remount,ro', disk?.path ?? '']);
    const ran = await it.run(args);
    expect(ran).toMatchObject({ code: 8 });
    expect(ran.stderr).toContain('cannot be written');
    expect(it.placings()).toBe(people);
    execFileSync('mount', ['-o', 'remount,rw', disk?.path ?? '']);
    expect(await it.run(args)).toMatchObject({ code: 0 });
    expect(it.placings()).toBe(4);
  });

  test('of a newer callplan is left alone: 8', async () => {
    await using it = await scene();
    await it.run();
    const store = new DatabaseSync(it.campaign.storePath);
    store.exec('PRAGMA user_version = 999');
    await it.campaign.list(4);
    const ran = await it.run();
    expect(ran).toMatchObject({ code: 8 });
    expect(ran.stderr).toContain('newer callplan');
    store.exec('PRAGMA user_version = 1');
    store.close();
    expect(it.placings()).toBe(people);
  });

  test('that is none is left alone: 8', async () => {
    await using it = await scene();
    const path = join(it.campaign.folder, 'notes.txt');
    writeFileSync(path, 'these are notes, and no store of anything at all\n'.repeat(40));
    const ran = await it.run(['--apply', '--approve', '3', '--store', path]);
    expect(ran).toMatchObject({ code: 8 });
    expect(ran.stderr).toContain('not a store');
    expect(it.placings()).toBe(0);
  });

  test('that was emptied counts as lost: 4 until it is taken over', async () => {
    await using it = await scene();
    expect(await it.run()).toMatchObject({ code: 0 });
    expect(states(it)).toEqual(done);
    it.campaign.restore(undefined);
    writeFileSync(it.campaign.storePath, '');
    expect(await it.run()).toMatchObject({ code: 4 });
    expect(await it.run(['--approve', '3', '--take-over'])).toMatchObject({ code: 0 });
    expect(it.placings()).toBe(people);
  });
});
