import { afterEach, expect, test } from 'vitest';
import type { Exchange } from '../../src/ports.ts';
import { intronSandbox } from '../../src/sandbox/intron.ts';
import type { IntronSnapshot } from '../../src/sandbox/intron.ts';
import { seededRandom } from '../../src/sandbox/seeded-random.ts';
import { systemClock } from '../../src/system/clock.ts';
import { undiciHttp } from '../../src/system/http.ts';
import { serve } from '../../src/system/serve.ts';
import { faultsOf, patients, reminder } from './clinic.ts';

const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** Places one call over a real socket; gives what the client saw and what the server holds. */
async function placeOver(faults: string): Promise<{ readonly exchange: Exchange; readonly held: IntronSnapshot }> {
  const sandbox = intronSandbox({ clock: systemClock, random: seededRandom(1), faults: faultsOf(faults) });
  const server = await serve(sandbox.http, { port: 0 });
  const http = undiciHttp();
  closing.push(server.close, http.close);
  const send = (path: string, body: unknown): Promise<Exchange> =>
    http(
      {
        method: 'POST',
        url: `${server.url}/voicebot/v1${path}`,
        headers: { authorization: 'Bearer key', 'content-type': 'application/json' },
        body: JSON.stringify(body),
      },
      new AbortController().signal,
    );
  await send('/workflows', reminder);
  const workflow_id = sandbox.snapshot().resources[0]?.id;
  const exchange = await send('/call', { workflow_id, workflow_params: patients(1) });
  return { exchange, held: sandbox.snapshot() };
}

test('a call is placed over a socket', async () => {
  const { exchange, held } = await placeOver('');
  expect(exchange).toMatchObject({ kind: 'answered', status: 200 });
  expect(Object.keys(exchange.kind === 'answered' ? exchange.headers : {})).toContain('date');
  expect(held.calls).toHaveLength(1);
});

test('a lost response leaves the client in doubt, and the call placed', async () => {
  const { exchange, held } = await placeOver('lose-response');
  expect(exchange).toMatchObject({ kind: 'unanswered' });
  expect(exchange).not.toHaveProperty('status');
  expect(held.calls).toHaveLength(1);
});

test('a server that fails after placing has placed the call', async () => {
  const { exchange, held } = await placeOver('fail-after-placing');
  expect(exchange).toMatchObject({ kind: 'answered', status: 503 });
  expect(held.calls).toHaveLength(1);
});

test('a cut body shows its status only', async () => {
  const { exchange } = await placeOver('cut-body');
  expect(exchange).toMatchObject({ kind: 'unanswered', status: 200 });
});
