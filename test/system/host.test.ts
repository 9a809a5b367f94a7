import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { once } from 'node:events';
import { hostname } from 'node:os';
import { describe, expect, test } from 'vitest';
import { systemHost } from '../../src/system/host.ts';

const hasProc = existsSync('/proc/self/stat');

describe('this process', () => {
  test('has a host, an id and a start of its own', () => {
    const host = systemHost();
    expect(host.hostname).toBe(hostname());
    expect(host.pid).toBe(process.pid);
    expect(host.started).toBe(systemHost().started);
    expect(host.mayBeAlive(host.pid, host.started)).toBe(true);
  });
});

describe('another process', () => {
  test('is gone when it has ended', async () => {
    const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'], { stdio: ['pipe', 'ignore', 'ignore'] });
    const pid = child.pid ?? 0;
    await once(child, 'spawn');
    expect(systemHost().mayBeAlive(pid, '')).toBe(true);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(systemHost().mayBeAlive(pid, '')).toBe(false);
    expect(systemHost().mayBeAlive(pid, systemHost().started)).toBe(false);
  });

  test('of somebody else may be alive', () => {
    expect(systemHost().mayBeAlive(1, '')).toBe(true);
  });

  test.skipIf(!hasProc)('that got the same id later is not the one meant', () => {
    const { pid, started } = systemHost();
    const earlier = started.replace(/\d+$/, (ticks) => String(Number(ticks) - 1));
    expect(systemHost().mayBeAlive(pid, earlier)).toBe(false);
  });

  test.skipIf(!hasProc)('of another boot or container may be alive, since nothing here can tell', () => {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const { started } = systemHost();
    expect(systemHost().mayBeAlive(2 ** 22 - 1, started)).toBe(false);
    expect(systemHost().mayBeAlive(2 ** 22 - 1, started.replace(boot, 'another'))).toBe(true);
    expect(systemHost().mayBeAlive(2 ** 22 - 1, started.replace(/\[\d+\]/, '[1]'))).toBe(true);
  });
});
