import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { childEnv } from '../support/child-env.ts';

/**
 * What a script prints in a process of its own: what the engine imports late comes at once there, while a test runner brings it
 * over a connection, which no virtual clock waits for. The process ends with the test, when that is out of time.
 * @throws what it printed nevertheless is the error's `stdout`
 */
export async function playedApart(
  argv: readonly string[],
  { signal }: { readonly signal: AbortSignal },
): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, argv, { env: childEnv, signal });
  return stdout;
}
