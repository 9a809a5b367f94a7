/** Other processes that use a store at the same time, and may be killed. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { childEnv } from '../support/child-env.ts';

export type Ended = {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly lines: readonly string[];
  readonly stderr: string;
};

/** Runs a script of this folder to its end, or until `isOver` says of a line that it shall be killed so many ms later. */
export function runChild(
  script: string,
  values: readonly string[],
  killAfterMs: (line: string) => number | undefined = () => undefined,
): Promise<Ended> {
  const child = spawn(process.execPath, [fileURLToPath(new URL(script, import.meta.url)), ...values], {
    env: childEnv,
  });
  const lines: string[] = [];
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += String(chunk);
  });
  child.stdout.on('data', (chunk) => {
    for (const line of String(chunk).trim().split('\n')) {
      lines.push(line);
      const waitMs = killAfterMs(line);
      if (waitMs !== undefined) setTimeout(() => child.kill('SIGKILL'), waitMs);
    }
  });
  return new Promise((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal, lines, stderr }));
  });
}
