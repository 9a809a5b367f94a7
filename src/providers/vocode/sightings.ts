/**
 * What became of Vocode calls. `GET /v1/calls` answers a Call: its agent expanded, its times text; the listing answers
 * NormalizedCalls: their agent a uuid, their times numbers. Both are read, either way round.
 */
import type { Outcome } from '../../model/attempt.ts';
import type { Sighting } from '../../model/sighting.ts';
import { parseInstant } from '../../model/instant.ts';
import { parseReference, referenceKey } from '../../model/reference.ts';
import { asObject, asText, isObject, type JsonObject } from '../answer.ts';
import type { OpenCall, Pull } from '../contract.ts';
import { outcomeOf, replyOf, signsOf } from './outcomes.ts';
import { paged } from './paged.ts';

/** Where calls are, and what the campaign says of statuses. */
export type Calls = {
  /** Without a slash at its end. */
  readonly baseUrl: string;
  /** In upper case. */
  readonly named: ReadonlyMap<string, Outcome>;
};

/** Each call by its id; the listing has no filter, so it would tell the whole account's past every time. */
export function followCalls(calls: Calls, open: readonly OpenCall[]): readonly Pull<Sighting>[] {
  const ids = new Set(open.flatMap(({ handle }) => handle?.callId ?? []));
  const lost = open.filter(({ handle }) => handle?.callId === undefined);
  return [...[...ids].map((id) => oneCall(calls, id)), ...listedCalls(calls, lost)];
}

/** All calls of the account, of which those to these agents are kept; none asked for, none listed. */
export function listedCalls(calls: Calls, sought: readonly Pick<OpenCall, 'resourceId'>[]): readonly Pull<Sighting>[] {
  const agents = new Set(sought.map(({ resourceId }) => resourceId));
  if (agents.size === 0) return [];
  const url = `${calls.baseUrl}/v1/calls/list`;
  return [paged({ what: 'calls', url }, (item) => (agents.has(agentOf(item)) ? [readCall(item, calls)] : []))];
}

function oneCall(calls: Calls, id: string): Pull<Sighting> {
  return {
    what: 'one call',
    request: () => ({ method: 'GET', url: `${calls.baseUrl}/v1/calls?id=${encodeURIComponent(id)}` }),
    answer: (body) => {
      const sighting = readCall(asObject(body, 'a call'), calls);
      return { items: [sighting], ids: [asText(sighting.callId, 'a call with an id')], total: 1 };
    },
  };
}

/** A uuid, or the whole agent. @throws UnexpectedAnswer */
function agentOf(call: JsonObject): string {
  const agent = call['agent'];
  return asText(isObject(agent) ? agent['id'] : agent, 'a call with an agent');
}

function readCall(call: JsonObject, { named }: Calls): Sighting {
  const signs = signsOf(call);
  const outcome = outcomeOf(signs, named);
  const reply = outcome === undefined ? undefined : replyOf(signs);
  const [startMs, endMs] = [timeOf(call['start_time']), timeOf(call['end_time'])];
  return {
    callId: asText(call['id'], 'a call with an id'),
    phone: wholeNumber(asText(call['to_number'], 'a call with a to_number')),
    ...referenceIn(call['context']),
    ...(startMs === undefined ? {} : { createdMs: startMs }),
    ...(signs.status === undefined ? {} : { status: signs.status }),
    ...(outcome === undefined ? {} : { outcome }),
    ...(reply === undefined ? {} : { reply }),
    ...(startMs === undefined || endMs === undefined ? {} : { seconds: Math.max(0, (endMs - startMs) / 1000) }),
    ...(isTrue(call['do_not_call_result']) ? { optOut: true } : {}),
  };
}

/** Its numbers are digits with the code of the country and no plus: https://docs.vocode.dev/retrieve-call-data, read 2026-11-21. */
function wholeNumber(digits: string): string {
  return /^[1-9]\d*$/.test(digits) ? `+${digits}` : digits;
}

function referenceIn(context: unknown): { readonly reference?: string } {
  const reference = isObject(context) ? context[referenceKey] : undefined;
  return typeof reference === 'string' && parseReference(reference) !== undefined ? { reference } : {};
}

/** From here on a number is in milliseconds: as seconds it were the year 5138. */
const leastMs = 1e11;

/** Epoch seconds, as Python counts, or text; the form of neither is documented. One without an offset is taken for UTC. */
function timeOf(value: unknown): number | undefined {
  if (typeof value === 'number') return Math.round(value < leastMs ? value * 1000 : value);
  if (typeof value !== 'string' || value === '') return undefined;
  if (/^\d+(?:\.\d+)?$/.test(value)) return timeOf(Number(value));
  const text = value.replace(' ', 'T');
  return parseInstant(text) ?? parseInstant(`${text}Z`);
}

/** The OpenAPI description says boolean; a sample shows the text "True". */
function isTrue(value: unknown): boolean {
  return value === true || (typeof value === 'string' && value.toLowerCase() === 'true');
}
