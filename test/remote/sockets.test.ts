/** The evidence as it comes over real sockets: what is told to be unsent must never have arrived. */
import { createHash } from 'node:crypto';
import type { Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Clock } from '../../src/ports.ts';
import { connect } from '../../src/remote/connect.ts';
import { RemoteError } from '../../src/remote/remote-error.ts';
import type { PlaceVerdict, Remote } from '../../src/remote/remote.ts';
import { seededRandom } from '../../src/sandbox/seeded-random.ts';
import { systemClock } from '../../src/system/clock.ts';
import { undiciHttp, type HttpClient } from '../../src/system/http.ts';
import { rawServer } from '../system/raw-server.ts';
import { accountAt, credential, now, reminder } from './clinic.ts';

const ok = json(200, '{"status":"Ok","data":{"batch_id":"b1"}}');

function json(status: number, body: string, headers = ''): string {
  return `HTTP/1.1 ${String(status)} X\r\ncontent-type: application/json\r\n${headers}content-length: ${String(Buffer.byteLength(body))}\r\n\r\n${body}`;
}

/** Waits a hundredth of the time, so that a time-out of 30 s is seen in 300 ms. */
const hurried: Clock = { ...systemClock, sleep: (ms, signal) => systemClock.sleep(ms / 100, signal) };

let http: HttpClient;

beforeEach(() => {
  http = undiciHttp();
});

afterEach(() => http.close());

function remoteAt(url: string, clock: Clock = systemClock): Remote {
  const random = seededRandom(1);
  return connect({ http, clock, random, account: accountAt(url), credential, secrets: new Map(), access: 'write' });
}

async function placeAt(url: string, clock?: Clock): Promise<PlaceVerdict> {
  const origin = new URL(url).origin;
  const { request, answer } = reminder(accountAt(origin));
  return (await remoteAt(origin, clock).place(request, answer, now)).verdict;
}

describe('certainly not sent', () => {
  test('a refused connection', async () => {
    const server = await rawServer((socket) => socket.write(ok));
    await server[Symbol.asyncDispose]();
    expect(await placeAt(server.url)).toEqual({ kind: 'unsent', reason: 'connection failed' });
  });

  test('a host that nobody knows', async () => {
    expect(await placeAt('https://voicebot.invalid')).toMatchObject({ kind: 'unsent' });
  });

  test.each([
    ['a port that does not speak TLS', (socket: Socket) => void socket.end(ok)],
    ['a reset in the midst of the handshake', (socket: Socket) => void socket.resetAndDestroy()],
    ['a close in the midst of the handshake', (socket: Socket) => void socket.end()],
  ])('%s', async (_name, answer) => {
    await using server = await rawServer(answer);
    expect(await placeAt(server.url.replace('http:', 'https:'))).toMatchObject({ kind: 'unsent' });
    expect(server.received.join('')).not.toContain(credential);
  });

  test('a handshake that never comes to an end', async () => {
    await using server = await rawServer(() => undefined);
    const verdict = await placeAt(server.url.replace('http:', 'https:'), hurried);
    expect(verdict).toMatchObject({ kind: 'unsent' });
    expect(server.received.join('')).not.toContain(credential);
  });
});

describe('perhaps sent', () => {
  test.each([
    ['is closed after the request', (socket: Socket) => socket.end()],
    ['is reset after the request', (socket: Socket) => socket.resetAndDestroy()],
    ['is closed amid the headers', (socket: Socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-len')],
    ['is closed after the headers', (socket: Socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 40\r\n\r\n')],
    ['is closed amid the body', (socket: Socket) => socket.end(ok.slice(0, -5))],
    ['is reset amid the body', (socket: Socket) => socket.write(ok.slice(0, -5), () => socket.resetAndDestroy())],
    [
      'is closed amid a chunk',
      (socket: Socket) => socket.end('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n28\r\n{"status":"Ok"'),
    ],
    [
      'is closed amid a body that ends with it',
      (socket: Socket) => socket.end('HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n{"status":"Ok","data":{"batch'),
    ],
    ['says a refusal by half', (socket: Socket) => socket.end('HTTP/1.1 400 Bad\r\ncontent-length: 40\r\n\r\n{')],
    ['answers HTML', (socket: Socket) => socket.write(json(200, '<html>Welcome to the hotel</html>'))],
    ['answers nothing', (socket: Socket) => socket.write('HTTP/1.1 204 No Content\r\n\r\n')],
    ['answers what is no HTTP', (socket: Socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n')],
    ['answers in HTTP/2', (socket: Socket) => socket.end(Buffer.from('000012040000000000', 'hex'))],
    ['switches protocols', (socket: Socket) => socket.write('HTTP/1.1 101 Switching\r\nupgrade: h2c\r\n\r\n')],
    ['says only that it will answer', (socket: Socket) => socket.end('HTTP/1.1 102 Processing\r\n\r\n')],
    ['continues, which nobody asked for', (socket: Socket) => socket.write(`HTTP/1.1 100 Continue\r\n\r\n${ok}`)],
    ['answers 500', (socket: Socket) => socket.write(json(500, '{"message":"oops"}'))],
    ['answers 408', (socket: Socket) => socket.write(json(408, '{}'))],
    ['answers without an envelope', (socket: Socket) => socket.write(json(200, '{"batch_id":"b1"}'))],
  ])('a connection that %s', async (_name, answer) => {
    await using server = await rawServer((socket) => void answer(socket));
    expect(await placeAt(server.url)).toMatchObject({ kind: 'in_doubt' });
    expect(server.received).toHaveLength(1);
    expect(server.received[0]?.match(/POST /g)).toHaveLength(1);
  });

  test.each([
    ['before its status', ''],
    ['after an interim status', 'HTTP/1.1 102 Processing\r\n\r\n'],
    ['amid its body', ok.slice(0, -5)],
  ])('an answer that hangs %s, when time is up', async (_name, part) => {
    await using server = await rawServer((socket) => void socket.write(part));
    expect(await placeAt(server.url, hurried)).toMatchObject({ kind: 'in_doubt' });
    expect(server.received).toHaveLength(1);
  });

  test('an answer that drips for ever, when time is up', async () => {
    await using server = await rawServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n');
      const drip = setInterval(() => socket.write(' '), 5);
      socket.on('close', () => clearInterval(drip));
    });
    expect(await placeAt(server.url, hurried)).toMatchObject({ kind: 'in_doubt' });
  });
});

describe('answered', () => {
  test.each([
    ['at once', [ok]],
    ['byte by byte', ok.split('')],
    ['after early hints', ['HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n', ok]],
    ['in chunks', ['HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n', '28\r\n', ok.slice(-40), '\r\n0\r\n\r\n']],
  ])('%s', async (_name, parts) => {
    await using server = await rawServer((socket) => {
      for (const part of parts) socket.write(part);
    });
    expect(await placeAt(server.url)).toEqual({ kind: 'answered' });
  });

  test('by a redirect, which is not followed and gets no credential', async () => {
    await using other = await rawServer((socket) => socket.write(ok));
    await using server = await rawServer((socket) => socket.write(json(307, '{}', `location: ${other.url}\r\n`)));
    expect(await placeAt(server.url)).toMatchObject({ kind: 'stop', exit: 4, sent: 'perhaps' });
    expect(other.received).toEqual([]);
  });

  test('by a second answer that nobody asked for, which is not taken for that of the next call', async () => {
    const stray = json(200, '{"status":"Ok","data":{"batch_id":"stray"}}');
    await using server = await rawServer((socket) => socket.write(ok + stray));
    const { origin } = new URL(server.url);
    const { request, answer } = reminder(accountAt(origin));
    const remote = remoteAt(origin);
    for (let call = 0; call < 5; call += 1) {
      const { answer: handles } = await remote.place(request, answer, now);
      expect(handles ?? []).not.toContainEqual({ batchId: 'stray' });
    }
  });
});

test('a read that meets broken connections is asked again', async () => {
  let asked = 0;
  await using server = await rawServer((socket) => {
    asked += 1;
    if (asked < 4) socket.resetAndDestroy();
    else socket.write(json(200, '{"id":"wf_1"}'));
  });
  const { origin } = new URL(server.url);
  const request = { method: 'GET', url: `${origin}/workflows/wf_1` } as const;
  expect(await remoteAt(origin, hurried).send(request, (body) => body)).toEqual({ id: 'wf_1' });
  expect(asked).toBe(4);
});

test('a read that nobody answers fails by its kind', async () => {
  const server = await rawServer(() => undefined);
  await server[Symbol.asyncDispose]();
  const { origin } = new URL(server.url);
  const read = remoteAt(origin, hurried).send({ method: 'GET', url: `${origin}/workflows` }, (body) => body);
  await expect(read).rejects.toThrow(RemoteError);
  await expect(read).rejects.toMatchObject({ kind: 'unavailable' });
});

test('of hundreds of requests to a server that breaks at random none is sent twice, and what is unsent never arrived', async () => {
  const random = seededRandom(7);
  const pick = (): number => Math.floor(random.next() * 10);
  const arrived: string[] = [];
  await using server = await rawServer(
    (socket, text) => {
      for (const [, id] of text.matchAll(/"reference":"(\w+)"/g)) arrived.push(id ?? '');
      const how = pick();
      if (how < 4) socket.write(ok);
      // The keep-alive race: an answer, and the connection is gone when it is used again.
      else if (how === 4) socket.end(ok);
      else if (how === 5) socket.write(ok, () => setTimeout(() => socket.resetAndDestroy(), pick() % 3));
      else if (how === 6) socket.end();
      else if (how === 7) socket.resetAndDestroy();
      else if (how === 8) socket.end(ok.slice(0, -3));
      else socket.write(json(503, '{}'));
    },
    (socket) => {
      if (pick() === 0) socket.resetAndDestroy();
    },
  );
  const { origin } = new URL(server.url);
  const remote = remoteAt(origin);
  const verdicts = new Map<string, PlaceVerdict['kind']>();
  const caller = async (name: string): Promise<void> => {
    for (let call = 0; call < 60; call += 1) {
      const id = createHash('sha256')
        .update(`${name}${String(call)}`)
        .digest('hex')
        .slice(0, 12);
      const request = { method: 'POST', url: `${origin}/call`, body: { reference: id } } as const;
      const { verdict } = await remote.place(request, () => undefined, now);
      verdicts.set(id, verdict.kind);
    }
  };
  await Promise.all(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map(caller));
  expect(verdicts.size).toBe(480);
  expect(new Set(verdicts.values())).toContain('in_doubt');
  expect(new Set(arrived).size).toBe(arrived.length);
  const wrong = [...verdicts].filter(([id, kind]) => kind === 'unsent' && arrived.includes(id));
  expect(wrong).toEqual([]);
  const lost = [...verdicts].filter(([id, kind]) => kind === 'answered' && !arrived.includes(id));
  expect(lost).toEqual([]);
});
