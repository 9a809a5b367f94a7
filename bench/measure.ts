/** Whole processes, timed from outside: wall seconds, and the most memory that each took. */
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

export type Measured = { readonly seconds: number; readonly peakMb: number; readonly output: string };

const preload = new URL('max-rss.mjs', import.meta.url).href;

/** A file beside this one. */
export function beside(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}

/** Runs node with these arguments to its end. @throws Error where it fails */
export async function measure(args: readonly string[], cwd?: string): Promise<Measured> {
  const { child, said, startMs } = start(args, cwd);
  await once(child, 'close');
  const seconds = (performance.now() - startMs) / 1000;
  if (child.exitCode !== 0) throw failed(args, child.exitCode, said());
  return { seconds, peakMb: peakIn(said().errors), output: said().output };
}

/** Asks node to end once it says this on stderr: the seconds are until then, the peak is of all of it. @throws Error where it never does */
export async function measureUntil(sign: RegExp, args: readonly string[], cwd?: string): Promise<Measured> {
  const { child, said, startMs } = start(args, cwd);
  let seconds: number | undefined;
  child.stderr.on('data', () => {
    if (seconds !== undefined || !sign.test(said().errors)) return;
    seconds = (performance.now() - startMs) / 1000;
    child.kill('SIGTERM');
  });
  await once(child, 'close');
  if (seconds === undefined) throw failed(args, child.exitCode, said());
  return { seconds, peakMb: peakIn(said().errors), output: said().output };
}

type Said = { readonly output: string; readonly errors: string };

function start(
  args: readonly string[],
  cwd: string | undefined,
): {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  readonly said: () => Said;
  readonly startMs: number;
} {
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
  return { child, said: () => ({ output, errors }), startMs };
}

function failed(args: readonly string[], exitCode: number | null, { output, errors }: Said): Error {
  return new Error(`${args.join(' ')} ended with ${String(exitCode)}: ${errors || output}`);
}

function peakIn(errors: string): number {
  return Number(/MAXRSS (\d+)/.exec(errors)?.[1] ?? '0') / 1024;
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
