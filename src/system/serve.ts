/**
 * Serves an `Http`. An answer is written; `unanswered` cuts the connection, after a head and
 * half a body where it has a status, so that a sandbox's faults reach a real client as they would in the network.
 */
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isLoopback } from '../model/loopback.ts';
import type { Exchange, Http, Serve, Strangers } from '../ports.ts';

const largestBody = 16 * 1024 * 1024;

/** Longer than a polling client waits between two requests. */
const keepAliveMs = 65_000;

/**
 * Port 0 takes a free one; the host is 127.0.0.1 by default. `close` cuts what is under way.
 * @throws Error if the host is not a loopback address and strangers are not provided for, or the port cannot be had
 * (EADDRINUSE, EACCES, EADDRNOTAVAIL, ENOTFOUND).
 */
export const serve: Serve = async (handler, { port, host = '127.0.0.1', strangers }) => {
  if (strangers === undefined && !isLoopback(host)) {
    throw new Error(`will not serve on ${host}: it is not a loopback address`);
  }
  const server = strangers === undefined ? createServer({ keepAliveTimeout: keepAliveMs }) : guarded(strangers);
  const bound = await listen(server, port, host);
  const url = `http://${bound.family === 'IPv6' ? `[${bound.address}]` : bound.address}:${String(bound.port)}`;
  server.on('request', (request, response) => {
    if (strangers !== undefined && !strangers.mayAsk(request.method ?? '', request.url ?? '')) {
      refuse(request, response, 404);
      return;
    }
    void reply(handler, { url, largest: strangers?.largestBody ?? largestBody }, { request, response });
  });
  return { port: bound.port, url, close: () => close(server) };
};

/** Ends connections that are slow or too many. */
function guarded({ patienceMs, mostConnections }: Strangers): Server {
  const server = createServer({
    keepAliveTimeout: patienceMs,
    headersTimeout: patienceMs,
    requestTimeout: patienceMs,
    connectionsCheckingInterval: Math.ceil(patienceMs / 4),
  });
  server.setTimeout(patienceMs);
  server.maxConnections = mostConnections;
  // A connection that the system could not accept is its client's loss; unheard, it would end the process.
  server.on('error', () => undefined);
  return server;
}

function listen(server: Server, port: number, host: string): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new Error('the server has no port'));
      else resolve(address);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** What is left of the body is not waited for. */
function refuse(request: IncomingMessage, response: ServerResponse, status: number): void {
  request.resume();
  response.writeHead(status, { connection: 'close', 'content-length': '0' }).end();
}

type Pair = { readonly request: IncomingMessage; readonly response: ServerResponse };

type Served = { readonly url: string; /** Bytes of a body. */ readonly largest: number };

async function reply(handler: Http, { url, largest }: Served, { request, response }: Pair): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  const body = await readBody(request, largest);
  if (body === 'gone') return;
  if (body === 'too long') {
    response.writeHead(413, { connection: 'close' }).end(() => request.destroy());
    return;
  }
  const target = request.url ?? '/';
  const wire = {
    method: request.method ?? 'GET',
    url: target.startsWith('/') ? url + target : target,
    headers: plain(request.headers),
  };
  write(response, await handler(body.text === '' ? wire : { ...wire, body: body.text }, gone.signal));
}

function readBody(request: IncomingMessage, largest: number): Promise<{ readonly text: string } | 'gone' | 'too long'> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > largest) resolve('too long');
      else chunks.push(chunk);
    });
    request.once('end', () => resolve({ text: Buffer.concat(chunks).toString() }));
    request.once('error', () => resolve('gone'));
    request.once('close', () => resolve('gone'));
  });
}

function plain(fields: IncomingMessage['headers']): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined) headers[name] = typeof value === 'string' ? value : value.join(', ');
  }
  return headers;
}

function write(response: ServerResponse, exchange: Exchange): void {
  if (exchange.kind === 'answered') {
    const length = String(Buffer.byteLength(exchange.body));
    response.writeHead(exchange.status, { 'content-length': length, ...exchange.headers });
    response.end(exchange.body);
    return;
  }
  if (exchange.kind === 'unsent' || exchange.status === undefined) {
    response.destroy();
    return;
  }
  const half = '{"status":';
  response.writeHead(exchange.status, {
    'content-type': 'application/json',
    'content-length': String(2 * half.length),
  });
  response.write(half, () => response.destroy());
}
