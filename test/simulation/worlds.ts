import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { childEnv } from '../support/child-env.ts';

/**
 * In a process of its own: what the engine imports late comes at once there, while a test runner brings it over a connection,
 * which no virtual clock waits for. A failing world is told by the line that plays it again.
 */
export function testWorlds(from: number, count: number): void {
  const name = `nothing that may never happen does, in worlds ${String(from)} to ${String(from + count - 1)}`;
  test(name, { timeout: 180_000 }, async () => {
    const argv = ['test/simulation/main.ts', '--from', String(from), '--worlds', String(count)];
    const { stdout } = await promisify(execFile)(process.execPath, argv, { env: childEnv }).catch((error: unknown) =>
      Object(error),
    );
    expect(String(stdout)).toMatch(new RegExp(`^${String(count)} worlds in`));
  });
}
