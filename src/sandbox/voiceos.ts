/**
 * A stand-in for the API of VoiceOS, written from its pages (conversations, agents; read 2026-11-21) and, for voices and
 * transcribers that they leave out, from the vendor's SDK. What they leave open had to be chosen, and stands where it is
 * done: the bodies of errors but 422, how a call that nobody takes shows, that created_after is the creation, the order
 * of listings, prices, what PATCH does within a part. Not there: phone numbers (any number may call), recordings, and
 * webhooks, whose bodies no page documents.
 */
import type { Fields } from '../model/value.ts';
import type { Http } from '../ports.ts';
import { sandboxHttp } from './frame.ts';
import type { Api, FrameOptions } from './frame.ts';
import { lives } from './life.ts';
import type { LifeScript } from './life.ts';
import { openLines } from './lines.ts';
import { newAccount } from './voiceos/account.ts';
import { agentItem, blank, createAgent, deleteAgent, listAgents, readAgent, updateAgent } from './voiceos/agents.ts';
import { problemBody } from './voiceos/answers.ts';
import { conversationItem, listConversations, readConversation } from './voiceos/conversations.ts';
import { placeCall } from './voiceos/place.ts';

/** Left out: no limit of requests, lives by `usualShares`, no faults, any key, no log. */
export type VoiceosSandboxOptions = FrameOptions & {
  readonly life?: LifeScript;
  /** Length of every call; 0 ends calls at once. */
  readonly callMs?: number;
  /** An agent that is there from the start; what it is told, nobody knows. */
  readonly resource?: { readonly id: string; readonly fields: Fields };
};

/** What the sandbox holds, for tests: objects as they are shown, without any fault. */
export type VoiceosSnapshot = {
  readonly resources: readonly object[];
  readonly calls: readonly object[];
};

export function voiceosSandbox(options: VoiceosSandboxOptions): {
  readonly http: Http;
  readonly snapshot: () => VoiceosSnapshot;
} {
  const { clock, random, faults = {}, life = {}, callMs, resource } = options;
  const account = newAccount(clock, random);
  if (resource !== undefined) {
    const configuration = { ...blank(), prompt: 'What this agent is told is known to the provider alone.' };
    const nowMs = clock.now();
    account.agents.set(resource.id, { id: resource.id, configuration, createdMs: nowMs, updatedMs: nowMs });
  }
  const lines = openLines(clock);
  const placing = { account, faults, random, lifeOf: lines.watch(lives(life, random, callMs)) };
  const api: Api = {
    // No limit is documented.
    callsPerSecond: 0,
    linesTaken: lines.taken,
    problem: problemBody,
    endpoints: {
      'POST /conversations/create_phone_call': { places: true, reply: (asked) => placeCall(placing, asked) },
      'GET /conversations': { places: false, reply: (asked) => listConversations(account, faults, asked) },
      'GET /conversations/:id': { places: false, reply: (asked) => readConversation(account, faults, asked) },
      'POST /agents': { places: false, reply: (asked) => createAgent(account, faults, asked) },
      'GET /agents': { places: false, reply: (asked) => listAgents(account, faults, asked) },
      'GET /agents/:id': { places: false, reply: (asked) => readAgent(account, faults, asked) },
      'PATCH /agents/:id': { places: false, reply: (asked) => updateAgent(account, faults, asked) },
      'DELETE /agents/:id': { places: false, reply: (asked) => deleteAgent(account, faults, asked) },
    },
  };
  return {
    http: sandboxHttp(api, options),
    snapshot: () => ({
      resources: [...account.agents.values()].map((agent) => agentItem(account, {}, agent)),
      calls: account.conversations.map((call) => conversationItem(account, {}, call)),
    }),
  };
}
