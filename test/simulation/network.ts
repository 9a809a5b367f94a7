import type { Clock, Exchange, Http, Random } from '../../src/ports.ts';
import { checkRequest } from './check-request.ts';
import type { Wire } from './process.ts';
import { referencesIn } from './truth.ts';
import type { Weather } from './weather.ts';
import type { Witness } from './witness.ts';

export type NetworkOptions = {
  /** True time. */
  readonly clock: Clock;
  readonly random: Random;
  readonly connectMs: number;
  readonly flightMs: number;
  readonly refused: number;
  readonly hangs: number;
  readonly weather: Weather;
  readonly witness: Witness;
};

/** An answer has to be written down after so long. */
const writtenMs = 2_000;

/** The way from a process to the provider. What has left arrives, whatever becomes of the process. */
export function network(provider: Http, options: NetworkOptions): Wire {
  const { clock, random, witness, weather } = options;
  return async (process, request, signal) => {
    const connectMs = Math.floor(random.next() * options.connectMs);
    const flightMs = Math.floor(random.next() * options.flightMs);
    const isRefused = !weather.isCalm && random.next() < options.refused;
    const hangs = !weather.isCalm && random.next() < options.hangs;
    if (connectMs > 0) await clock.sleep(connectMs, signal);
    await process.gate();
    if (signal.aborted || isRefused || request.maySend?.() === false) return { kind: 'unsent', cause: refusal };
    const status = request.method === 'GET' ? weather.lockedOut() : undefined;
    if (status !== undefined) return { kind: 'answered', status, headers: {}, body: '{}' };
    checkRequest(witness, process, request);
    if (flightMs > 0) await clock.sleep(flightMs);
    const exchange = await withCaller(provider(request, new AbortController().signal), hangs, signal);
    if (exchange.kind === 'answered') witness.tells(process, exchange.body);
    const isClear = exchange.kind === 'answered' && exchange.status < 500;
    if (!isClear && referencesIn(request.body ?? '').length > 0) weather.doubted();
    const check = witness.answered(process, request);
    if (check !== undefined) void clock.sleep(writtenMs).then(check);
    return exchange;
  };
}

const refusal = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });

/** The caller waits no longer than its signal says; what is under way goes on. */
async function withCaller(answer: Promise<Exchange>, hangs: boolean, signal: AbortSignal): Promise<Exchange> {
  const cut = new Promise<Exchange>((resolve) => {
    const give = (): void => resolve({ kind: 'unanswered', cause: new Error('the connection was reset') });
    if (signal.aborted) give();
    else signal.addEventListener('abort', give, { once: true });
  });
  return hangs ? cut : Promise.race([answer, cut]);
}
