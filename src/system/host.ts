import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import type { Host } from '../ports.ts';

/** This process. What it says of itself is read when first asked for. */
export function systemHost(): Host {
  let started: string | undefined;
  return {
    runtime: `node ${process.versions.node}, ${process.platform} ${process.arch}`,
    pid: process.pid,
    get hostname() {
      return hostname();
    },
    get started() {
      started ??= startOf(process.pid) ?? '';
      return started;
    },
    mayBeAlive,
  };
}

/**
 * Only what this kernel and process namespace can know counts as gone: a mark of another boot or container may
 * belong to a machine that has the same name.
 */
function mayBeAlive(pid: number, started: string): boolean {
  const mark = started === '' ? undefined : started.slice(0, started.lastIndexOf('/'));
  if (mark !== undefined && mark !== namespaceMark()) return true;
  if (!exists(pid)) return false;
  const found = startOf(pid);
  return found === undefined || started === '' || found === started;
}

/** Signal 0 tests for existence: ESRCH says there is none, EPERM that it belongs to somebody else (kill(2)). */
function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}

/**
 * `boot id/pid namespace/start in clock ticks`, `.../ended` for a zombie, undefined where /proc does not say
 * (proc_pid_stat(5): field 3 is the state, 22 the start; the second, the name, may hold spaces and brackets).
 */
function startOf(pid: number): string | undefined {
  const mark = namespaceMark();
  const stat = readText(`/proc/${String(pid)}/stat`);
  if (mark === undefined || stat === undefined) return undefined;
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, ticks] = [fields[0], fields[19]];
  if (ticks === undefined) return undefined;
  return `${mark}/${state === 'Z' || state === 'X' ? 'ended' : ticks}`;
}

/** Tells kernels since their boot, and their containers, from each other. */
function namespaceMark(): string | undefined {
  const boot = readText('/proc/sys/kernel/random/boot_id')?.trim();
  if (boot === undefined) return undefined;
  try {
    return `${boot}/${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return undefined;
  }
}

/** Undefined where there is no such file: no /proc, or the process is gone by now. */
function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
