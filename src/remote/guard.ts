import { InternalError } from '../model/internal-error.ts';
import { isLoopback } from '../model/loopback.ts';
import type { Http } from '../ports.ts';

/** Refuses all but GET and HEAD: what plan, validate, status and preview get. A write through it is a bug. */
export function readOnly(http: Http): Http {
  return (request, signal) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      throw new InternalError(`a read-only command tried to ${request.method}`);
    }
    return http(request, signal);
  };
}

/** Why a write is `unsent` that `writesWhile` kept. */
export class KeptBack extends Error {
  constructor() {
    super('not sent, as this process stood still and another may work on it now');
    this.name = 'KeptBack';
  }
}

/** Whether this process may still write, and how to find out anew. */
export type Permission = {
  readonly mayWrite: () => boolean;
  /** Asked before a write that would be kept: whether it may go after all shows in `mayWrite`. */
  readonly renew: () => Promise<unknown>;
};

/** Lets nothing leave that writes once it may not any more: another process may have taken over while this one stood still. */
export function writesWhile(http: Http, { mayWrite, renew }: Permission): Http {
  return async (request, signal) => {
    if (request.method === 'GET' || request.method === 'HEAD') return http(request, signal);
    if (!mayWrite()) await renew();
    const maySend = (): boolean => mayWrite() && request.maySend?.() !== false;
    const exchange = await http({ ...request, maySend }, signal);
    return exchange.kind === 'unsent' && !mayWrite() ? { kind: 'unsent', cause: new KeptBack() } : exchange;
  };
}

/** Refuses every origin but these, and plain http to anything but loopback, before a credential is attached. */
export function onlyOrigins(http: Http, origins: readonly string[]): Http {
  const allowed = new Set(origins.map((origin) => new URL(origin).origin));
  const checked = new Set<string>();
  return (request, signal) => {
    const { url } = request;
    const [start] = /^https?:\/\/[^/\\?#]+\//.exec(url) ?? [];
    // An origin up to its slash: what comes after it changes nothing.
    if (start === undefined || !checked.has(start)) {
      check(url, allowed);
      if (start !== undefined) checked.add(start);
    }
    return http(request, signal);
  };
}

function check(url: string, allowed: ReadonlySet<string>): void {
  const { origin, protocol, hostname } = new URL(url);
  if (!allowed.has(origin)) throw new InternalError(`a request to ${origin} is not allowed`);
  if (protocol !== 'https:' && !isLoopback(hostname)) {
    throw new InternalError(`plain http to ${hostname} is not allowed`);
  }
}
