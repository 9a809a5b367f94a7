/**
 * VoiceOS calls: one request for each, with a copy of the agent as this recipient shall hear it. A call by `agent_id` has
 * no room for a reference, so there is none. Page: voiceos-create-phone-call (read 2026-11-21), see
 * docs/providers/voiceos.md.
 */
import type { Handle } from '../../model/attempt.ts';
import { InternalError } from '../../model/internal-error.ts';
import type { HttpRequest } from '../../model/plan.ts';
import { referenceKey } from '../../model/reference.ts';
import type { RowReason } from '../../model/recipient.ts';
import type { Fields } from '../../model/value.ts';
import { asObject, isObject } from '../answer.ts';
import type { Call, CallCodec } from '../contract.ts';
import { callsSince, findCalls, followCalls, type Conversations } from './conversations.ts';
import { transcriptOf } from './transcript.ts';
import { configurationOf, mergeAgent, metadataOf } from './resource.ts';

/** Texts of the agent that are rendered per recipient. */
export const rendered = ['prompt', 'initial_message'] as const;

const minute = 60_000;

/** Calls of VoiceOS: one in a request. */
export function calls(conversations: Conversations): CallCodec {
  return {
    batch: 1,
    perRequest: [],
    checkCall: ({ options }) => checkCaller(options),
    place: {
      request: ({ calls: placed, resource }) => placeRequest(conversations, placed, resource),
      answer: (body) => [readPlaced(body)],
    },
    transcript: transcriptOf(conversations),
    cancel: { cannot: 'VoiceOS documents no way to end or to cancel a call' },
    scheduledMs: () => undefined,
    event: { about: conversationOf },
    follow: (open) => followCalls(conversations, open),
    lookUp: {
      complete: true,
      settleMs: 5 * minute,
      find: (doubt) => findCalls(conversations, doubt),
      wave: (_resourceId, sinceMs) => [callsSince(conversations, sinceMs)],
    },
    meaningOf: (status) => meaningOf(status, conversations),
    followUp: { everyMs: 15_000, forMs: 120 * minute },
    labelReply: (reply) => reply,
  };
}

function meaningOf(status: string, { outcomes }: Conversations): ReturnType<CallCodec['meaningOf']> {
  const word = status.toLowerCase();
  if (outcomes.has(word) || word === 'ended') return 'over';
  return word === 'queued' || word === 'started' ? 'under_way' : 'unknown';
}

/** Written out, it is checked with the file; from a template it is known only now. */
function checkCaller({ from_number: from }: Fields): RowReason | undefined {
  if (typeof from === 'string' && /^\+[1-9]\d{6,14}$/.test(from)) return undefined;
  return { code: 'ROW_CALL_OPTION', detail: 'from_number is a number of your account, such as +15005550006' };
}

function placeRequest({ baseUrl }: Conversations, placed: readonly Call[], resource: Fields): HttpRequest {
  const [call] = placed;
  if (call === undefined || placed.length > 1) throw new InternalError('VoiceOS places one call a request');
  const agent = agentFor(call, resource);
  return {
    method: 'POST',
    url: `${baseUrl}/conversations/create_phone_call`,
    body: {
      ...call.options,
      to_number: call.phone,
      agent_config: {
        ...agent,
        metadata: { ...metadataOf(agent), [referenceKey]: call.reference },
      },
    },
  };
}

/** Where nobody looked at the agent yet, only what the file says of it is known; templates are never said to anybody. */
function agentFor(call: Call, resource: Fields): Fields {
  if (call.resource !== undefined) return configurationOf(mergeAgent(resource, call.resource));
  return Object.fromEntries(Object.entries(resource).filter(([name]) => !rendered.some((text) => text === name)));
}

function readPlaced(body: unknown): Handle | undefined {
  return handleOf(asObject(body, 'a conversation')['id']);
}

/**
 * What a webhook is told is not documented. The id of a conversation is looked for where such services put it; an event
 * only wakes the poll.
 */
function conversationOf(body: unknown): Handle | undefined {
  if (!isObject(body)) return undefined;
  const wrapped = [body, body['data'], body['payload'], body['event']].filter(isObject);
  const named = wrapped.flatMap((part) => [part['conversation_id'], idOf(part['conversation'])]);
  const whole = wrapped.flatMap((part) => ('agent_config' in part ? [part['id']] : []));
  return [...named, ...whole].map(handleOf).find((handle) => handle !== undefined);
}

function idOf(value: unknown): unknown {
  return isObject(value) ? value['id'] : value;
}

function handleOf(id: unknown): Handle | undefined {
  return typeof id === 'string' && id !== '' ? { callId: id } : undefined;
}
