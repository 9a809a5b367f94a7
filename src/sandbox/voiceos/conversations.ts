/** VoiceOS conversations: https://docs.voiceos.io/api-reference/conversations, read 2026-11-21. */
import type { Faults } from '../faults.ts';
import type { Asked, Reply } from '../frame.ts';
import { type JsonObject, isObject } from '../../model/json.ts';
import type { Ending } from '../life.ts';
import { seenUntil } from '../page.ts';
import { isoTime } from '../time-text.ts';
import type { Account, Conversation } from './account.ts';
import { ok, problem, withExtras } from './answers.ts';
import { listing } from './listing.ts';

export function listConversations(account: Account, faults: Faults, asked: Asked): Reply {
  const nowMs = account.clock.monotonic();
  const lagMs = faults['list-lag'] ?? 0;
  const all = seenUntil(account.conversations, ({ placedMs }) => placedMs, nowMs - lagMs);
  return listing(
    asked,
    faults,
    ({ status }) => (status === null ? all : all.filter((one) => statusOf(one, nowMs) === status)),
    (conversation) => conversationItem(account, faults, conversation),
  );
}

export function readConversation(account: Account, faults: Faults, { params }: Asked): Reply {
  const conversation = account.byId.get(params['id'] ?? '');
  if (conversation === undefined) return problem(404, 'Conversation not found');
  return ok(conversationItem(account, faults, conversation));
}

/** A conversation as every endpoint shows it. Nothing in it says when it was created. */
export function conversationItem(account: Account, faults: Faults, call: Conversation): JsonObject {
  const nowMs = account.clock.monotonic();
  const { life, createdMs } = call;
  const [begun, over] = [nowMs - call.placedMs >= life.underWayAtMs, hasEnded(call, nowMs)];
  const isTalk = talks[life.ending] !== undefined;
  const item = {
    id: call.id,
    uri: `/conversations/${call.id}`,
    type: 'outbound_phone_call',
    account_id: account.id,
    status: statusOf(call, nowMs),
    started_at: begun && isTalk ? isoTime(createdMs + life.underWayAtMs) : null,
    ended_at: over ? isoTime(createdMs + life.endsAtMs) : null,
    agent_config: faults['no-echo'] === true ? { ...call.configuration, metadata: {} } : call.configuration,
    agent_id: call.agentId,
    messages: begun && isTalk ? messagesOf(call, over) : [],
    phone_call: { provider: 'twilio', to_number: call.to, from_number: call.from },
    ended_reason: over ? (talks[life.ending]?.endedBy ?? 'unknown') : null,
    cost_breakdown: over ? costsOf(call) : null,
  };
  return { ...item, ...withExtras({}, faults) };
}

/**
 * How each life shows. Only a talk has a beginning and messages; what is inferred is that a call which nobody takes ends
 * with neither, for a reason that is unknown. A machine's announcement is taken down as if it were somebody's.
 */
const talks: Readonly<
  Partial<Record<Ending, { readonly says?: string; readonly endedBy: 'agent_ended' | 'user_ended' }>>
> = {
  replied: { says: 'Yes, go ahead.', endedBy: 'agent_ended' },
  answered: { endedBy: 'user_ended' },
  voicemail: { says: 'Please leave a message after the tone.', endedBy: 'agent_ended' },
};

/** Nothing is `started` that nobody takes. */
function statusOf(call: Conversation, nowMs: number): string {
  if (hasEnded(call, nowMs)) return call.finalStatus;
  const begun = nowMs - call.placedMs >= call.life.underWayAtMs;
  return begun && talks[call.life.ending] !== undefined ? 'started' : 'queued';
}

function hasEnded({ life, placedMs }: Conversation, nowMs: number): boolean {
  return nowMs - placedMs >= life.endsAtMs;
}

type Message = { readonly role: 'agent' | 'user'; readonly content: string };

function messagesOf({ configuration, life }: Conversation, over: boolean): readonly Message[] {
  const first = configuration['initial_message'];
  const opening: readonly Message[] = typeof first === 'string' ? [{ role: 'agent', content: first }] : [];
  const said = talks[life.ending]?.says;
  if (!over || said === undefined) return opening;
  return [...opening, { role: 'user', content: said }, { role: 'agent', content: 'Thank you, goodbye.' }];
}

/** Prices a second are invented. */
function costsOf({ configuration, life: { seconds } }: Conversation): object {
  const providerOf = (part: string): unknown => {
    const value = configuration[part];
    return isObject(value) ? value['provider'] : null;
  };
  const cost = (perSecond: number): number => Math.round(seconds * perSecond * 10_000) / 10_000;
  const parts = {
    voice: { provider: providerOf('voice'), cost: cost(0.0005), characters: seconds * 8 },
    transcriber: { provider: providerOf('transcriber'), cost: cost(0.0001), seconds },
    language_model: {
      provider: providerOf('language_model'),
      cost: cost(0.0002),
      input_tokens: seconds * 20,
      output_tokens: seconds * 4,
    },
    telephony: { provider: 'twilio', cost: cost(0.0003), seconds },
    agent: { provider: 'voiceos', cost: cost(0.0008), seconds },
  };
  const total = Object.values(parts).reduce((sum, part) => sum + part.cost, 0);
  return { total: Math.round(total * 10_000) / 10_000, ...parts };
}
