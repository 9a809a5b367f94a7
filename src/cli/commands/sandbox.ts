import { resolve } from 'node:path';
import type { Http, Interruption } from '../../ports.ts';
import { hang } from '../../report/hang.ts';
import { countOf } from '../../report/quantity.ts';
import { countFaults, flagFaults, nameFaults, shareFaults, timeFaults } from '../../sandbox/faults.ts';
import type { Faults } from '../../sandbox/faults.ts';
import { sandboxes } from '../../sandbox/registry.ts';
import type { SandboxKind, SandboxOptions } from '../../sandbox/registry.ts';
import type { LifeScript } from '../../sandbox/life.ts';
import { parseFaults } from '../../sandbox/parse-faults.ts';
import { parseLife } from '../../sandbox/parse-life.ts';
import { seededRandom } from '../../sandbox/seeded-random.ts';
import { nearest } from '../../model/nearest.ts';
import { padEnd } from '../../report/width.ts';
import type { Invocation } from '../command.ts';
import { Halt } from '../halt.ts';
import { interruptedEnding } from '../interrupted-ending.ts';
import { nextCommand } from '../next-command.ts';
import { formatOption } from '../options.ts';
import type { Report } from '../report.ts';
import type { World } from '../world.ts';
import {
  callSecondsOption,
  callsPerSecondOption,
  faultOption,
  lifeOption,
  portOption,
  requestLogOption,
  seedOption,
} from '../sandbox-options.ts';
import { soundProviders } from '../sound-providers.ts';
import { screenOf } from '../screen.ts';
import { UsageError } from '../usage-error.ts';
import { spoken } from '../../report/spoken.ts';

/** Serves a provider's API on loopback until it is interrupted. */
export async function sandbox(invoked: Invocation, world: World): Promise<Report> {
  const { args, option } = invoked;
  const { provider, kind } = readKind(args[0] ?? '', world);
  if (option(faultOption).includes('help')) return faultHelp();
  const options = readOptions(invoked, world);
  const path = option(requestLogOption);
  const log = path === undefined ? undefined : await world.files.append(resolve(world.cwd, path));
  const { basePath } = kind;
  const box = kind.open({ ...options, basePath, ...(log === undefined ? {} : { log: log.write }) });
  const server = await serve(box.http, option(portOption) ?? 0, world);
  announce({ provider, url: server.url, base: `${server.url}${basePath}` }, invoked, world);
  const how = await interrupted(world);
  await server.close();
  await log?.close();
  const { resources, calls } = box.snapshot();
  const held = { resources: resources.length, calls: calls.length };
  return {
    endings: how === 'unheard' ? [interruptedEnding[how]] : ['done'],
    kind: 'sandbox_ended',
    data: { provider, url: server.url, ...held },
    text: () =>
      `\nIt held ${countOf(held.resources, nounOf(provider, world))} and placed ${countOf(held.calls, 'call')}.\n`,
    next: [],
  };
}

function readKind(written: string, { providers }: World): { readonly provider: string; readonly kind: SandboxKind } {
  const own = soundProviders(providers).flatMap(({ provider, sandbox: kind }) =>
    kind === undefined ? [] : [[provider.name, kind] as const],
  );
  const all = new Map([...Object.entries(sandboxes), ...own]);
  const kind = all.get(written);
  if (kind !== undefined) return { provider: written, kind };
  const names = [...all.keys()];
  const close = nearest(written, names);
  throw new UsageError(
    `there is no sandbox of "${written}"`,
    close === undefined ? `There are: ${names.join(', ')}` : `Did you mean ${close}?`,
  );
}

/** What the provider calls its resource, as one word of a sentence. */
function nounOf(provider: string, { providers }: World): string {
  return spoken(providers.find(provider)?.noun ?? 'resource');
}

function readOptions({ option }: Invocation, { clock }: World): SandboxOptions {
  const callSeconds = option(callSecondsOption);
  const callsPerSecond = option(callsPerSecondOption);
  return {
    clock,
    random: seededRandom(option(seedOption) ?? 1),
    faults: readFaults(option(faultOption).join(',')),
    life: readLife(option(lifeOption) ?? ''),
    ...(callSeconds === undefined ? {} : { callMs: callSeconds * 1000 }),
    ...(callsPerSecond === undefined ? {} : { callsPerSecond }),
  };
}

function readFaults(text: string): Faults {
  const parsed = parseFaults(text);
  if (parsed.kind === 'faults') return parsed.faults;
  throw new UsageError(`--fault: ${parsed.text}`);
}

function readLife(text: string): LifeScript {
  const parsed = parseLife(text);
  if (parsed.kind === 'life') return parsed.life;
  throw new UsageError(`--life: ${parsed.text}`);
}

async function serve(http: Http, port: number, world: World): ReturnType<World['serve']> {
  try {
    return await world.serve(http, { port });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
    const why = code === 'EADDRINUSE' ? 'is taken by another program' : 'may not be used by you';
    throw new Halt('environment', `port ${String(port)} ${why}`, ['leave --port out: a free one is taken'], error);
  }
}

/** The url is printed before anything is served, so that scripts can wait for it. */
function announce(
  { provider, url, base }: { readonly provider: string; readonly url: string; readonly base: string },
  invoked: Invocation,
  world: World,
): void {
  if (invoked.option(formatOption) === 'json') {
    const line = {
      format_version: 1,
      kind: 'sandbox',
      provider,
      url,
      base_url: base,
    };
    world.terminal.out(`${JSON.stringify(line)}\n`);
    return;
  }
  const { style } = screenOf('stdout', world);
  const lines = [
    `${style.bold(`Sandbox of ${provider}`)} at ${style.cyan(url)}, until Ctrl+C. It takes any api_key.`,
    '',
    'Put this into the campaign, or into an environment of it:',
    '',
    '  provider:',
    `    base_url: ${base}`,
    '',
    `${style.bold('Next:')} in another terminal, ${nextCommand('plan', invoked, ['PATH'])}`,
    '',
  ];
  world.terminal.out(lines.join('\n'));
}

function interrupted(world: World): Promise<Interruption> {
  return new Promise((ended) => {
    const stop = world.signals.onInterrupt((how) => {
      stop();
      ended(how);
    });
  });
}

function faultHelp(): Report {
  const tables = [shareFaults, timeFaults, countFaults, nameFaults, flagFaults];
  const faults = tables.flatMap((table) => Object.entries<string>(table)).map(([name, about]) => ({ name, about }));
  const width = Math.max(...faults.map(({ name }) => name.length));
  return {
    endings: ['done'],
    kind: 'faults',
    data: { faults },
    text: ({ columns, style }) =>
      faults
        .flatMap(({ name, about }) => hang(about, columns, { first: `${style.bold(padEnd(name, width))}  ` }))
        .map((line) => `${line}\n`)
        .join(''),
    next: ['callplan sandbox intron --fault lose-response=5%,list-lag=2s'],
  };
}
