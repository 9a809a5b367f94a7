import { parseJson } from '../model/json.ts';
import type { Exchange } from '../ports.ts';
import { saysFull } from './full.ts';
import { retryAfterMs } from './retry-after.ts';
import type { PlaceVerdict } from './remote.ts';

/**
 * What the exchange of a placing request proves: the table of design 6.2, in its one place. The evidence decides,
 * not the name of an exception. A 2xx whose body is JSON is `answered`; what it says is the codec's to read.
 */
export function judge(
  exchange: Exchange,
  context: {
    readonly nowMs: number;
    /** Redacted words of the provider for this body. */
    readonly explain: (body: unknown) => string;
  },
): { readonly verdict: PlaceVerdict; readonly body?: unknown } {
  if (exchange.kind === 'unsent') return { verdict: { kind: 'unsent', reason: 'connection failed' } };
  if (exchange.kind === 'unanswered') {
    return { verdict: { kind: 'in_doubt', reason: 'no whole answer came' } };
  }
  const { status } = exchange;
  const body = readBody(exchange.body);
  if (status >= 200 && status < 300) {
    return body === undefined
      ? { verdict: { kind: 'in_doubt', reason: `answer ${String(status)} is not JSON` } }
      : { verdict: { kind: 'answered' }, body };
  }
  return { verdict: judgeStatus(exchange, context.explain(body), context.nowMs) };
}

const stopsByCredentials: ReadonlySet<number> = new Set([401, 402, 403]);
const stopsByRoute: ReadonlySet<number> = new Set([404, 405, 410, 415]);
const refusals: ReadonlySet<number> = new Set([400, 413, 422]);

function judgeStatus(
  exchange: Exchange & { readonly kind: 'answered' },
  explanation: string,
  nowMs: number,
): PlaceVerdict {
  const { status } = exchange;
  const reason = explanation === '' ? `HTTP ${String(status)}` : `HTTP ${String(status)}: ${explanation}`;
  if (stopsByCredentials.has(status)) return { kind: 'stop', exit: 8, reason, sent: 'no' };
  if (stopsByRoute.has(status)) return { kind: 'stop', exit: 4, reason, sent: 'no' };
  if (status >= 300 && status < 400) return { kind: 'stop', exit: 4, reason, sent: 'perhaps' };
  if (refusals.has(status)) return { kind: 'refused', reason };
  if (status === 429) {
    const waitMs = retryAfterMs(exchange.headers, nowMs);
    const by = saysFull(explanation) ? 'calls' : 'requests';
    return { kind: 'throttled', by, ...(waitMs === undefined ? {} : { retryAfterMs: waitMs }) };
  }
  return { kind: 'in_doubt', reason };
}

/** The JSON of an answer; undefined where it is none, or says `null`, which is as little. */
export function readBody(text: string): unknown {
  return parseJson(text) ?? undefined;
}
