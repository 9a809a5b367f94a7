/**
 * What became of VoiceOS calls: conversations, one by one or listed by time. No listing can be asked for an agent or a
 * number. Pages: conversations (read 2026-11-21), see docs/providers/voiceos.md.
 */
import type { Outcome } from '../../model/attempt.ts';
import type { Sighting } from '../../model/sighting.ts';
import { parseInstant, printInstant } from '../../model/instant.ts';
import { printMoney } from '../../model/money.ts';
import { parseReference, referenceKey } from '../../model/reference.ts';
import { asObject, asText, isObject, type JsonObject } from '../answer.ts';
import type { OpenCall, Pull } from '../contract.ts';
import { standingOf } from './outcome.ts';
import { paged } from './pages.ts';

/** Where conversations are, and how to read a status. */
export type Conversations = {
  /** Without a slash at its end. */
  readonly baseUrl: string;
  /** By status in lower case; a status that is not here leaves a call open. */
  readonly outcomes: ReadonlyMap<string, Outcome>;
};

/** From so many open calls on, one listing is asked instead of each conversation. */
const manyCalls = 20;

/** Calls that are so much older than the newest are asked for one by one: a listing since then would be long. */
const longCallMs = 30 * 60_000;

/** `created_after` is the server's time. A run stops where clocks are more than five minutes apart. */
const clockMarginMs = 10 * 60_000;

/** What became of open calls, in few requests: many of one age by one listing, long ones and few ones one by one. */
export function followCalls(conversations: Conversations, open: readonly OpenCall[]): readonly Pull<Sighting>[] {
  const newestMs = Math.max(...open.map(({ intentMs }) => intentMs));
  const recent = open.filter(({ intentMs }) => newestMs - intentMs < longCallMs);
  const listed = recent.length < manyCalls ? recent.filter(({ handle }) => handle?.callId === undefined) : recent;
  const single = open.flatMap((call) => (listed.includes(call) ? [] : (call.handle?.callId ?? [])));
  return [...single.map((id) => oneCall(conversations, id)), ...findCalls(conversations, listed)];
}

/** All conversations since the first of them. */
export function findCalls(conversations: Conversations, sought: readonly OpenCall[]): readonly Pull<Sighting>[] {
  if (sought.length === 0) return [];
  return [callsSince(conversations, Math.min(...sought.map(({ intentMs }) => intentMs)))];
}

/** @param sinceMs 0 for all that there ever were */
export function callsSince({ baseUrl, outcomes }: Conversations, sinceMs: number): Pull<Sighting> {
  const afterMs = sinceMs - clockMarginMs;
  const filter = afterMs > 0 ? `&created_after=${encodeURIComponent(printInstant(afterMs))}` : '';
  return paged({ what: 'conversations', url: `${baseUrl}/conversations`, filter }, (item) => readCall(item, outcomes));
}

function oneCall({ baseUrl, outcomes }: Conversations, id: string): Pull<Sighting> {
  return {
    what: 'a conversation',
    request: () => ({ method: 'GET', url: `${baseUrl}/conversations/${encodeURIComponent(id)}` }),
    answer: (body) => {
      const item = asObject(body, 'a conversation');
      return { items: readCall(item, outcomes), ids: [asText(item['id'], 'a conversation with an id')], isLast: true };
    },
  };
}

/** Nothing for a conversation that is no call of ours to anybody: an inbound one, one over the web. */
function readCall(item: JsonObject, outcomes: ReadonlyMap<string, Outcome>): readonly Sighting[] {
  const { id, type, phone_call: phoneCall } = item;
  if (type === 'inbound_phone_call' || type === 'web_call') return [];
  const { to_number: phone } = asObject(phoneCall, 'a call with a phone_call');
  return [
    {
      callId: asText(id, 'a conversation with an id'),
      phone: asText(phone, 'a phone_call with to_number'),
      ...referenceIn(item),
      ...startOf(item),
      ...standingOf(item, outcomes),
      ...lengthOf(item),
      ...costOf(item),
    },
  ];
}

function referenceIn({ agent_config: agent }: JsonObject): Pick<Sighting, 'reference'> {
  const metadata = isObject(agent) ? agent['metadata'] : undefined;
  const reference = isObject(metadata) ? metadata[referenceKey] : undefined;
  return typeof reference === 'string' && parseReference(reference) !== undefined ? { reference } : {};
}

/** When it was created is not said. It was not later than its start, so what started too early is too old as well. */
function startOf({ started_at: startedAt }: JsonObject): Pick<Sighting, 'createdMs'> {
  const createdMs = instantOf(startedAt);
  return createdMs === undefined ? {} : { createdMs };
}

function lengthOf({ cost_breakdown: costs, ...item }: JsonObject): Pick<Sighting, 'seconds'> {
  const telephony = isObject(costs) ? costs['telephony'] : undefined;
  const billed = isObject(telephony) ? telephony['seconds'] : undefined;
  if (typeof billed === 'number') return { seconds: Math.round(billed) };
  const [startedMs, endedMs] = [instantOf(item['started_at']), instantOf(item['ended_at'])];
  if (startedMs === undefined || endedMs === undefined || endedMs < startedMs) return {};
  return { seconds: Math.round((endedMs - startedMs) / 1000) };
}

/** In US dollars; to the millionth, as sums of fractions have more digits than they mean. */
function costOf({ cost_breakdown: costs }: JsonObject): Pick<Sighting, 'cost'> {
  const total = isObject(costs) ? costs['total'] : undefined;
  if (typeof total !== 'number' || !(total >= 0)) return {};
  return { cost: printMoney({ micros: Math.round(total * 1e6), currency: 'USD' }) };
}

function instantOf(value: unknown): number | undefined {
  return typeof value === 'string' ? parseInstant(value) : undefined;
}
