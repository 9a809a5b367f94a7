import type { HttpRequest } from '../model/plan.ts';
import type { Exchange } from '../ports.ts';
import { KeptBack } from './guard.ts';
import { RemoteError, type RemoteErrorKind } from './remote-error.ts';

/** What an exchange without a readable 2xx answer means for a request that places no call. */
export function failure(request: HttpRequest, exchange: Exchange, explanation: string): RemoteError {
  const operation = operationOf(request);
  const tail = explanation === '' ? '' : `: ${explanation}`;
  if (exchange.kind === 'unsent') {
    const { cause } = exchange;
    const why = cause instanceof KeptBack ? cause.message : 'could not connect';
    return new RemoteError('unavailable', `${operation}: ${why}`, undefined, cause);
  }
  if (exchange.kind === 'unanswered') {
    const kind = request.method === 'GET' ? 'unavailable' : 'unknown_effect';
    return new RemoteError(kind, `${operation}: no whole answer came`, exchange.status, exchange.cause);
  }
  const { status } = exchange;
  const what = isSuccess(status) ? ' with something that is not JSON' : tail;
  return new RemoteError(kindOf(status, request.method), `${operation} answered ${String(status)}${what}`, status);
}

/** Method and path, for messages: a number in the path is not shown. */
export function operationOf({ method, url }: HttpRequest): string {
  const path = new URL(url).pathname.replaceAll(/(?:%2B|\+)?\d{7,}/gi, '***');
  return `${method} ${path}`;
}

/** Reads may be repeated after anything passing; writes only if they certainly did nothing. */
export function isRepeatable(request: HttpRequest, exchange: Exchange): boolean {
  if (exchange.kind === 'unsent') return true;
  const isRead = request.method === 'GET';
  if (exchange.kind === 'unanswered') return isRead;
  const { status } = exchange;
  return status === 429 || (isRead && (status >= 500 || status === 408 || isSuccess(status)));
}

function kindOf(status: number, method: string): RemoteErrorKind {
  if (status === 401 || status === 402 || status === 403) return 'unauthorized';
  if (status === 404 || status === 410) return 'not_found';
  if (status === 409) return 'conflict';
  if (status === 429) return 'rate_limited';
  if (isSuccess(status) || (status >= 300 && status < 400)) return method === 'GET' ? 'protocol' : 'unknown_effect';
  if (status === 408 || status >= 500) return method === 'GET' ? 'unavailable' : 'unknown_effect';
  return 'rejected';
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}
