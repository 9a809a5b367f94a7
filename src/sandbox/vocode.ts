/**
 * A stand-in for Vocode's hosted API, written from its OpenAPI description (2024-08-27) and page create-call (read
 * 2026-11-21): agents and what they point to, and calls. What these leave open had to be chosen, and stands where it is
 * done: bodies of errors but 422, which stage goes with which outcome, what an update does with fields of an object that
 * is not there, the order of listings, which numbers and contexts are refused. Not there: numbers, recordings, usage,
 * the deliveries of webhooks, whose bodies are documented for one event only.
 */
import type { Fields } from '../model/value.ts';
import type { Http } from '../ports.ts';
import { sandboxHttp } from './frame.ts';
import type { Api, FrameOptions } from './frame.ts';
import { lives } from './life.ts';
import type { LifeScript } from './life.ts';
import { openLines } from './lines.ts';
import { newAccount } from './vocode/account.ts';
import type { Account } from './vocode/account.ts';
import { agentItem, createAgent, listAgents, makeAgent, readAgent, updateAgent } from './vocode/agents.ts';
import { callItem } from './vocode/call-item.ts';
import { createCall, endCall, listCalls, readCall } from './vocode/calls.ts';
import { problemBody, quiet } from './vocode/envelope.ts';
import { objectEndpoints } from './vocode/objects.ts';
import { agent as agentShape, kinds } from './vocode/shapes.ts';
import type { Kind } from './vocode/shapes.ts';

/** Left out: no limit of requests, lives by `usualShares`, no faults, any key, no log. */
export type VocodeSandboxOptions = FrameOptions & {
  readonly life?: LifeScript;
  /** Length of every call; 0 ends calls at once. */
  readonly callMs?: number;
  /** An agent that is there from the start, with what a campaign says of it. */
  readonly resource?: { readonly id: string; readonly fields: Fields };
};

/** What the sandbox holds, for tests, without any fault. */
export type VocodeSnapshot = { readonly resources: readonly object[]; readonly calls: readonly object[] };

export function vocodeSandbox(options: VocodeSandboxOptions): {
  readonly http: Http;
  readonly snapshot: () => VocodeSnapshot;
} {
  const { clock, random, faults = {}, life = {}, callMs } = options;
  const account = newAccount(clock, random);
  if (options.resource !== undefined) addNamed(account, options.resource.id);
  const lines = openLines(clock);
  const placing = { account, faults, random, lifeOf: lines.watch(lives(life, random, callMs)) };
  const objects = Object.keys(kinds).filter(isKind);
  const api: Api = {
    callsPerSecond: 0,
    linesTaken: lines.taken,
    problem: problemBody,
    endpoints: {
      'POST /calls/create': { places: true, reply: (asked) => createCall(placing, asked) },
      'GET /calls': quiet((asked) => readCall(account, faults, asked)),
      'GET /calls/list': quiet((asked) => listCalls(account, faults, asked)),
      'POST /calls/end': quiet((asked) => endCall(account, faults, asked)),
      'POST /agents/create': quiet((asked) => createAgent(account, faults, asked)),
      'GET /agents': quiet((asked) => readAgent(account, faults, asked)),
      'GET /agents/list': quiet((asked) => listAgents(account, faults, asked)),
      'POST /agents/update': quiet((asked) => updateAgent(account, faults, asked)),
      ...Object.assign({}, ...objects.map((kind) => objectEndpoints(account, faults, kind))),
    },
  };
  return { http: sandboxHttp(api, options), snapshot: () => snapshot(account) };
}

function isKind(name: string): name is Kind {
  return Object.hasOwn(kinds, name);
}

/** What such an agent says is known to the provider alone. */
function addNamed(account: Account, id: string): void {
  const body = {
    name: 'Named by the campaign',
    prompt: { content: 'What this agent is told is known to the provider alone.' },
    voice: { type: 'voice_vocode', voice_id: 'joe' },
  };
  const made = makeAgent(account, {}, { body, shape: agentShape, loc: [] });
  if ('wrong' in made) return;
  account.agents.delete(made.agent.id);
  account.agents.set(id, { ...made.agent, id });
}

function snapshot(account: Account): VocodeSnapshot {
  return {
    resources: [...account.agents.values()].map((agent) => agentItem(account, {}, agent)),
    calls: account.calls.map((call) => callItem(account, {}, call)),
  };
}
