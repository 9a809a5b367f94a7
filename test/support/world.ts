import { cp } from 'node:fs/promises';
import type { Env, Exchange, Http, Interruption, World, WireRequest } from '../../src/ports.ts';
import { seededRandom } from '../../src/sandbox/seeded-random.ts';
import { busyFiles } from '../../src/system/busy-files.ts';
import { syncFile } from '../../src/system/sync-file.ts';
import { systemFiles } from '../../src/system/files.ts';
import { download } from '../../src/system/http-download.ts';
import { systemModules } from '../../src/system/modules.ts';
import { serve } from '../../src/system/serve.ts';
import { virtualClock } from '../../src/system/virtual-clock.ts';
import type { VirtualClock } from '../../src/system/virtual-clock.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { fakeTerminal } from './terminal.ts';
import type { FakeTerminal } from './terminal.ts';

/** A request that went out, and what became of it. */
export type Sent = { readonly request: WireRequest; readonly exchange: Exchange };

/** A world without a network and with a clock that jumps; its folder goes away with it. */
export type FakeWorld = World &
  AsyncDisposable & {
    readonly clock: VirtualClock;
    readonly terminal: FakeTerminal;
    /** Requests that left through `http`, in order. */
    readonly sent: readonly Sent[];
    /** Requests that were begun, answered or not. */
    readonly asked: () => number;
    /** A signal as the system would send it, or streams that cannot be written. */
    readonly interrupt: (how: Interruption) => void;
  };

/** What a test wants otherwise than usual. */
export type WorldOptions = {
  /** A folder whose content is copied into the world's. */
  readonly folder?: string;
  readonly env?: Env;
  readonly tty?: boolean;
  readonly answers?: readonly string[];
  /** What is piped into the command. */
  readonly stdin?: string;
  /** ISO date-time at which the clock starts; default a Tuesday morning. */
  readonly at?: string;
  readonly seed?: number;
  /** What answers requests, made with the world's own clock; default: nothing can be reached. */
  readonly http?: (world: Pick<World, 'clock' | 'random'>) => Http;
};

/** The world of a test: `await using w = await world({ folder })`. */
export async function world(options: WorldOptions = {}): Promise<FakeWorld> {
  const folder = await temporaryFolder();
  if (options.folder !== undefined) await cp(options.folder, folder.path, { recursive: true });
  const clock = virtualClock(Date.parse(options.at ?? '2026-11-24T09:00:00Z'));
  const random = seededRandom(options.seed ?? 1);
  const sent: Sent[] = [];
  let asked = 0;
  const http = recorded(options.http?.({ clock, random }) ?? nothingThere, sent);
  const listeners = new Set<(how: Interruption) => void>();
  return {
    clock,
    random,
    files: busyFiles(systemFiles, clock),
    syncFile: (descriptor) => clock.busy(syncFile(descriptor)),
    modules: {
      realPath: (path) => clock.busy(systemModules.realPath(path)),
      load: (path) => clock.busy(systemModules.load(path)),
    },
    env: options.env ?? {},
    terminal: fakeTerminal(options),
    http: (request, signal) => {
      asked += 1;
      return http(request, signal);
    },
    download: (file) => clock.busy(download(file)),
    serve,
    host: { hostname: 'test', pid: 1, started: 'once', runtime: 'node under test', mayBeAlive: () => false },
    signals: {
      onInterrupt: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    cwd: folder.path,
    git: () => Promise.resolve(undefined),
    scratch: async () => {
      const scratch = await temporaryFolder();
      return { path: scratch.path, remove: async () => scratch[Symbol.asyncDispose]() };
    },
    rehearsal: (startMs) => {
      const rehearsed = virtualClock(startMs);
      return { clock: rehearsed, files: busyFiles(systemFiles, rehearsed) };
    },
    sent,
    asked: () => asked,
    interrupt: (signal) => {
      for (const listener of listeners) listener(signal);
    },
    [Symbol.asyncDispose]: folder[Symbol.asyncDispose],
  };
}

const nothingThere: Http = () => {
  const cause = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  return Promise.resolve({ kind: 'unsent', cause });
};

function recorded(http: Http, sent: Sent[]): Http {
  return async (request, signal) => {
    const exchange = await http(request, signal);
    sent.push({ request, exchange });
    return exchange;
  };
}
