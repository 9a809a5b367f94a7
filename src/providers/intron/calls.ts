/**
 * Intron calls: a batch of recipients in one request, answered by a batch id only. What became of them is in
 * listings.ts. Pages: intron-conversation-call, intron-workflows (read 2026-11-21), see docs/providers/intron.md.
 */
import type { Handle, Reply } from '../../model/attempt.ts';
import { InternalError } from '../../model/internal-error.ts';
import type { HttpRequest } from '../../model/plan.ts';
import type { RowReason } from '../../model/recipient.ts';
import { referenceKey } from '../../model/reference.ts';
import { isFields, isText, type Fields, type Scalars } from '../../model/value.ts';
import { isObject } from '../answer.ts';
import type { Call, CallCodec } from '../contract.ts';
import { allCalls, findCalls, followCalls, type Listings } from './listings.ts';
import { dataOf, namesInMessage, parseMessage, workflowType, type WorkflowType } from './resource.ts';

/** Guessed: no page shows what the status of a call is before COMPLETED. In lower case, without what joins words. */
const underWay: ReadonlySet<string> = new Set([
  'new',
  'created',
  'queued',
  'pending',
  'scheduled',
  'initiated',
  'started',
  'dialing',
  'dialling',
  'calling',
  'ringing',
  'connected',
  'inprogress',
  'ongoing',
  'active',
  'processing',
  'running',
]);

/** What the codec needs of an account. */
export type CallSettings = Listings & { readonly callUrl: (type: WorkflowType) => string };

/** No limit is documented. An answer that is lost puts the whole batch in doubt, so it is kept small. */
const largestBatch = 100;

/** "Rate limit: 5 requests per second": https://docs.voice.intron.io/docs/voicebot/conversation-call, read 2026-11-21. */
const perSecond = 5;

/** "Message length after substitution <= 4000": https://docs.voice.intron.io/docs/voicebot/robocall-call, read 2026-11-21. */
const longestMessage = 4000;

/** Options that stand beside `workflow_params`, so that they hold for every call of a request. */
const perRequest = ['tts_voice_accent', 'tts_voice_gender'] as const;

type Words = readonly (readonly [option: string, words: readonly string[]])[];

/** Voices of both call types: https://docs.voice.intron.io/docs/voicebot/conversation-call, read 2026-11-21. */
const voices: Words = [['tts_voice_gender', ['male', 'female']]];

/** A robocall has some 45 accents, of which new ones may come. */
const conversationVoices: Words = [...voices, ['tts_voice_accent', ['pidgin', 'english']]];

const minute = 60_000;

/** Calls of Intron: placed in batches, followed by listings. */
export function calls(settings: CallSettings): CallCodec {
  return {
    batch: largestBatch,
    perSecond,
    perRequest,
    checkCall,
    place: {
      request: ({ calls: placed, resource }) => placeRequest(settings, placed, resource),
      answer: (body, { calls: placed }) => readPlaced(body, placed.length),
    },
    scheduledMs: () => undefined,
    event: { about: batchOfEvent },
    transcript: { cannot: 'Intron documents no transcript of a call' },
    cancel: { cannot: 'Intron documents no way to end or to cancel a call' },
    follow: (open) => followCalls(settings, open),
    lookUp: {
      complete: true,
      settleMs: 5 * minute,
      find: (doubt) => findCalls(settings, doubt),
      wave: (resourceId) => allCalls(settings, resourceId),
    },
    meaningOf: (status) => meaningOf(status, settings),
    followUp: { everyMs: 15_000, forMs: 120 * minute },
    labelReply,
  };
}

function meaningOf(status: string, { outcomes }: Listings): ReturnType<CallCodec['meaningOf']> {
  if (outcomes.has(status.toUpperCase())) return 'over';
  return underWay.has(status.toLowerCase().replaceAll(/[\s_-]/g, '')) ? 'under_way' : 'unknown';
}

type RenderedCall = { readonly variables: Scalars; readonly options: Fields };

function checkCall(call: RenderedCall, fields: Fields | undefined): RowReason | undefined {
  return checkVoice(call.options, fields) ?? checkLength(call, fields);
}

/** Written out, these are checked with the file; from a template they are known only now. */
function checkVoice(options: Fields, fields: Fields | undefined): RowReason | undefined {
  const isConversation = fields !== undefined && workflowType(fields) === 'CONVERSATION';
  for (const [option, words] of isConversation ? conversationVoices : voices) {
    const said = options[option];
    if (typeof said === 'string' && !words.includes(said)) {
      return { code: 'ROW_CALL_OPTION', detail: `${option} is one of ${words.join(', ')}` };
    }
  }
  return undefined;
}

function checkLength(call: RenderedCall, fields: Fields | undefined): RowReason | undefined {
  if (fields === undefined || workflowType(fields) !== 'ROBOCALL') return undefined;
  const { message } = fields;
  if (message === undefined) return undefined;
  const text = isText(message) ? message.$text : parseMessage(typeof message === 'string' ? message : '', fields);
  const length = text
    .map((part) => (typeof part === 'string' ? part : String(call.variables[part.variable.trim()] ?? '')))
    .reduce((sum, part) => sum + part.length, 0);
  if (length <= longestMessage) return undefined;
  return { code: 'ROW_MESSAGE_TOO_LONG', detail: `${String(length)} of at most ${String(longestMessage)} characters` };
}

function placeRequest(settings: CallSettings, placed: readonly Call[], resource: Fields): HttpRequest {
  const [first] = placed;
  if (first === undefined) throw new InternalError('a placing request without calls');
  if (placed.some(({ resourceId }) => resourceId !== first.resourceId)) {
    throw new InternalError('a placing request for two workflows');
  }
  const type = workflowType(resource);
  const names = namesInMessage(resource);
  const entry = type === 'CONVERSATION' ? flatEntry : nestedEntry;
  return {
    method: 'POST',
    url: settings.callUrl(type),
    body: {
      workflow_id: first.resourceId,
      workflow_params: placed.map((call) => entry(call, variablesFor(call, names))),
      ...sharedOptions(placed, first),
    },
  };
}

function sharedOptions(placed: readonly Call[], first: Call): Fields {
  const named = perRequest.flatMap((name) => {
    const value = first.options[name];
    if (placed.some(({ options }) => options[name] !== value)) {
      throw new InternalError(`a placing request with two values of ${name}`);
    }
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(named);
}

/** All samples show strings, so numbers and booleans go as text: the provider puts them into a text anyway. */
function variablesFor(call: Call, names: readonly string[]): Readonly<Record<string, string>> {
  const used = names.flatMap((name) => {
    const value = Object.hasOwn(call.variables, name) ? call.variables[name] : undefined;
    return value === undefined ? [] : [[name, String(value)] as const];
  });
  return Object.fromEntries(used);
}

function nestedEntry(call: Call, variables: Fields): Fields {
  return {
    phone_number: call.phone,
    user_tag_identifiers: { ...ownTags(call), [referenceKey]: call.reference },
    workflow_variables: variables,
  };
}

/** The flat shape has no place for tags: they go as further variables, and never over one. */
function flatEntry(call: Call, variables: Fields): Fields {
  return { ...ownTags(call), ...variables, phone_number: call.phone, [referenceKey]: call.reference };
}

function ownTags({ options }: Call): Fields {
  const tags = options['user_tag_identifiers'];
  return tags !== undefined && isFields(tags) ? tags : {};
}

/** The answer names the batch and none of its calls. */
function readPlaced(body: unknown, count: number): readonly (Handle | undefined)[] {
  const data = dataOf(body, 'a batch id');
  const batchId = isObject(data) ? data['batch_id'] : undefined;
  const handle = typeof batchId === 'string' && batchId !== '' ? { batchId } : undefined;
  return Array.from({ length: count }, () => handle);
}

/** "request_id" of the callback; inferred to be the batch id, as request ids are in the listings. */
function batchOfEvent(body: unknown): Handle | undefined {
  const id = isObject(body) ? body['request_id'] : undefined;
  return typeof id === 'string' && id !== '' ? { batchId: id } : undefined;
}

const optionFields: Readonly<Record<string, string>> = { '1': 'option_one', '2': 'option_two' };

function labelReply(reply: Reply, resource: Fields): Reply {
  const { option } = reply;
  if (option === undefined) return reply;
  const field = Object.hasOwn(optionFields, option) ? optionFields[option] : undefined;
  const label = field === undefined ? undefined : resource[field];
  return typeof label === 'string' && label !== '' ? { ...reply, label } : reply;
}
