import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { main } from '../../src/cli/main.ts';
import type { Env, World } from '../../src/ports.ts';
import { undiciHttp } from '../../src/system/http.ts';
import { systemWorld } from '../../src/system/world.ts';
import { childEnv } from '../support/child-env.ts';
import { fakeTerminal } from '../support/terminal.ts';

const bin = fileURLToPath(new URL('../../src/bin.ts', import.meta.url));

const dieAtModule = new URL('die-at.ts', import.meta.url).href;

/** The credential of all campaigns here; no output may hold it. */
export const madeUpKey = 'made-up-key-1f0c';

/** As the environment holds it. */
export const keys: Env = { INTRON_API_KEY: madeUpKey, PROVIDER_API_KEY: madeUpKey };

/** How a command ended; undefined code: killed. */
export type Finished = { readonly code: number | undefined; readonly stdout: string; readonly stderr: string };

export type Command = {
  readonly process: ChildProcess;
  /** What it has written on stderr so far. */
  readonly stderr: () => string;
  readonly kill: (signal: 'SIGKILL' | 'SIGINT' | 'SIGTERM' | 'SIGHUP' | 'SIGSTOP' | 'SIGCONT') => void;
  readonly finished: Promise<Finished>;
};

export type StartOptions = {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Dies at this step of its n-th placing request: see die-at.ts. */
  readonly dieAt?: `${'create' | 'headers'}:${number}`;
};

/** Starts the real command line as a process of its own. */
export function start(args: readonly string[], { cwd, env, dieAt }: StartOptions): Command {
  const preload = dieAt === undefined ? [] : ['--import', dieAtModule];
  const child = spawn(process.execPath, [...preload, bin, ...args], {
    cwd,
    env: {
      ...childEnv,
      NO_COLOR: '1',
      CI: '',
      CALLPLAN_STORE: '',
      ...keys,
      CALLPLAN_DIE_AT: dieAt,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString('utf8');
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString('utf8');
  });
  const finished = once(child, 'close').then(([code]: unknown[]) => ({
    code: typeof code === 'number' ? code : undefined,
    stdout,
    stderr,
  }));
  return { process: child, stderr: () => stderr, kill: (signal) => void child.kill(signal), finished };
}

/** Many runs share this process: who interrupts it means none of them. */
const signals: World['signals'] = { onInterrupt: () => () => undefined };

/** How a command ended that nobody killed. */
export type Ran = Finished & { readonly code: number };

/** Runs the command line in this process, with real doors: where nobody ends it, a start would cost more than all of a run. */
export async function runHere(args: readonly string[], world: Partial<World> & Pick<World, 'cwd'>): Promise<Ran> {
  const http = undiciHttp();
  const terminal = fakeTerminal();
  const code = await main(args, { ...systemWorld(), http, terminal, env: keys, signals, ...world });
  await http.close();
  return { code, stdout: terminal.stdoutText(), stderr: terminal.stderrText() };
}
