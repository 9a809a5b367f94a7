/**
 * What all sandboxes share: a request comes in, is authorised, limited, routed, and perhaps met by a fault; the
 * provider's own endpoint answers; the request is logged before its answer leaves. An endpoint does its work at once,
 * so a call is placed whether or not the client waits for the answer. Knows no provider.
 */
import type { Clock, Exchange, Http, Random, WireRequest } from '../ports.ts';
import { strikes, type FaultName, type Faults, type ShareFault } from './faults.ts';
import { readJson } from './read-json.ts';
import { rateLimit } from './rate-limit.ts';
import { requestLog, type Dial } from './request-log.ts';
import { router } from './router.ts';
import { httpDate } from './time-text.ts';

/** What every sandbox is told. */
export type FrameOptions = {
  readonly clock: Clock;
  readonly random: Random;
  readonly faults?: Faults;
  /** Requests to the endpoints that place calls, a second; 0 lifts the limit. Default: the provider's own. */
  readonly callsPerSecond?: number;
  /** The only key that is let in; default: any. */
  readonly apiKey?: string;
  /** What paths begin with, such as `/v1`; default: anything, as a campaign may name a proxy. */
  readonly basePath?: string;
  /** Takes each line of the request log, newline included; must have kept it when it returns. */
  readonly log?: (line: string) => void;
};

/** A request as an endpoint sees it. */
export type Asked = {
  readonly hostname: string;
  /** Below the API's version, such as `/workflows`. */
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  /** Decoded, so a bare `+` is a space. */
  readonly query: URLSearchParams;
  /** Parsed JSON; undefined where there was none. */
  readonly body: unknown;
};

/** What an endpoint answers; the body is written as JSON. */
export type Reply = {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** The calls that were placed. */
  readonly dials?: readonly Dial[];
};

/** A provider's API. */
export type Api = {
  /** By route, such as `GET /workflows/:id`. */
  readonly endpoints: Readonly<Record<string, Endpoint>>;
  /** The body of an answer that is no success. */
  readonly problem: (status: number, text: string) => unknown;
  readonly callsPerSecond: number;
  /** Calls that are not over. Left out: it takes any number of them. */
  readonly linesTaken?: () => number;
};

export type Endpoint = {
  /** Such requests are limited, and met by the faults of placing. */
  readonly places: boolean;
  readonly reply: (asked: Asked) => Reply;
};

/** What leaves: a reply, or a cut before the status or amid the body. */
type Outgoing = Reply & { readonly cut?: 'before' | 'amid'; readonly text?: string };

/** An Http that behaves as the API, with the faults that are set. */
export function sandboxHttp(api: Api, options: FrameOptions): Http {
  const { clock, faults = {} } = options;
  const log = requestLog(clock, options.log);
  const answerer = answererOf(api, options);
  return async (request, signal) => {
    if (signal.aborted) return { kind: 'unsent', cause: signal.reason };
    const url = URL.parse(request.url);
    if (url === null) return { kind: 'unsent', cause: new TypeError('not a URL') };
    const { method } = request;
    const path = url.pathname + url.search;
    const struck = (fault: FaultName): void => log({ kind: 'fault', fault, method, path });
    const reply = answerer(request, url, struck);
    const status = reply.cut === undefined ? reply.status : 'cut';
    log({ kind: 'request', method, path, status, ...(reply.dials === undefined ? {} : { calls: reply.dials }) });
    if (faults.slow !== undefined) await clock.sleep(faults.slow, signal);
    if (signal.aborted) return { kind: 'unanswered', cause: signal.reason };
    return exchangeOf(reply, clock.now() + (faults['clock-skew'] ?? 0));
  };
}

type Answerer = (request: WireRequest, url: URL, struck: (fault: FaultName) => void) => Outgoing;

function answererOf(api: Api, options: FrameOptions): Answerer {
  const { clock, random, faults = {}, callsPerSecond, apiKey, basePath = '' } = options;
  const find = router(api.endpoints);
  const limit = rateLimit(clock, callsPerSecond ?? api.callsPerSecond);
  const problem = (status: number, text: string): Reply => ({ status, body: api.problem(status, text) });

  return (request, url, struck) => {
    const hit = (fault: ShareFault): boolean => {
      if (!strikes(faults, fault, random)) return false;
      struck(fault);
      return true;
    };
    if (faults.unauthorized) struck('unauthorized');
    if (faults.unauthorized || !isAuthorised(request, apiKey)) return problem(401, 'the access key is not valid');
    if (!`${url.pathname}/`.startsWith(`${basePath}/`)) return problem(404, `paths begin with ${basePath}`);
    const path = url.pathname.replace(/^.*\/v1(?=\/)/, '');
    const match = find(request.method, path);
    if (match.kind === 'missing') return problem(404, 'there is no such path');
    if (match.kind === 'wrong_method') {
      return { ...problem(405, 'the path has no such method'), headers: { allow: match.allowed.join(', ') } };
    }
    const endpoint = match.target;
    const waitMs = endpoint.places ? limit() : 0;
    if (waitMs > 0) return throttled(problem(429, 'too many requests'), Math.ceil(waitMs / 1000));
    if (endpoint.places && isFull(api, faults)) {
      struck('calls-at-once');
      return problem(429, 'too many calls at once');
    }
    if (hit('throttle')) return throttled(problem(429, 'too many requests'), 1);
    if (hit('throttle-no-header')) return problem(429, 'too many requests');
    if (endpoint.places && hit('fail-before-placing')) return problem(503, 'the service is not available');
    if (endpoint.places && hit('refuse')) return problem(400, `this cannot be called: ${request.body ?? ''}`);
    const json = readJson(request.body);
    if (json.kind === 'wrong') return problem(400, 'the body is not JSON');
    const { hostname, searchParams } = url;
    const reply = endpoint.reply({ hostname, path, params: match.params, query: searchParams, body: json.value });
    return endpoint.places && reply.dials !== undefined ? spoiltPlacing(reply, hit, problem) : spoilt(reply, hit);
  };
}

function isFull({ linesTaken }: Api, faults: Faults): boolean {
  const most = faults['calls-at-once'];
  return most !== undefined && linesTaken !== undefined && linesTaken() >= most;
}

/** The calls are placed by now; what the client learns of it is another matter. */
function spoiltPlacing(
  reply: Reply,
  hit: (fault: ShareFault) => boolean,
  problem: (status: number, text: string) => Reply,
): Outgoing {
  if (hit('lose-response')) return { ...reply, cut: 'before' };
  if (hit('fail-after-placing')) return { ...reply, ...problem(503, 'the service is not available') };
  if (hit('redirect')) return { ...reply, status: 302, headers: { location: 'https://elsewhere.example/' }, text: '' };
  return spoilt(reply, hit);
}

function spoilt(reply: Reply, hit: (fault: ShareFault) => boolean): Outgoing {
  if (hit('cut-body')) return { ...reply, cut: 'amid' };
  if (!hit('html')) return reply;
  return {
    ...reply,
    status: 200,
    headers: { 'content-type': 'text/html' },
    text: '<!doctype html><title>Hello</title>',
  };
}

/** Seconds: https://www.rfc-editor.org/rfc/rfc9110#field.retry-after */
function throttled(reply: Reply, seconds: number): Reply {
  return { ...reply, headers: { 'retry-after': String(seconds) } };
}

function isAuthorised(request: WireRequest, apiKey: string | undefined): boolean {
  const key = /^Bearer +(\S.*)$/i.exec(request.headers['authorization'] ?? '')?.[1];
  return key !== undefined && (apiKey === undefined || key === apiKey);
}

function exchangeOf(reply: Outgoing, nowMs: number): Exchange {
  if (reply.cut === 'before') return { kind: 'unanswered', cause: new Error('the connection was cut') };
  if (reply.cut === 'amid') {
    return { kind: 'unanswered', status: reply.status, cause: new Error('the body was cut') };
  }
  return {
    kind: 'answered',
    status: reply.status,
    headers: { 'content-type': 'application/json', date: httpDate(nowMs), ...reply.headers },
    body: reply.text ?? JSON.stringify(reply.body),
  };
}
