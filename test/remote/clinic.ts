/** A clinic's account at Intron, its call, and a line to it whose answers are said beforehand. */
import type { Exchange, Http, WireRequest } from '../../src/ports.ts';
import { intron } from '../../src/providers/intron/index.ts';
import type { Account, Operation } from '../../src/providers/contract.ts';
import type { HttpRequest } from '../../src/model/plan.ts';
import { connect } from '../../src/remote/connect.ts';
import type { PlaceOptions, Remote } from '../../src/remote/remote.ts';
import { virtualClock, type VirtualClock } from '../../src/system/virtual-clock.ts';
import { seededRandom } from '../../src/sandbox/seeded-random.ts';

export const startMs: number = Date.parse('2026-11-24T09:00:00Z');
export const baseUrl: string = 'https://voicebot.example.test/v1';
export const credential: string = 'key-1f6b';

export function accountAt(url: string): Account {
  return intron.open({ base_url: url, call_url: `${url}/call` });
}

export function answered(status: number, body: unknown = '', headers: Readonly<Record<string, string>> = {}): Exchange {
  return { kind: 'answered', status, headers, body: typeof body === 'string' ? body : JSON.stringify(body) };
}

export const unsent: Exchange = { kind: 'unsent', cause: new Error('connect ECONNREFUSED') };
export const unanswered: Exchange = { kind: 'unanswered', cause: new Error('read ECONNRESET') };
export const placed: Exchange = answered(200, { status: 'Ok', message: 'batch accepted', data: { batch_id: 'b1' } });

export type Line = {
  readonly remote: Remote;
  readonly clock: VirtualClock;
  /** What went out so far. */
  readonly sent: readonly WireRequest[];
};

export type LineOptions = {
  readonly account?: Account;
  readonly access?: 'read' | 'write';
  readonly secrets?: ReadonlyMap<string, string>;
  readonly clock?: VirtualClock;
};

/** The n-th request gets the n-th answer; the last answer is for all that follow. */
export function lineOf(answers: readonly Exchange[], options: LineOptions = {}): Line {
  return lineTo(
    (_request, _signal, index) => Promise.resolve(answers[Math.min(index, answers.length - 1)] ?? unsent),
    options,
  );
}

export function lineTo(
  http: (...of: readonly [...Parameters<Http>, index: number]) => Promise<Exchange>,
  {
    account = accountAt(baseUrl),
    access = 'write',
    secrets = new Map(),
    clock = virtualClock(startMs),
  }: LineOptions = {},
): Line {
  const sent: WireRequest[] = [];
  const remote = connect({
    http: (request, signal) => http(request, signal, sent.push(request) - 1),
    clock,
    random: seededRandom(1),
    account,
    credential,
    secrets,
    access,
  });
  return { remote, clock, sent };
}

const amaka: string = '+2348030000001';

/** The request of one reminder, as the codec makes it, and the reading of its answer. */
export function reminder(account: Account = accountAt(baseUrl)): {
  readonly request: HttpRequest;
  readonly answer: (body: unknown) => unknown;
} {
  const call = {
    resourceId: 'wf_1',
    phone: amaka,
    reference: 'cp1.aaaaaaaaaaaaaaaa.bbbbbbbbbbbbbbbb.1',
    variables: { patient_name: 'Amaka Okonkwo' },
    options: {},
  };
  const resource = { message: 'Hello [patient_name]', workflow_type: 'ROBOCALL' };
  const input = { calls: [call], resource };
  const { place } = account.calls;
  return { request: place.request(input), answer: (body) => place.answer(body, input) };
}

export const now: PlaceOptions = { maySend: () => true, hide: () => [amaka, 'Amaka', 'Amaka Okonkwo'] };

/** Reads one workflow by its id; what it answers is the body as it came. */
export const read: Operation<string, unknown> = {
  request: (id) => ({ method: 'GET', url: `${baseUrl}/workflows/${id}` }),
  answer: (body) => body,
};

/** Changes one workflow. */
export const write: Operation<string, unknown> = {
  request: (id) => ({ method: 'PUT', url: `${baseUrl}/workflows/${id}`, body: { name: 'Clinic reminder' } }),
  answer: (body) => body,
};
