/**
 * Remote: requests of codecs in, values out. Everything that talks to a provider goes through here, so that
 * authorisation, guards, time-outs, redaction and the reading of evidence exist once. Placing requests are sent
 * once and judged; reads are repeated; nothing here knows a provider.
 */
import type { HttpRequest } from '../model/plan.ts';
import type { Clock, Exchange, Http, Random } from '../ports.ts';
import type { Account, Pull } from '../providers/contract.ts';
import { UnexpectedAnswer } from '../providers/contract.ts';
import { writeBody } from './body.ts';
import { onlyOrigins, readOnly } from './guard.ts';
import { pullPages } from './pull.ts';
import { redact } from './redact.ts';
import { failure, isRepeatable } from './failure.ts';
import { RemoteError } from './remote-error.ts';
import type { PlaceOptions, PlaceVerdict, Remote } from './remote.ts';
import { judge, parseJson } from './verdict.ts';
import { retryAfterMs } from './retry-after.ts';

/** How long one request may take. */
const timeoutMs = 30_000;

/** How often a read, or a write that certainly did nothing, is tried. */
const tries = 4;

/** A read waits so long at most between two tries. */
const longestWaitMs = 20_000;

export type Connection = {
  readonly http: Http;
  readonly clock: Clock;
  readonly random: Random;
  readonly account: Account;
  readonly credential: string;
  /** Secrets of request bodies: as written, to value. */
  readonly secrets: ReadonlyMap<string, string>;
  readonly access: 'read' | 'write';
};

export function connect(connection: Connection): Remote {
  const { clock, random, account } = connection;
  const guarded = onlyOrigins(connection.http, account.origins);
  const http = connection.access === 'read' ? readOnly(guarded) : guarded;
  const headers = account.headers(connection.credential);
  const hidden = [connection.credential, ...connection.secrets.values()];
  let skewMs: number | undefined;

  async function exchange(request: HttpRequest, signal?: AbortSignal): Promise<Exchange> {
    const timer = new AbortController();
    const stop = new AbortController();
    const abort = (): void => {
      timer.abort();
    };
    signal?.addEventListener('abort', abort);
    if (signal?.aborted === true) abort();
    void clock.sleep(timeoutMs, stop.signal).then(() => {
      if (!stop.signal.aborted) timer.abort();
    });
    try {
      const hasBody = request.body !== undefined;
      const answer = await http(
        {
          method: request.method,
          url: request.url,
          headers: {
            accept: 'application/json',
            ...(hasBody ? { 'content-type': 'application/json' } : {}),
            ...headers,
          },
          ...(request.body === undefined
            ? {}
            : { body: writeBody(request.body, connection.secrets) }),
        },
        timer.signal,
      );
      if (answer.kind === 'answered') {
        const serverMs = Date.parse(answer.headers['date'] ?? '');
        if (!Number.isNaN(serverMs)) skewMs = serverMs - clock.now();
      }
      return answer;
    } finally {
      stop.abort();
      signal?.removeEventListener('abort', abort);
    }
  }

  function explain(body: unknown, hide: readonly string[] = []): string {
    return redact(account.explain(body) ?? '', [...hidden, ...hide]);
  }

  async function send<Out>(
    request: HttpRequest,
    answer: (body: unknown) => Out,
    signal?: AbortSignal,
  ): Promise<Out> {
    for (let attempt = 1; ; attempt += 1) {
      const got = await exchange(request, signal);
      if (got.kind === 'answered' && got.status >= 200 && got.status < 300) {
        return readAnswer(request, got, answer);
      }
      const body = got.kind === 'answered' ? parseJson(got.body) : undefined;
      const error = failure(request, got, explain(body));
      if (attempt === tries || signal?.aborted === true || !isRepeatable(request, got)) throw error;
      const asked = got.kind === 'answered' ? retryAfterMs(got.headers, clock.now()) : undefined;
      const waitMs = asked ?? 500 * 2 ** (attempt - 1) * (0.75 + random.next() / 2);
      if (waitMs > longestWaitMs) throw error;
      await clock.sleep(waitMs, signal);
    }
  }

  return {
    send,
    perform: (operation, input, signal) =>
      send(operation.request(input), (body) => operation.answer(body, input), signal),
    pull: <Item>(pull: Pull<Item>, signal?: AbortSignal) =>
      pullPages(pull, (request, answer) => send(request, answer, signal)),
    place: async <Out>(
      request: HttpRequest,
      answer: (body: unknown) => Out,
      options: PlaceOptions,
    ): Promise<{ readonly verdict: PlaceVerdict; readonly answer?: Out }> => {
      if (!options.maySend()) return { verdict: { kind: 'unsent', reason: 'held back too long' } };
      const got = await exchange(request, options.signal);
      const { verdict, body } = judge(got, {
        nowMs: clock.now(),
        explain: (shown) => explain(shown, options.hide),
      });
      if (verdict.kind !== 'answered') return { verdict };
      return readPlaced(answer, body);
    },
    clockSkewMs: () => skewMs,
  };
}

function readAnswer<Out>(
  request: HttpRequest,
  got: Exchange & { readonly kind: 'answered' },
  answer: (body: unknown) => Out,
): Out {
  const body = parseJson(got.body);
  const operation = `${request.method} ${new URL(request.url).pathname}`;
  if (body === undefined) {
    throw new RemoteError(
      request.method === 'GET' ? 'protocol' : 'unknown_effect',
      `${operation} answered ${String(got.status)} with something that is not JSON`,
      got.status,
    );
  }
  try {
    return answer(body);
  } catch (error) {
    if (!(error instanceof UnexpectedAnswer)) throw error;
    throw new RemoteError(
      request.method === 'GET' ? 'protocol' : 'unknown_effect',
      `${operation}: ${error.message}`,
      got.status,
      error,
    );
  }
}

function readPlaced<Out>(
  answer: (body: unknown) => Out,
  body: unknown,
): { readonly verdict: PlaceVerdict; readonly answer?: Out } {
  try {
    return { verdict: { kind: 'answered' }, answer: answer(body) };
  } catch (error) {
    if (!(error instanceof UnexpectedAnswer)) throw error;
    return { verdict: { kind: 'in_doubt', reason: error.message } };
  }
}
