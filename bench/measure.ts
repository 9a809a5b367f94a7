/** Whole processes, timed from outside: wall seconds, and the most memory that each took. */
import { readFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
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

/** Starts the bare stand-in for the provider; answers its base url, and ends it. `noAnswer`: how the numbers end of those who never answer. */
export async function stub({ noAnswer = '' }: { readonly noAnswer?: string } = {}): Promise<
  AsyncDisposable & { readonly base: string }
> {
  const args = [beside('stub/server.ts'), noAnswer];
  const server = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(server.stdout, 'data')) as [Buffer];
  return {
    base: `${line.toString().trim()}/voicebot/v1`,
    [Symbol.asyncDispose]: async () => {
      server.kill();
      if (server.exitCode === null) await once(server, 'close');
    },
  };
}

/** A process that was ended once it had placed so many requests for calls. */
export type Placing = Measured & {
  /** From its start to its first such request. */
  readonly firstCallSeconds: number;
};

/** @throws Error where it ends by itself before */
export async function runUntilCalls(
  calls: number,
  signal: 'SIGKILL' | 'SIGTERM',
  args: readonly string[],
  { folder, base }: { readonly folder: string; readonly base: string },
): Promise<Placing> {
  await takePlaced(base);
  const { child, said, startMs } = start(args, folder);
  const closed = once(child, 'close');
  let placed = 0;
  let firstMs: number | undefined;
  while (placed < calls && child.exitCode === null) {
    await setTimeout(20);
    placed += await takePlaced(base);
    if (placed > 0) firstMs ??= performance.now();
  }
  const seconds = (performance.now() - startMs) / 1000;
  if (firstMs === undefined || placed < calls) throw failed(args, child.exitCode, said());
  const killedMb = await peakSoFar(child.pid);
  child.kill(signal);
  await closed;
  const peakMb = Math.max(killedMb, peakIn(said().errors));
  return { seconds, firstCallSeconds: (firstMs - startMs) / 1000, peakMb, output: said().output };
}

/** How many requests placed calls since the last time. */
async function takePlaced(base: string): Promise<number> {
  const answer = (await (await fetch(new URL('/made', base))).json()) as Readonly<Record<string, number>>;
  return answer['POST call'] ?? 0;
}

/** What is killed cannot tell any more; Linux tells of what still runs. */
async function peakSoFar(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${String(pid)}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? '0') / 1024;
}
