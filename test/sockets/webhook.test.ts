/** The provider's events over real sockets: what reaches a run, and what does not. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect, test, vi } from 'vitest';
import type { Serve, World } from '../../src/ports.ts';
import { webhookPath } from '../../src/run/webhook.ts';
import { serve } from '../../src/system/serve.ts';
import { systemWorld } from '../../src/system/world.ts';
import { madeUpKey, type Ran } from '../crash/processes.ts';
import { people, scene, states, type Scene, type Script } from './scene.ts';

vi.setConfig({ maxConcurrency: 10, testTimeout: 30_000 });

const path = webhookPath('made-up', 'clinic-reminders/default');
const listen = ['--apply', '--approve', '100', '--webhook-listen', '127.0.0.1:0'];

type Running = {
  /** Where the run hears events. */
  readonly url: string;
  readonly ended: Promise<Ran>;
  /** Waits for what happens while the run goes on. */
  readonly until: <T>(happened: Promise<T>) => Promise<T>;
};

/** Starts a run, and waits until it listens. */
async function running(it: Scene, world: Partial<World> = {}): Promise<Running> {
  const listening = Promise.withResolvers<string>();
  const hearing: Serve = async (handler, options) => {
    const server = await serve(handler, options);
    listening.resolve(server.url);
    return server;
  };
  const env = { INTRON_API_KEY: madeUpKey, CALLPLAN_KEY: 'made-up' };
  const ended = it.run(listen, { env, serve: hearing, ...world });
  const until: Running['until'] = (happened) =>
    Promise.race([
      happened,
      ended.then(({ code, stderr }) => {
        throw new Error(`ended with ${String(code)}: ${stderr}`);
      }),
    ]);
  return { url: await until(listening.promise), ended, until };
}

/** The ids of the batches that were accepted, and when all are. */
function acceptances(): { readonly script: readonly Script[]; readonly all: Promise<readonly string[]> } {
  const ids: string[] = [];
  const all = Promise.withResolvers<readonly string[]>();
  const accept: Script = async ({ place, answer }) => {
    const body = await place();
    answer(200, body);
    ids.push(/"batch_id":"([^"]+)"/.exec(body)?.[1] ?? 'none');
    if (ids.length === people) all.resolve(ids);
  };
  return { script: [accept], all: all.promise };
}

const seldom = { concurrency: people, batchSize: 1, followUp: '{every: 10m, for: 2h}' };

test('an event of Intron ends the run minutes before it would have asked', async () => {
  const { script, all } = acceptances();
  await using it = await scene({ script, campaign: seldom });
  const startedMs = performance.now();
  const { url, ended, until } = await running(it);
  const ids = await until(all);
  const told = setInterval(() => {
    for (const id of ids) {
      const body = JSON.stringify({ request_id: id, status: 'COMPLETED' });
      void fetch(`${url}/${path}`, { method: 'POST', body }).catch(() => undefined);
    }
  }, 200);
  const ran = await ended;
  clearInterval(told);
  expect(ran).toMatchObject({ code: 0 });
  expect(states(it)).toEqual({ done: people });
  // Ten minutes take one here.
  expect(performance.now() - startedMs).toBeLessThan(20_000);
});

test('what is too large or comes to another path is refused, and connections left open do not hold up the end', async () => {
  const { script, all } = acceptances();
  await using it = await scene({ script, campaign: seldom });
  const interrupt = Promise.withResolvers<(signal: 'SIGINT') => void>();
  const { url, ended, until } = await running(it, {
    signals: {
      ...systemWorld().signals,
      onInterrupt: (listener) => {
        interrupt.resolve(listener);
        return () => undefined;
      },
    },
  });
  await until(all);
  const asked = it.intron.requests().length;
  expect((await fetch(`${url}/${path.slice(1)}0`, { method: 'POST', body: '{}' })).status).toBe(404);
  expect((await fetch(url)).status).toBe(404);
  const large = JSON.stringify({ request_id: 'x'.repeat(70_000) });
  expect(
    await fetch(`${url}/${path}`, { method: 'POST', body: large }).then(
      ({ status }) => status,
      () => 413,
    ),
  ).toBe(413);
  expect((await fetch(`${url}/${path}`, { method: 'HEAD' })).status).toBe(200);
  expect(it.intron.requests().length).toBe(asked);
  const idle = await opened(url);
  (await interrupt.promise)('SIGINT');
  const startedMs = performance.now();
  expect(await ended).toMatchObject({ code: 130 });
  expect(performance.now() - startedMs).toBeLessThan(5_000);
  if (!idle.closed) await once(idle, 'close');
});

async function opened(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined).resume();
  await once(socket, 'connect');
  return socket;
}
