import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileProblem } from '../ports.ts';
import type { Http, Serve, World } from '../ports.ts';
import { busyFiles } from './busy-files.ts';
import { systemClock } from './clock.ts';
import { systemEnv } from './env.ts';
import { systemFiles } from './files.ts';
import { systemHost } from './host.ts';
import { systemRandom } from './random.ts';
import { systemSignals } from './signals.ts';
import { syncFile } from './sync-file.ts';
import { systemTerminal } from './terminal.ts';
import { virtualClock } from './virtual-clock.ts';

/** The real world. The network is loaded with its first use, since most commands have none. */
export function systemWorld(): World {
  const signals = systemSignals();
  return {
    clock: systemClock,
    random: systemRandom,
    files: systemFiles,
    syncFile,
    modules: lazyModules,
    env: systemEnv(),
    terminal: systemTerminal(signals),
    http: lazyHttp(),
    download: async (file) => (await import('./http-download.ts')).download(file),
    serve: lazyServe,
    host: systemHost(),
    signals,
    cwd: process.cwd(),
    git: async (folder) => (await import('./git.ts')).gitState(folder),
    scratch,
    rehearsal: (startMs) => {
      const clock = virtualClock(startMs);
      return { clock, files: busyFiles(systemFiles, clock) };
    },
  };
}

function lazyHttp(): Http {
  let client: Promise<Http> | undefined;
  return async (request, signal) => {
    client ??= import('./http.ts').then(({ undiciHttp }) => undiciHttp());
    return (await client)(request, signal);
  };
}

const lazyServe: Serve = async (handler, options) => {
  const { serve } = await import('./serve.ts');
  return serve(handler, options);
};

const lazyModules: World['modules'] = {
  realPath: async (path) => (await import('./modules.ts')).systemModules.realPath(path),
  load: async (path) => (await import('./modules.ts')).systemModules.load(path),
};

async function scratch(): ReturnType<World['scratch']> {
  const parent = tmpdir();
  const path = await mkdtemp(join(parent, 'callplan-')).catch((error: unknown) => {
    throw new FileProblem('other', parent, error);
  });
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}
