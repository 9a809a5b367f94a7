import type { HttpRequest } from '../model/plan.ts';
import type { Clock, Exchange, Http, Random, WireRequest } from '../ports.ts';
import type { Account } from '../providers/contract.ts';
import { writeBody } from './body.ts';
import { deadlines } from './deadlines.ts';
import { onlyOrigins, readOnly } from './guard.ts';
import type { RemoteError } from './remote-error.ts';

/** How long one request may take. */
const timeoutMs = 30_000;

/** An account and what is needed to reach it. */
export type Connection = {
  readonly http: Http;
  readonly clock: Clock;
  readonly random: Random;
  readonly account: Account;
  readonly credential: string;
  /** Secrets of request bodies: as written, to value. */
  readonly secrets: ReadonlyMap<string, string>;
  readonly access: 'read' | 'write';
  /** Members of answers that hold secrets. @default none */
  readonly secretMembers?: readonly string[];
  /** Told of the first request that failed and is sent again. */
  readonly retrying?: (error: RemoteError) => void;
};

/** Sends requests once: guarded, authorised, with a time-out. */
export type Wire = {
  readonly exchange: (
    request: HttpRequest,
    signal?: AbortSignal,
    options?: Pick<WireRequest, 'maySend'>,
  ) => Promise<Exchange>;
  /** Newest difference between the answers' Date header and the wall clock, ms. */
  readonly clockSkewMs: () => number | undefined;
  /** By how much the wall clock moved apart from the monotonic one since then, ms. */
  readonly clockJumpMs: () => number;
};

/** A wire to the origins of one account; where access is `read`, requests that write are refused. A request may take 30 s. */
export function wire(connection: Connection): Wire {
  const { clock, account } = connection;
  const guarded = onlyOrigins(connection.http, account.origins);
  const http = connection.access === 'read' ? readOnly(guarded) : guarded;
  const headers = { accept: 'application/json', ...account.headers(connection.credential) };
  const limits = deadlines(clock, timeoutMs);
  let compared: Compared | undefined;
  let date: string | undefined;
  return {
    exchange: async (request, signal, options) => {
      const limit = limits.start(signal);
      let answer: Exchange;
      try {
        answer = await http({ ...wireRequest(request, headers, connection.secrets), ...options }, limit.signal);
      } finally {
        limit.done();
      }
      // Whole seconds: a Date that was seen before says less than when it was new.
      if (answer.kind === 'answered' && answer.headers['date'] !== date) {
        date = answer.headers['date'];
        const serverMs = Date.parse(date ?? '');
        if (!Number.isNaN(serverMs)) compared = { skewMs: serverMs - clock.now(), apartMs: apartMs(clock) };
      }
      return answer;
    },
    clockSkewMs: () => compared?.skewMs,
    clockJumpMs: () => (compared === undefined ? 0 : Math.abs(apartMs(clock) - compared.apartMs)),
  };
}

/** When the provider's clock was compared last. */
type Compared = { readonly skewMs: number; readonly apartMs: number };

function apartMs(clock: Clock): number {
  return clock.now() - clock.monotonic();
}

function wireRequest(
  request: HttpRequest,
  headers: Readonly<Record<string, string>>,
  secrets: ReadonlyMap<string, string>,
): WireRequest {
  const { method, url, body } = request;
  if (body === undefined) return { method, url, headers };
  return {
    method,
    url,
    headers: { ...headers, 'content-type': 'application/json' },
    body: writeBody(body, secrets),
  };
}
