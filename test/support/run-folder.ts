/**
 * The temporary folders of a whole run of tests stand in one folder, in memory where there is room: a sync to the disk
 * takes milliseconds. It is gone with the run, and what a test left there fails the run.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statfsSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const memory = '/dev/shm';
const roomNeeded = 1024 ** 3;

/** Followed by the process of the run. */
const prefix = 'callplan-tests-';

/** Nothing was made there for so long, and the process is gone: a run that was killed. */
const forsakenMs = 3_600_000;

/** Vitest calls it before the first test, and what it answers after the last. */
export function setup(): () => void {
  const base = hasRoom() ? memory : tmpdir();
  for (const name of readdirSync(base)) if (isForsaken(base, name)) remove(join(base, name));
  const folder = mkdtempSync(join(base, `${prefix}${lettersOf(process.pid)}-`));
  // Not every process of the tests is of the same user.
  chmodSync(folder, 0o711);
  process.env['TMPDIR'] = folder;
  return () => {
    const left = readdirSync(folder);
    remove(folder);
    if (left.length > 0) throw new Error(`tests left something in the temporary folder: ${left.join(', ')}`);
  };
}

function hasRoom(): boolean {
  if (!existsSync(memory)) return false;
  const { bavail, bsize } = statfsSync(memory);
  return bavail * bsize > roomNeeded;
}

function isForsaken(base: string, name: string): boolean {
  if (!name.startsWith(prefix) || isAlive(pidOf(name.slice(prefix.length)))) return false;
  return Date.now() - statSync(join(base, name)).mtimeMs > forsakenMs;
}

const letters = 'abcdefghij';

/** Messages hide long numbers, and a path may stand in one. */
function lettersOf(pid: number): string {
  return String(pid).replaceAll(/\d/gv, (digit) => letters.charAt(Number(digit)));
}

function pidOf(name: string): number {
  return Number((name.split('-')[0] ?? '').replaceAll(/[a-j]/gv, (letter) => String(letters.indexOf(letter))));
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}

function remove(folder: string): void {
  for (const path of mountedIn(folder)) execFileSync('umount', ['-l', path]);
  rmSync(folder, { recursive: true, force: true });
}

function mountedIn(folder: string): readonly string[] {
  const table = '/proc/mounts';
  const lines = existsSync(table) ? readFileSync(table, 'utf8').split('\n') : [];
  return lines.flatMap((line) => line.split(' ').slice(1, 2)).filter((path) => path.startsWith(folder));
}
