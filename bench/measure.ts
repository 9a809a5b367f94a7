/** Whole processes, timed from outside: wall seconds, and the most memory that each took. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export type Measured = { readonly seconds: number; readonly peakMb: number; readonly output: string };

const preload = new URL('max-rss.mjs', import.meta.url).href;

/** A file beside this one. */
export function beside(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}

/** Runs node with these arguments to its end. @throws Error where it fails */
export async function measure(args: readonly string[], cwd?: string): Promise<Measured> {
  const startMs = performance.now();
  const child = spawn(process.execPath, ['--import', preload, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, INTRON_API_KEY: 'made-up', CI: '', NO_COLOR: '1' },
    ...(cwd === undefined ? {} : { cwd }),
  });
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  await once(child, 'close');
  const seconds = (performance.now() - startMs) / 1000;
  if (child.exitCode !== 0)
    throw new Error(`${args.join(' ')} ended with ${String(child.exitCode)}: ${errors || output}`);
  return { seconds, peakMb: Number(/MAXRSS (\d+)/.exec(errors)?.[1] ?? '0') / 1024, output };
}

/** The middle of an odd number of values. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Starts the bare stand-in for the provider; answers its base url, and ends it. */
export async function stub(): Promise<AsyncDisposable & { readonly base: string }> {
  const server = spawn(process.execPath, [beside('stub/server.ts')], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(server.stdout, 'data')) as [Buffer];
  return {
    base: `${line.toString().trim()}/voicebot/v1`,
    [Symbol.asyncDispose]: async () => {
      server.kill();
      if (server.exitCode === null) await once(server, 'close');
    },
  };
}
