/**
 * HappyRobot calls: placed one by one, or as an array that is answered in its order. Who is called carries our reference in
 * `metadata`, which comes back under `metadata.custom`. What became of calls is in listings.ts.
 * Pages: dial/create-outbound-call, dial/create-batched-outbound-calls (read 2026-11-21), see docs/providers/happyrobot.md.
 */
import type { Handle } from '../../model/attempt.ts';
import { InternalError } from '../../model/internal-error.ts';
import type { HttpRequest } from '../../model/plan.ts';
import { referenceKey } from '../../model/reference.ts';
import { maybeSamePhone } from '../../model/same-phone.ts';
import { isFields, type Fields } from '../../model/value.ts';
import { asList, asObject, isObject } from '../answer.ts';
import type { Call, CallCodec } from '../contract.ts';
import { findCalls, followCalls, listCalls, phoneIn, referenceIn, type Listings } from './listings.ts';
import { checkOptions, scheduledMs, sentOptions } from './options.ts';
import { transcriptOf } from './transcript.ts';
import { meaningOf } from './statuses.ts';

/** What the codec needs of an account. */
export type CallSettings = Listings & { readonly dialling: 'single' | 'batched' };

/** No limit is documented. An answer that is lost puts the whole batch in doubt, so it is kept small. */
const largestBatch = 100;

const minute = 60_000;

/** Calls of HappyRobot: one in a request, or up to a hundred where dialling is `batched`. */
export function calls(settings: CallSettings): CallCodec {
  const { baseUrl, dialling } = settings;
  const isBatched = dialling === 'batched';
  return {
    batch: isBatched ? largestBatch : 1,
    perRequest: [],
    checkCall: ({ options }) => checkOptions(options),
    place: {
      request: ({ calls: placed }) => (isBatched ? batchRequest(baseUrl, placed) : singleRequest(baseUrl, placed)),
      answer: (body, { calls: placed }) => {
        const entries = isBatched ? asList(body, 'a list of calls') : [asObject(body, 'a call')];
        return placed.map((call, index) => handleOf(entries, { call, index, count: placed.length }));
      },
    },
    scheduledMs,
    event: { about: callOfEvent },
    transcript: transcriptOf(settings),
    cancel: {
      request: ({ callId }) => {
        if (callId === undefined) throw new InternalError('a call is stopped by its id');
        return { method: 'POST', url: `${baseUrl}/calls/${encodeURIComponent(callId)}/stop` };
      },
      // What it answers is not documented.
      answer: () => undefined,
    },
    follow: (open) => followCalls(settings, open),
    lookUp: {
      complete: true,
      settleMs: 5 * minute,
      find: (doubt) => findCalls(settings, doubt),
      wave: (resourceId, sinceMs) => [listCalls(settings, { resourceId, sinceMs })],
    },
    meaningOf: (status) => {
      const meaning = meaningOf(status, settings.statuses);
      if (meaning === undefined) return 'unknown';
      return meaning === 'open' ? 'under_way' : 'over';
    },
    followUp: { everyMs: minute / 4, forMs: 120 * minute },
    labelReply: (reply) => reply,
  };
}

function singleRequest(baseUrl: string, [call, ...more]: readonly Call[]): HttpRequest {
  if (call === undefined || more.length > 0) throw new InternalError('a request that is not for one call');
  return { method: 'POST', url: `${baseUrl}/dial/outbound`, body: bodyOf(call) };
}

function batchRequest(baseUrl: string, placed: readonly Call[]): HttpRequest {
  if (placed.length === 0) throw new InternalError('a placing request without calls');
  return { method: 'POST', url: `${baseUrl}/dial/outbound-batched`, body: placed.map(bodyOf) };
}

function bodyOf({ resourceId, phone, reference, options }: Call): Fields {
  const { metadata, ...others } = sentOptions(options);
  const own = metadata !== undefined && isFields(metadata) ? metadata : {};
  return {
    use_case_id: resourceId,
    phone_number: phone,
    ...others,
    metadata: { ...own, [referenceKey]: reference },
  };
}

type Wanted = { readonly call: Call; readonly index: number; readonly count: number };

/** The entry with our reference; where it does not come back, the one in the call's place, if it is for that number. */
function handleOf(entries: readonly unknown[], { call, index, count }: Wanted): Handle | undefined {
  const ours = entries.find((entry) => isObject(entry) && referenceIn(entry) === call.reference);
  const entry = ours ?? (entries.length === count ? entries[index] : undefined);
  if (!isObject(entry)) return undefined;
  const isOthers = referenceIn(entry) !== undefined || !maybeSamePhone(phoneIn(entry), call.phone);
  if (ours === undefined && isOthers) return undefined;
  return idIn(entry);
}

/** `{"type": "start" | "end", "call": {"id": …}}`, as the vendor's Python models have it. */
function callOfEvent(body: unknown): Handle | undefined {
  return isObject(body) && isObject(body['call']) ? idIn(body['call']) : undefined;
}

function idIn({ id }: { readonly [name: string]: unknown }): Handle | undefined {
  return typeof id === 'string' && id !== '' ? { callId: id } : undefined;
}
