/**
 * Vocode calls: one a request, answered by the whole call. What became of them is in sightings.ts. Source: page
 * create-call and the OpenAPI description of the hosted API, see docs/providers/vocode.md.
 */
import type { Handle } from '../../model/attempt.ts';
import { InternalError } from '../../model/internal-error.ts';
import type { HttpRequest } from '../../model/plan.ts';
import type { RowReason } from '../../model/recipient.ts';
import { referenceKey } from '../../model/reference.ts';
import { digitsOf } from '../../model/same-phone.ts';
import { isFields, type Fields, type Value } from '../../model/value.ts';
import { asObject, isObject } from '../answer.ts';
import type { Call, CallCodec } from '../contract.ts';
import { namesInPrompt } from './prompt.ts';
import { transcriptOf } from './transcript.ts';
import { followCalls, listedCalls, type Calls } from './sightings.ts';

const minute = 60_000;

const flags = ['run_do_not_call_detection', 'hipaa_compliant'] as const;

const humanAnswers: readonly string[] = ['continue', 'hangup'];

/** Calls of Vocode: one in a request. */
export function calls(account: Calls): CallCodec {
  return {
    batch: 1,
    perRequest: [],
    checkCall: ({ options }) => checkOptions(options),
    place: {
      request: ({ calls: placed, resource }) => placeRequest(account, placed, resource),
      answer: (body) => [callIn(asObject(body, 'a call')['id'])],
    },
    transcript: transcriptOf(account),
    cancel: {
      request: ({ callId }) => {
        if (callId === undefined) throw new InternalError('a call without an id cannot be ended');
        return { method: 'POST', url: `${account.baseUrl}/v1/calls/end?id=${encodeURIComponent(callId)}` };
      },
      answer: (body) => void asObject(body, 'a call'),
    },
    scheduledMs: () => undefined,
    event: { about: (body) => (isObject(body) ? callIn(body['call_id']) : undefined) },
    follow: (open) => followCalls(account, open),
    lookUp: {
      complete: true,
      settleMs: 5 * minute,
      find: (doubt) => listedCalls(account, doubt),
      wave: (resourceId) => listedCalls(account, [{ resourceId }]),
    },
    meaningOf: (status) => {
      if (account.named.has(status.toUpperCase()) || status === 'ended' || status === 'error') return 'over';
      return status === 'not_started' || status === 'in_progress' ? 'under_way' : 'unknown';
    },
    followUp: { everyMs: 15_000, forMs: 120 * minute },
    labelReply: (reply) => reply,
  };
}

/** Written out, these are checked with the file; from a template they are known only now. */
function checkOptions(options: Fields): RowReason | undefined {
  const { from_number: from, on_no_human_answer: answer } = options;
  if (typeof from !== 'string' || !/^\+?\d{7,15}$/.test(from)) {
    return { code: 'ROW_CALL_OPTION', detail: 'from_number is 7 to 15 digits, a plus before them or none' };
  }
  if (answer !== undefined && !(typeof answer === 'string' && humanAnswers.includes(answer))) {
    return { code: 'ROW_CALL_OPTION', detail: `on_no_human_answer is one of ${humanAnswers.join(', ')}` };
  }
  const wrong = flags.find((name) => isFlagWrong(options[name]));
  return wrong === undefined ? undefined : { code: 'ROW_CALL_OPTION', detail: `${wrong} is true or false` };
}

function isFlagWrong(value: Value | undefined): boolean {
  return value !== undefined && value !== null && typeof flagOf(value) !== 'boolean';
}

function placeRequest({ baseUrl }: Calls, placed: readonly Call[], resource: Fields): HttpRequest {
  const [call, second] = placed;
  if (call === undefined || second !== undefined) throw new InternalError('a placing request is for one call');
  const { context: own, telephony_params: telephony, ...options } = call.options;
  const given = Object.entries(options).map(([name, value]) => [name, flagNames.has(name) ? flagOf(value) : value]);
  return {
    method: 'POST',
    url: `${baseUrl}/v1/calls/create`,
    body: {
      ...Object.fromEntries(given),
      // Samples write numbers without a plus; whether it may stand there is not documented.
      to_number: digitsOf(call.phone),
      agent: call.resourceId,
      context: { ...textsOf(own), ...variablesOf(call, resource), [referenceKey]: call.reference },
      ...(telephony === undefined ? {} : { telephony_params: textsOf(telephony) }),
    },
  };
}

const flagNames: ReadonlySet<string> = new Set(flags);

/** A row has texts only. */
function flagOf(value: Value): Value {
  if (value === 'true') return true;
  return value === 'false' ? false : value;
}

/** Context and telephony_params map text to text. */
function textsOf(value: Value | undefined): Fields {
  if (value === undefined || !isFields(value)) return {};
  const texts = Object.entries(value).map(([name, text]) => [
    name,
    typeof text === 'string' ? text : JSON.stringify(text),
  ]);
  return Object.fromEntries(texts);
}

function variablesOf({ variables }: Call, resource: Fields): Fields {
  const used = namesInPrompt(resource).filter((name) => Object.hasOwn(variables, name));
  return Object.fromEntries(used.map((name) => [name, String(variables[name])]));
}

function callIn(id: unknown): Handle | undefined {
  return typeof id === 'string' && id !== '' ? { callId: id } : undefined;
}
