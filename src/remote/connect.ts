/**
 * Remote: requests of codecs in, values out. Everything that talks to a provider goes through here, so that
 * authorisation, guards, time-outs, redaction and the reading of evidence exist once. Placing requests are sent
 * once and judged; reads are repeated; nothing here knows a provider.
 */
import type { HttpRequest } from '../model/plan.ts';
import type { Exchange } from '../ports.ts';
import { UnexpectedAnswer } from '../providers/contract.ts';
import { pullPages } from './pull.ts';
import { redact } from './redact.ts';
import { failure, isRepeatable, operationOf } from './failure.ts';
import { RemoteError } from './remote-error.ts';
import type { PlaceOptions, PlaceVerdict, Remote } from './remote.ts';
import { secretValues } from './secret-values.ts';
import { judge, readBody } from './verdict.ts';
import { retryAfterMs } from './retry-after.ts';
import { wire, type Connection, type Wire } from './wire.ts';

/** How often a read, or a write that certainly did nothing, is tried. */
const tries = 4;

/** A read waits so long at most between two tries. */
const longestWaitMs = 20_000;

/** A line to one account of a provider. */
export function connect(connection: Connection): Remote {
  const { clock } = connection;
  const line = wire(connection);
  const send = repeating(connection, line);
  return {
    send,
    perform: (operation, input, signal) =>
      send(operation.request(input), (body) => operation.answer(body, input), signal),
    pull: (pull, signal) => pullPages(pull, (request, answer) => send(request, answer, signal)),
    place: async <Out>(
      request: HttpRequest,
      answer: (body: unknown) => Out,
      options: PlaceOptions,
    ): Promise<{ readonly verdict: PlaceVerdict; readonly answer?: Out }> => {
      const heldBack: PlaceVerdict = { kind: 'unsent', reason: 'held back too long' };
      if (!options.maySend()) return { verdict: heldBack };
      // And again when the connection is up: that may take as long as an intent is good for.
      const { maySend } = options;
      const got = await line.exchange(request, options.signal, { maySend });
      if (got.kind === 'unsent' && !maySend()) return { verdict: heldBack };
      const explain = (shown: unknown): string => explanation(connection, shown, options.hide());
      const { verdict, body } = judge(got, { nowMs: clock.now(), explain });
      return verdict.kind === 'answered' ? readPlaced(answer, body, explain) : { verdict };
    },
    clockSkewMs: line.clockSkewMs,
    clockJumpMs: line.clockJumpMs,
  };
}

type Send = Remote['send'];

/** Sends until it worked, or trying again is of no use or could do harm. */
function repeating(connection: Connection, line: Wire): Send {
  const { clock, random } = connection;
  let isTold = false;
  return async (request, answer, signal) => {
    for (let attempt = 1; ; attempt += 1) {
      const got = await line.exchange(request, signal);
      const body = got.kind === 'answered' ? readBody(got.body) : undefined;
      if (got.kind === 'answered' && got.status >= 200 && got.status < 300 && !isNoJson(got, body)) {
        return readAnswer(request, { status: got.status, body }, answer, (shown) => explanation(connection, shown, []));
      }
      const error = failure(request, got, explanation(connection, body, []));
      if (attempt === tries || signal?.aborted === true || !isRepeatable(request, got)) throw error;
      const asked = got.kind === 'answered' ? retryAfterMs(got.headers, clock.now()) : undefined;
      const waitMs = asked ?? 500 * 2 ** (attempt - 1) * (0.75 + random.next() / 2);
      if (waitMs > longestWaitMs) throw error;
      if (!isTold) connection.retrying?.(error);
      isTold = true;
      await clock.sleep(waitMs, signal);
    }
  };
}

/** A page of something in between, or an answer that was cut. An empty one, such as 204 to a DELETE, is the operation's to judge. */
function isNoJson(got: Exchange & { readonly kind: 'answered' }, body: unknown): boolean {
  return body === undefined && got.body.trim() !== '';
}

/** The provider's words in a body, without anything private. */
function explanation(connection: Connection, body: unknown, hide: readonly string[]): string {
  const { account, credential, secrets, secretMembers = [] } = connection;
  const words = account.explain(body) ?? '';
  return redact(words, [credential, ...secrets.values(), ...secretValues(body, secretMembers), ...hide]);
}

function readAnswer<Out>(
  request: HttpRequest,
  { status, body }: { readonly status: number; readonly body: unknown },
  answer: (body: unknown) => Out,
  explain: (body: unknown) => string,
): Out {
  try {
    return answer(body);
  } catch (error) {
    if (!(error instanceof UnexpectedAnswer)) throw error;
    throw new RemoteError(
      request.method === 'GET' ? 'protocol' : 'unknown_effect',
      `${operationOf(request)}: ${unexpected(error, explain(body))}`,
      status,
      error,
    );
  }
}

function readPlaced<Out>(
  answer: (body: unknown) => Out,
  body: unknown,
  explain: (body: unknown) => string,
): { readonly verdict: PlaceVerdict; readonly answer?: Out } {
  try {
    return { verdict: { kind: 'answered' }, answer: answer(body) };
  } catch (error) {
    if (!(error instanceof UnexpectedAnswer)) throw error;
    return { verdict: { kind: 'in_doubt', reason: unexpected(error, explain(body)) } };
  }
}

/** Some say what is wrong in an answer 200. */
function unexpected({ message }: UnexpectedAnswer, words: string): string {
  return words === '' ? message : `${message}, and "${words}"`;
}
