/**
 * A provider's sandbox over HTTP in this process, so that a test can hold it at an instant, take it down and up again, and
 * knows every call that was placed whatever became of the client.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock, Exchange, Http, WireRequest } from '../../src/ports.ts';
import { intronSandbox, type IntronSnapshot } from '../../src/sandbox/intron.ts';
import type { SandboxOptions } from '../../src/sandbox/registry.ts';
import { parseFaults } from '../../src/sandbox/parse-faults.ts';
import { seededRandom } from '../../src/sandbox/seeded-random.ts';
import { httpDate } from '../../src/sandbox/time-text.ts';
import { systemClock } from '../../src/system/clock.ts';
import { serve } from '../../src/system/serve.ts';

/** One call by the sandbox's request log. */
export type Dialled = { readonly phone: string; readonly reference: string; readonly n: number; readonly atMs: number };

/** Something done around a request: before the sandbox sees it, or after, before the answer leaves. */
type Hook = {
  readonly when: 'before' | 'after';
  readonly matches: (request: WireRequest) => boolean;
  /** `drop`: the sandbox never sees it, and the connection is cut. */
  readonly act: () => 'drop' | undefined | Promise<'drop' | undefined>;
};

type Instead = (request: WireRequest) => Exchange | undefined;

/** A sandbox, and what stands behind its host. */
type Kind<Snapshot> = {
  readonly open: (options: SandboxOptions) => { readonly http: Http; readonly snapshot: () => Snapshot };
  readonly basePath: string;
};

export type Provider<Snapshot = IntronSnapshot> = AsyncDisposable & {
  readonly baseUrl: string;
  readonly dials: () => readonly Dialled[];
  /** Requests by method and path without the query, in order. */
  readonly requests: () => readonly string[];
  readonly snapshot: () => Snapshot;
  /** Does something once, at the next request that matches. */
  readonly once: (when: Hook['when'], matches: Hook['matches'], act: Hook['act']) => void;
  /** Answers what it says in place of the sandbox, from now on; undefined leaves a request to the sandbox. */
  readonly instead: (answer: Instead) => void;
  /** Takes a placing request that came another way; answers the body of its answer. */
  readonly place: (body: string) => Promise<string>;
  /** Cuts what is under way and refuses connections. */
  readonly down: () => Promise<void>;
  readonly up: () => Promise<void>;
};

export type ProviderOptions = Omit<Partial<SandboxOptions>, 'faults'> & {
  readonly seed?: number;
  readonly faults?: string;
  /** How long a placing request takes to arrive, and its answer to come back. */
  readonly wayMs?: number;
};

const intron: Kind<IntronSnapshot> = { open: intronSandbox, basePath: '/voicebot/v1' };

/** Intron's. */
export function provider(options: ProviderOptions = {}): Promise<Provider> {
  return providerOf(intron, options);
}

export async function providerOf<Snapshot>(
  kind: Kind<Snapshot>,
  { seed = 1, faults = '', wayMs = 0, clock = systemClock, ...options }: ProviderOptions = {},
): Promise<Provider<Snapshot>> {
  const dials: Dialled[] = [];
  const requests: string[] = [];
  const hooks: Hook[] = [];
  const box = kind.open({
    clock,
    random: seededRandom(seed),
    callsPerSecond: 0,
    callMs: 500,
    log: (line) => {
      const read = readLine(line);
      if (read.request !== undefined) requests.push(read.request);
      dials.push(...read.dials);
    },
    ...options,
    faults: faultsOf(faults),
  });
  // A provider that has read a request goes on with it, whether or not the client is there.
  const patient = new AbortController().signal;
  const http: Http = async (request) => {
    const onTheWay = (): Promise<void> => (wayMs > 0 && isPlacing(request) ? sleep(wayMs) : Promise.resolve());
    await onTheWay();
    if ((await strike(hooks, 'before', request)) === 'drop') return dropped;
    const other = instead(request);
    if (other !== undefined) return dated(other, clock);
    const exchange = await box.http(request, patient);
    await onTheWay();
    return (await strike(hooks, 'after', request)) === 'drop' ? dropped : exchange;
  };
  let instead: Instead = () => undefined;
  let server = await serve(http, { port: 0 });
  const { port, url } = server;
  return {
    baseUrl: `${url}${kind.basePath}`,
    dials: () => dials,
    requests: () => requests,
    snapshot: box.snapshot,
    once: (when, matches, act) => void hooks.push({ when, matches, act }),
    instead: (answer) => {
      instead = answer;
    },
    place: async (body) => {
      const headers = { authorization: 'Bearer any' };
      const answer = await box.http({ method: 'POST', url: `${url}${kind.basePath}/call`, headers, body }, patient);
      return answer.kind === 'answered' ? answer.body : '';
    },
    down: () => server.close(),
    up: async () => {
      server = await serve(http, { port });
    },
    [Symbol.asyncDispose]: () => server.close(),
  };
}

/** With the time of its clock, as the sandbox answers; else the server would add the time of the machine. */
function dated(exchange: Exchange, clock: Clock): Exchange {
  if (exchange.kind !== 'answered') return exchange;
  return { ...exchange, headers: { date: httpDate(clock.now()), ...exchange.headers } };
}

/** A request that places calls. */
export function isPlacing({ method, url }: WireRequest): boolean {
  return (
    method === 'POST' &&
    /\/(?:call|outbound|outbound-batched|create_phone_call|calls\/create)$/.test(new URL(url).pathname)
  );
}

/** A request that asks what became of calls. */
export function isListing({ method, url }: WireRequest): boolean {
  return method === 'GET' && /\/(?:calls|requests)$/.test(new URL(url).pathname);
}

/** An answer with this status and no words. */
export function answered(status: number): Exchange {
  return { kind: 'answered', status, headers: {}, body: '{}' };
}

/** A request that creates a workflow. */
export function isCreating({ method, url }: WireRequest): boolean {
  return method === 'POST' && new URL(url).pathname.endsWith('/workflows');
}

const dropped: Exchange = { kind: 'unanswered', cause: 'dropped' };

async function strike(hooks: Hook[], when: Hook['when'], request: WireRequest): Promise<'drop' | undefined> {
  const at = hooks.findIndex((hook) => hook.when === when && hook.matches(request));
  const [hook] = at === -1 ? [] : hooks.splice(at, 1);
  return hook?.act();
}

type LogLine = {
  readonly at: number;
  readonly kind: string;
  readonly method: string;
  readonly path: string;
  readonly calls?: readonly {
    readonly phone: string;
    readonly tags: Readonly<Record<string, unknown>>;
    readonly variables: Readonly<Record<string, unknown>>;
  }[];
};

function readLine(line: string): { readonly request?: string; readonly dials: readonly Dialled[] } {
  const { at, kind, method, path, calls = [] } = JSON.parse(line) as LogLine;
  if (kind !== 'request') return { dials: [] };
  return {
    request: `${method} ${path.replace(/\?.*/, '')}`,
    dials: calls.map(({ phone, tags, variables }) => {
      const reference = String(tags['callplan_ref'] ?? variables['callplan_ref']);
      return { phone, reference, n: Number(reference.split('.').at(-1)), atMs: at };
    }),
  };
}

export function faultsOf(text: string): NonNullable<SandboxOptions['faults']> {
  const parsed = parseFaults(text);
  if (parsed.kind === 'wrong') throw new Error(parsed.text);
  return parsed.faults;
}
