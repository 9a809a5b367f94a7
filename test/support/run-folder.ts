/**
 * The temporary folders of a whole run of tests stand in one folder, in memory where there is room: a sync to the disk
 * takes milliseconds. It is gone with the run, and what a test left there fails the run.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const memory = '/dev/shm';
const roomNeeded = 1024 ** 3;

/** Vitest calls it before the first test, and what it answers after the last. */
export function setup(): () => void {
  const folder = mkdtempSync(join(hasRoom() ? memory : tmpdir(), 'callplan-tests-'));
  // Not every process of the tests is of the same user.
  chmodSync(folder, 0o711);
  process.env['TMPDIR'] = folder;
  return () => {
    const left = readdirSync(folder);
    for (const path of mountedIn(folder)) execFileSync('umount', ['-l', path]);
    rmSync(folder, { recursive: true, force: true });
    if (left.length > 0) throw new Error(`tests left something in the temporary folder: ${left.join(', ')}`);
  };
}

function hasRoom(): boolean {
  if (!existsSync(memory)) return false;
  const { bavail, bsize } = statfsSync(memory);
  return bavail * bsize > roomNeeded;
}

function mountedIn(folder: string): readonly string[] {
  const table = '/proc/mounts';
  const lines = existsSync(table) ? readFileSync(table, 'utf8').split('\n') : [];
  return lines.flatMap((line) => line.split(' ').slice(1, 2)).filter((path) => path.startsWith(folder));
}
