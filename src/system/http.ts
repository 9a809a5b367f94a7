/**
 * The network: a request goes in, what became of it comes out, and only what is certain is called unsent. undici
 * starts a request on its handler in the very step that writes the headers to a connected socket, so a request
 * that fails before that start has not left (lib/dispatcher/client-h1.js, writeH1). Nothing is sent twice,
 * redirected or decoded, there is no HTTP/2 and no pipelining. Time-outs come with the signal, but for connecting.
 *
 * A server may close an idle connection in the moment in which we write to it; that request is unanswered, since
 * nobody can tell. Connections idle for more than `idleMs` are not used, which keeps it rare. A body without a length
 * and without chunks ends where the connection does, so a cut of it does not show here.
 */
import type { Dispatcher } from 'undici';
import Agent from 'undici/lib/dispatcher/agent.js';
import type { Exchange, Http, WireRequest } from '../ports.ts';

/** The network, and how to leave it. */
export type HttpClient = Http & {
  /** Resets all sockets; what is under way ends unsent or unanswered. */
  readonly close: () => Promise<void>;
};

const idleMs = 900;
const connectTimeoutMs = 10_000;
const largestBody = 32 * 1024 * 1024;

/** A client of its own sockets, one request a socket at a time. */
export function undiciHttp(): HttpClient {
  const agent = new Agent({
    allowH2: false,
    pipelining: 1,
    keepAliveTimeout: idleMs,
    keepAliveMaxTimeout: idleMs,
    headersTimeout: 0,
    bodyTimeout: 0,
    maxResponseSize: largestBody,
    connect: { timeout: connectTimeoutMs },
  });
  const http: Http = (request, signal) => send(agent, request, signal);
  return Object.assign(http, { close: () => agent.destroy() });
}

function send(agent: Agent, request: WireRequest, signal: AbortSignal): Promise<Exchange> {
  return new Promise((resolve) => {
    const handler = handlerOf(request, signal, resolve);
    if (signal.aborted) return;
    try {
      const url = new URL(request.url);
      agent.dispatch(
        {
          origin: url.origin,
          path: url.pathname + url.search,
          method: request.method,
          headers: request.headers,
          body: request.body ?? null,
        },
        handler,
      );
    } catch (error) {
      handler.onResponseError(undefined, error);
    }
  });
}

type Controller = Dispatcher.DispatchController;

type Handler = Dispatcher.DispatchHandler & {
  readonly onResponseError: (controller: Controller | undefined, error: unknown) => void;
};

function handlerOf(request: WireRequest, signal: AbortSignal, resolve: (exchange: Exchange) => void): Handler {
  let controller: Controller | undefined;
  let settled = false;
  let status: number | undefined;
  let headers: Readonly<Record<string, string>> = {};
  const chunks: Buffer[] = [];

  function settle(exchange: Exchange): void {
    if (settled) return;
    settled = true;
    signal.removeEventListener('abort', abort);
    resolve(exchange);
  }

  function fail(cause: unknown): void {
    if (controller === undefined) settle({ kind: 'unsent', cause });
    else if (status === undefined) settle({ kind: 'unanswered', cause });
    else settle({ kind: 'unanswered', status, cause });
  }

  function abort(): void {
    fail(signal.reason);
    controller?.abort(new Error('aborted', { cause: signal.reason }));
  }

  if (signal.aborted) abort();
  else signal.addEventListener('abort', abort);

  return {
    onRequestStart: (started) => {
      // A request that was given up or grew old while it waited for its socket, or that would be sent again, stays here.
      if (settled || controller !== undefined || request.maySend?.() === false) {
        started.abort(new Error('not to be sent'));
        return;
      }
      controller = started;
    },
    onResponseStart: (_controller, code, fields) => {
      if (code < 200) return;
      status = code;
      headers = joined(fields);
    },
    onResponseData: (_controller, chunk) => {
      chunks.push(chunk);
    },
    onResponseEnd: () => {
      if (status === undefined) fail(new Error('the answer has no status'));
      else settle({ kind: 'answered', status, headers, body: textOf(chunks) });
    },
    onResponseError: (_controller, error) => fail(error),
  };
}

/** One line a header; those that came more than once are joined as RFC 9110, 5.3 says. */
function joined(fields: Readonly<Record<string, string | string[] | undefined>>): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  for (const name in fields) {
    const value = fields[name];
    if (value !== undefined) headers[name] = typeof value === 'string' ? value : value.join(', ');
  }
  return headers;
}

/** UTF-8, with replacement characters where it is not, and without a byte order mark, which JSON does not know. */
function textOf(chunks: readonly Buffer[]): string {
  const [only] = chunks;
  const bytes = chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks);
  const text = bytes.toString();
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}
