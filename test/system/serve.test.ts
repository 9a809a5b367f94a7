import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Exchange, Http, Strangers, WireRequest } from '../../src/ports.ts';
import { undiciHttp } from '../../src/system/http.ts';
import type { HttpClient } from '../../src/system/http.ts';
import { serve } from '../../src/system/serve.ts';

const accepted: Exchange = {
  kind: 'answered',
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: '{"patient":"Amàkà"}',
};

let http: HttpClient;

beforeEach(() => {
  http = undiciHttp();
});

afterEach(() => http.close());

/** Sends one request to `handler` over a socket. */
async function through(handler: Http, request: Partial<WireRequest> = {}): Promise<Exchange> {
  const server = await serve(handler, { port: 0 });
  try {
    const url = `${server.url}/calls?page=1`;
    return await http({ method: 'GET', url, headers: {}, ...request }, new AbortController().signal);
  } finally {
    await server.close();
  }
}

describe('serve', () => {
  test('hands the request to the handler as it came', async () => {
    const seen: WireRequest[] = [];
    const answer = await through(
      async (request) => {
        seen.push(request);
        return accepted;
      },
      { method: 'POST', headers: { Authorization: 'Bearer key' }, body: '{"name":"Ọlá"}' },
    );
    expect(answer).toMatchObject({
      kind: 'answered',
      status: 200,
      body: accepted.kind === 'answered' ? accepted.body : '',
    });
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({ method: 'POST', body: '{"name":"Ọlá"}' });
    expect(seen[0]?.headers).toMatchObject({ authorization: 'Bearer key' });
    expect(seen[0]?.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/calls\?page=1$/);
  });

  test('leaves out the body of a request that has none', async () => {
    let seen: WireRequest | undefined;
    await through(async (request) => {
      seen = request;
      return accepted;
    });
    expect(seen).not.toHaveProperty('body');
  });

  test('cuts the connection without an answer', async () => {
    const answer = await through(async () => ({ kind: 'unanswered', cause: 'lost' }));
    expect(answer).toMatchObject({ kind: 'unanswered' });
    expect(answer).not.toHaveProperty('status');
  });

  test('cuts the connection amid the body', async () => {
    const answer = await through(async () => ({ kind: 'unanswered', status: 200, cause: 'cut' }));
    expect(answer).toMatchObject({ kind: 'unanswered', status: 200 });
  });

  test('tells the handler when its client has gone', async () => {
    const heard = Promise.withResolvers<undefined>();
    const server = await serve(
      (_request, signal) => {
        signal.addEventListener('abort', () => heard.resolve(undefined));
        giveUp.abort();
        return new Promise(() => undefined);
      },
      { port: 0 },
    );
    const giveUp = new AbortController();
    const answer = http({ method: 'GET', url: server.url, headers: {} }, giveUp.signal);
    expect(await answer).toMatchObject({ kind: 'unanswered' });
    await heard.promise;
    await server.close();
  });

  test('refuses bodies of more than 16 MiB', async () => {
    const body = ' '.repeat(16 * 1024 * 1024 + 1);
    let called = false;
    const answer = await through(
      async () => {
        called = true;
        return accepted;
      },
      { method: 'POST', body },
    );
    expect(answer.kind === 'answered' ? answer.status : 413).toBe(413);
    expect(called).toBe(false);
  });

  test('keeps connections open between requests', async () => {
    const server = await serve(async () => accepted, { port: 0 });
    const head = await new Promise<string>((resolve) => {
      const socket = connect(server.port, '127.0.0.1', () => socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n'));
      socket.once('data', (bytes) => {
        resolve(bytes.toString());
        socket.destroy();
      });
    });
    expect(head).toMatch(/keep-alive: timeout=65/i);
    await server.close();
  });

  test('closes at once, whatever is under way', async () => {
    const arrived = Promise.withResolvers<undefined>();
    const server = await serve(
      () => {
        arrived.resolve(undefined);
        return new Promise(() => undefined);
      },
      { port: 0 },
    );
    const answer = http({ method: 'GET', url: server.url, headers: {} }, new AbortController().signal);
    await arrived.promise;
    await server.close();
    expect(await answer).toMatchObject({ kind: 'unanswered' });
  });

  test.each(['0.0.0.0', '::', '192.168.1.4', 'voicebot.example', '127.0.0.1.evil.example'])(
    'does not serve on %s',
    async (host) => {
      await expect(serve(async () => accepted, { port: 0, host })).rejects.toThrow('not a loopback address');
    },
  );

  test('says which error kept it from a port', async () => {
    const server = await serve(async () => accepted, { port: 0 });
    await expect(serve(async () => accepted, { port: server.port })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
    await server.close();
  });
});

describe('a server that strangers reach', () => {
  const patienceMs = 200;
  const strangers: Strangers = {
    mayAsk: (method, path) => method === 'POST' && path === '/secret',
    largestBody: 100,
    patienceMs,
    mostConnections: 3,
  };

  /** All that the server says until it ends the connection. */
  async function said(words: string, rest: Partial<Strangers> = {}): Promise<{ text: string; asked: number }> {
    let asked = 0;
    const server = await serve(
      async () => {
        asked += 1;
        return accepted;
      },
      { port: 0, strangers: { ...strangers, ...rest } },
    );
    try {
      return { text: await conversation(server.port, words), asked };
    } finally {
      await server.close();
    }
  }

  test.each([
    ['another path', 'POST /other HTTP/1.1\r\nhost: x\r\ncontent-length: 90\r\n\r\n'],
    ['another method', 'PUT /secret HTTP/1.1\r\nhost: x\r\ncontent-length: 90\r\n\r\n'],
  ])('answers 404 to %s before the body has come', async (_what, words) => {
    const { text, asked } = await said(words, { patienceMs: 20_000 });
    expect(text).toMatch(/^HTTP\/1.1 404 /);
    expect(asked).toBe(0);
  });

  test('answers 413 to a body that is too large, and ends the connection', async () => {
    const chunk = `65\r\n${'x'.repeat(101)}\r\n`;
    const { text, asked } = await said(
      `POST /secret HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n${chunk}`,
      { patienceMs: 20_000 },
    );
    expect(text).toMatch(/^HTTP\/1.1 413 /);
    expect(asked).toBe(0);
  });

  test.each([
    ['says nothing', ''],
    ['does not end its head', 'POST /secret HTTP/1.1\r\nhost: x\r\n'],
    ['does not end its body', 'POST /secret HTTP/1.1\r\nhost: x\r\ncontent-length: 90\r\n\r\n{'],
  ])('ends a connection that %s', async (_what, words) => {
    expect((await said(words)).asked).toBe(0);
  });

  test('ends a connection that says a little every now and then', async () => {
    const server = await serve(async () => accepted, { port: 0, strangers });
    const socket = connect(server.port, '127.0.0.1');
    socket.on('error', () => undefined).resume();
    const drip = setInterval(() => socket.write('x'), patienceMs / 4);
    socket.write('POST /secret HTTP/1.1\r\nx-slow: ');
    await once(socket, 'close');
    clearInterval(drip);
    await server.close();
  });

  test('cuts connections beyond the most it bears', async () => {
    const server = await serve(async () => accepted, { port: 0, strangers: { ...strangers, patienceMs: 20_000 } });
    const sockets = Array.from({ length: 3 }, () => connect(server.port, '127.0.0.1'));
    await Promise.all(sockets.map((socket) => once(socket, 'connect')));
    expect(await conversation(server.port, '')).toBe('');
    expect(sockets.map((socket) => socket.closed)).toEqual([false, false, false]);
    await server.close();
  });

  test('may be reached from everywhere', async () => {
    const server = await serve(async () => accepted, { port: 0, host: '0.0.0.0', strangers });
    await server.close();
  });
});

async function conversation(port: number, words: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let text = '';
  socket.on('data', (bytes) => {
    text += bytes.toString();
  });
  socket.on('error', () => undefined);
  socket.write(words);
  await once(socket, 'close');
  return text;
}
