import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Exchange, WireRequest } from '../../src/ports.ts';
import { undiciHttp } from '../../src/system/http.ts';
import type { HttpClient } from '../../src/system/http.ts';
import { rawServer } from './raw-server.ts';

const ok = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}';

let http: HttpClient;

beforeEach(() => {
  http = undiciHttp();
});

afterEach(() => http.close());

function place(url: string, signal: AbortSignal = new AbortController().signal): Promise<Exchange> {
  const request: WireRequest = {
    method: 'POST',
    url,
    headers: { authorization: 'Bearer key', 'content-type': 'application/json' },
    body: '{"phone_number":"+2348030000001"}',
  };
  return http(request, signal);
}

/** undici uses a socket again one turn of the event loop after its last answer. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

describe('what is answered', () => {
  test('has status, headers in lower case and the body', async () => {
    await using server = await rawServer((socket) =>
      socket.write(
        'HTTP/1.1 201 Created\r\nX-Id: 7\r\nSet-Cookie: a\r\nSet-Cookie: b\r\nContent-Length: 9\r\n\r\n{"id":"7"}'.slice(
          0,
          -1,
        ),
      ),
    );
    expect(await place(server.url)).toEqual({
      kind: 'answered',
      status: 201,
      headers: { 'x-id': '7', 'set-cookie': 'a, b', 'content-length': '9' },
      body: '{"id":"7"',
    });
    expect(server.received[0]).toMatch(/^POST \/calls HTTP\/1\.1\r\n/);
    expect(server.received[0]).toContain('authorization: Bearer key\r\n');
    expect(server.received[0]).toMatch(/\r\n\r\n\{"phone_number":"\+2348030000001"\}$/);
  });

  test('keeps the query as it is written', async () => {
    await using server = await rawServer((socket) => socket.write(ok));
    await http(
      { method: 'GET', url: `${server.url}?phone_number=%2B234&page=1`, headers: {} },
      new AbortController().signal,
    );
    expect(server.received[0]).toMatch(/^GET \/calls\?phone_number=%2B234&page=1 /);
  });

  test('is a redirect that is not followed', async () => {
    await using other = await rawServer((socket) => socket.write(ok));
    await using server = await rawServer((socket) =>
      socket.write(`HTTP/1.1 302 Found\r\nlocation: ${other.url}\r\ncontent-length: 0\r\n\r\n`),
    );
    expect(await place(server.url)).toMatchObject({ kind: 'answered', status: 302 });
    expect(other.received).toEqual([]);
  });

  test('may come after an interim answer', async () => {
    await using server = await rawServer((socket) =>
      socket.write(`HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n${ok}`),
    );
    expect(await place(server.url)).toMatchObject({ kind: 'answered', status: 200, body: '{}' });
  });

  test('is decoded leniently where it is not UTF-8', async () => {
    await using server = await rawServer((socket) =>
      socket.write(Buffer.from('HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nJos\xe9', 'latin1')),
    );
    expect(await place(server.url)).toMatchObject({ kind: 'answered', body: 'Jos\uFFFD' });
  });

  test('loses its byte order mark', async () => {
    await using server = await rawServer((socket) =>
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n\uFEFF{}'),
    );
    expect(await place(server.url)).toMatchObject({ kind: 'answered', body: '{}' });
  });

  test('uses a socket again that has been idle for a moment', async () => {
    await using server = await rawServer((socket) => socket.write(ok));
    await place(server.url);
    await turn();
    await place(server.url);
    expect(server.received).toHaveLength(1);
  });

  test('uses a new socket after a second, whatever the server offers', async () => {
    await using server = await rawServer((socket) =>
      socket.write('HTTP/1.1 200 OK\r\nkeep-alive: timeout=60\r\ncontent-length: 2\r\n\r\n{}'),
    );
    await place(server.url);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    await place(server.url);
    expect(server.received).toHaveLength(2);
  });

  test('never shares a socket with another request', async () => {
    await using server = await rawServer((socket) => setTimeout(() => socket.write(ok), 20));
    await Promise.all([place(server.url), place(server.url), place(server.url)]);
    expect(server.received).toHaveLength(3);
  });
});

describe('what is unsent', () => {
  test('was refused', async () => {
    const server = await rawServer((socket) => socket.write(ok));
    await server[Symbol.asyncDispose]();
    expect(await place(server.url)).toMatchObject({
      kind: 'unsent',
      cause: { code: 'ECONNREFUSED' },
    });
  });

  test('has a host that nobody knows', async () => {
    expect(await place('http://voice.invalid/calls')).toMatchObject({ kind: 'unsent' });
  });

  test('failed in the TLS handshake', async () => {
    await using server = await rawServer((socket) => socket.end('not TLS'));
    const exchange = await place(server.url.replace('http:', 'https:'));
    expect(exchange.kind).toBe('unsent');
    expect(server.received[0]).not.toContain('Bearer key');
  });

  test('was reset in the TLS handshake', async () => {
    await using server = await rawServer((socket) => socket.resetAndDestroy());
    expect(await place(server.url.replace('http:', 'https:'))).toMatchObject({
      kind: 'unsent',
      cause: { code: 'ECONNRESET' },
    });
  });

  test.each(['', 'calls', 'http://', 'ftp://127.0.0.1/calls'])('has no usable URL: %j', async (url) => {
    expect(await place(url)).toMatchObject({ kind: 'unsent' });
  });

  test('has a header that cannot be written', async () => {
    const request = { method: 'GET', url: 'http://127.0.0.1:9/', headers: { 'x-a': 'b\r\nx-c: d' } };
    expect(await http(request, new AbortController().signal)).toMatchObject({ kind: 'unsent' });
  });

  test('was aborted before it began', async () => {
    await using server = await rawServer((socket) => socket.write(ok));
    const reason = new Error('drained');
    expect(await place(server.url, AbortSignal.abort(reason))).toEqual({ kind: 'unsent', cause: reason });
    expect(server.received).toEqual([]);
  });

  test('was aborted while it waited for its socket, and does not leave later', async () => {
    await using server = await rawServer((socket) => socket.write(ok));
    const giveUp = new AbortController();
    const exchange = place(server.url, giveUp.signal);
    giveUp.abort();
    expect(await exchange).toMatchObject({ kind: 'unsent' });
    expect(await place(server.url)).toMatchObject({ kind: 'answered' });
    expect(server.received.join('').match(/POST/g)).toHaveLength(1);
  });
});

describe('what is unanswered', () => {
  test.each([
    ['closed', (socket: { end: () => void }) => socket.end()],
    ['reset', (socket: { resetAndDestroy: () => void }) => socket.resetAndDestroy()],
  ])('was %s before an answer', async (_name, cut) => {
    await using server = await rawServer((socket) => cut(socket));
    const exchange = await place(server.url);
    expect(exchange).toMatchObject({ kind: 'unanswered' });
    expect(exchange).not.toHaveProperty('status');
    expect(server.received).toHaveLength(1);
  });

  test('is a request on a connection that was closed as it left, and it is not sent again', async () => {
    let answers = 0;
    await using server = await rawServer((socket) => {
      answers += 1;
      if (answers === 1) socket.write(ok);
      else socket.resetAndDestroy();
    });
    const read = { method: 'GET', url: server.url, headers: {} };
    await http(read, new AbortController().signal);
    await turn();
    const exchange = await http(read, new AbortController().signal);
    expect(exchange).toMatchObject({ kind: 'unanswered' });
    expect(server.received).toHaveLength(1);
  });

  test('has an interim answer only, which is no status', async () => {
    await using server = await rawServer((socket) => socket.end('HTTP/1.1 103 Early Hints\r\n\r\n'));
    const exchange = await place(server.url);
    expect(exchange).toMatchObject({ kind: 'unanswered' });
    expect(exchange).not.toHaveProperty('status');
  });

  test.each([
    ['by its length', 'content-length: 40\r\n\r\n{"batch_id":'],
    ['by its chunks', 'transfer-encoding: chunked\r\n\r\nc\r\n{"batch_id":\r\n'],
  ])('has a body that was cut, %s', async (_name, rest) => {
    await using server = await rawServer((socket) => socket.end(`HTTP/1.1 200 OK\r\n${rest}`));
    expect(await place(server.url)).toMatchObject({ kind: 'unanswered', status: 200 });
  });

  test('has a body that was reset', async () => {
    await using server = await rawServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 40\r\n\r\n{', () => socket.resetAndDestroy());
    });
    const exchange = await place(server.url);
    expect(exchange.kind).toBe('unanswered');
  });

  test.each([
    ['no HTTP at all', 'SSH-2.0-OpenSSH_9.6\r\n'],
    ['a status that is no number', 'HTTP/1.1 abc OK\r\n\r\n'],
    ['a header without a name', 'HTTP/1.1 200 OK\r\n: x\r\n\r\n'],
    ['two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}'],
    ['endless headers', `HTTP/1.1 200 OK\r\nx: ${'y'.repeat(40_000)}\r\n\r\n`],
  ])('is %s', async (_name, bytes) => {
    await using server = await rawServer((socket) => socket.end(bytes));
    expect(await place(server.url)).toMatchObject({ kind: 'unanswered' });
  });

  test('is a body of more than 32 MiB', async () => {
    const size = 33 * 1024 * 1024;
    await using server = await rawServer((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${String(size)}\r\n\r\n`);
      socket.write(Buffer.alloc(size, 32));
    });
    expect(await place(server.url)).toMatchObject({ kind: 'unanswered', status: 200 });
  });

  test.each([
    ['before the status', undefined],
    ['amid the body', 200],
  ])('was aborted %s, and its socket is closed', async (_name, status) => {
    const giveUp = new AbortController();
    const closed = Promise.withResolvers<undefined>();
    await using server = await rawServer((socket) => {
      socket.on('close', () => closed.resolve(undefined));
      if (status !== undefined) socket.write('HTTP/1.1 200 OK\r\ncontent-length: 40\r\n\r\n{');
      setTimeout(() => giveUp.abort(new Error('took too long')), 20);
    });
    const exchange = await place(server.url, giveUp.signal);
    expect(exchange).toMatchObject({ kind: 'unanswered', cause: { message: 'took too long' } });
    if (exchange.kind === 'unanswered') expect(exchange.status).toBe(status);
    await closed.promise;
  });

  test('was under way when the client was closed', async () => {
    await using server = await rawServer(() => void http.close());
    expect(await place(server.url)).toMatchObject({ kind: 'unanswered' });
  });
});

describe('a request that must not leave any more', () => {
  test('is asked about once its connection is up, and stays here', async () => {
    let connected = 0;
    await using server = await rawServer(
      (socket) => socket.write(ok),
      () => (connected += 1),
    );
    const asked: number[] = [];
    const request: WireRequest = { method: 'POST', url: server.url, headers: {}, body: '{}' };
    const held = { ...request, maySend: () => asked.push(connected) === 0 };
    expect(await http(held, new AbortController().signal)).toMatchObject({ kind: 'unsent' });
    expect(asked).toEqual([1]);
    expect(await http({ ...request, maySend: () => true }, new AbortController().signal)).toMatchObject({
      status: 200,
    });
    expect(server.received.join('').match(/POST/g)).toHaveLength(1);
  });
});
