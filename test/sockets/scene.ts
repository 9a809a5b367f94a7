/**
 * The whole command in this process, against real sockets: Intron's sandbox keeps workflows and listings, and placing
 * requests go to a server of their own that answers what a script says. Time runs ten times as fast for both.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import type { Clock, World } from '../../src/ports.ts';
import { systemClock } from '../../src/system/clock.ts';
import { secretName, testCampaign, type CampaignOptions, type TestCampaign } from '../crash/campaign.ts';
import { madeUpKey, runHere, type Ran } from '../crash/processes.ts';
import { provider, type Provider, type ProviderOptions } from '../crash/provider.ts';

/** A placing request that waits for its answer. */
export type Placing = {
  /** Which it is, from 1 on. */
  readonly nth: number;
  readonly body: string;
  readonly socket: Socket;
  /** The sandbox takes the request; answers the body of its answer. */
  readonly place: () => Promise<string>;
  readonly answer: (status: number, body?: string, headers?: Readonly<Record<string, string>>) => void;
  /** Cuts the connection, without a word. */
  readonly reset: () => void;
};

export type Script = (placing: Placing) => void | Promise<void>;

export type Scene = AsyncDisposable & {
  readonly intron: Provider;
  readonly campaign: TestCampaign;
  /** Placing requests that arrived. */
  readonly placings: () => number;
  readonly run: (args?: readonly string[], world?: Partial<World>) => Promise<Ran>;
  /** Any command of the campaign. */
  readonly command: (args: readonly string[], world?: Partial<World>) => Promise<Ran>;
  /** The server that takes placing requests refuses connections, and takes them again. */
  readonly close: () => Promise<void>;
  readonly open: () => Promise<void>;
};

export type SceneOptions = Omit<ProviderOptions, 'clock'> & {
  readonly campaign?: Partial<CampaignOptions>;
  /** What the nth placing request is answered; the last holds for all that follow. */
  readonly script?: readonly Script[];
};

/** Places the calls and answers as the sandbox does. */
export const accepted: Script = async ({ place, answer }) => answer(200, await place());

const speed = 10;

/** Ten times the real one. */
export const fastClock: Clock = {
  now: () => startedMs + (systemClock.monotonic() - startMs) * speed,
  monotonic: () => systemClock.monotonic() * speed,
  sleep: (ms, signal) => systemClock.sleep(ms / speed, signal),
};

/** Far off the machine's, which no test may lean on: the two part anyway. */
const startedMs = systemClock.now() + 600_000;
const startMs = systemClock.monotonic();

export const people = 3;

/** How many recipients the results show in each state. */
export function states({ campaign }: Scene): Readonly<Record<string, number>> {
  const grouped = Map.groupBy(campaign.results(), ({ state }) => state);
  return Object.fromEntries([...grouped].map(([state, members]) => [state, members.length]));
}

export async function scene(options: SceneOptions = {}): Promise<Scene> {
  const { campaign: own, script = [accepted], ...sandbox } = options;
  const intron = await provider({ ...sandbox, clock: fastClock });
  const calls = await callServer(script, intron);
  const campaign = await testCampaign({
    recipients: people,
    concurrency: 1,
    settle: '5s',
    callUrl: calls.url,
    ...own,
    baseUrl: intron.baseUrl,
  });
  const command: Scene['command'] = async (args, world = {}) => {
    const ran = await runHere(args, { clock: fastClock, cwd: campaign.folder, ...world });
    expectNoSecrets(ran, campaign.folder);
    return ran;
  };
  return {
    intron,
    campaign,
    placings: calls.count,
    command,
    run: (args = ['--apply', '--approve', '100'], world) => command(['run', 'campaign.yaml', ...args], world),
    close: calls.close,
    open: calls.open,
    [Symbol.asyncDispose]: async () => {
      await calls.close();
      await intron[Symbol.asyncDispose]();
      await campaign[Symbol.asyncDispose]();
    },
  };
}

type CallServer = {
  readonly url: string;
  readonly count: () => number;
  readonly close: () => Promise<void>;
  readonly open: () => Promise<void>;
};

async function callServer(script: readonly Script[], intron: Provider): Promise<CallServer> {
  let nth = 0;
  const server = createServer((request, response) => {
    void readText(request).then(async (body) => {
      nth += 1;
      const act = script[Math.min(nth, script.length) - 1] ?? accepted;
      await act(placing({ nth, body, request, response, intron }));
    });
  });
  const listen = (port: number): Promise<void> =>
    new Promise((resolve) => {
      server.listen(port, '127.0.0.1', resolve);
    });
  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}/call`,
    count: () => nth,
    open: () => listen(port),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

type Came = {
  readonly nth: number;
  readonly body: string;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly intron: Provider;
};

function placing({ nth, body, request, response, intron }: Came): Placing {
  return {
    nth,
    body,
    socket: request.socket,
    place: () => intron.place(body),
    answer: (status, text = '{}', headers = {}) => {
      // The clock of the test is not the wall's.
      response.sendDate = false;
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text);
    },
    reset: () => request.socket.resetAndDestroy(),
  };
}

async function readText(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}

/** No output may hold the key, a number or a name: terminals, manifests, results. */
function expectNoSecrets(ran: Ran, folder: string): void {
  const texts = [ran.stdout, ran.stderr, ...outputsIn(folder)];
  const found = texts.filter(
    (text) => text.includes(madeUpKey) || text.includes('80300000') || text.includes(secretName),
  );
  if (found.length > 0) throw new Error(`an output holds what is private:\n${found.join('\n')}`);
}

function outputsIn(folder: string): readonly string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.parentPath.includes('/runs/'))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
}
