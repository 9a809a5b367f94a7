/** Placing calls: pages dial/create-outbound-call and dial/create-batched-outbound-calls, read 2026-11-21. */
import { parseInstant } from '../../model/instant.ts';
import type { Random } from '../../ports.ts';
import { strikes, type Faults } from '../faults.ts';
import type { Asked, Reply } from '../frame.ts';
import { isObject, type JsonObject } from '../../model/json.ts';
import type { Ending, Life } from '../life.ts';
import { isoTime } from '../time-text.ts';
import type { Account, Call, UseCase } from './account.ts';
import { ok, problem, withExtras } from './answers.ts';
import { metadataOf } from './calls.ts';
import { type Rule, any, anyText, id, language, map, minutes, oneOf, text, wrongWith } from './rules.ts';

/** A machine is told from a person only where the use case asks for it. */
const statuses: Readonly<Record<Ending, string>> = {
  replied: 'Completed',
  answered: 'Completed',
  no_answer: 'No answer',
  busy: 'Busy',
  voicemail: 'AMD Terminated',
  failed: 'Failed',
};

const unknownStatus = 'Escalated';

const rules: Readonly<Record<string, Rule>> = {
  number_id: id,
  phone_number: { test: (value) => /^\+[1-9]\d{6,14}$/.test(String(value)), needs: 'a phone number' },
  use_case_id: id,
  agent_id: id,
  prompt_id: id,
  model_id: text,
  language,
  params: any,
  metadata: map,
  campaign_id: text,
  scheduled_for: {
    test: (value) => typeof value === 'string' && value.endsWith('Z') && parseInstant(value) !== undefined,
    needs: 'an ISO 8601 time in UTC',
  },
  max_duration_mins: minutes,
  assistant_id: anyText,
  voice_id: anyText,
  model: oneOf('Fast', 'Balanced', 'Robust'),
};

const required = ['number_id', 'phone_number'] as const;

/** What placing needs besides the request. */
export type Placing = {
  readonly account: Account;
  readonly faults: Faults;
  readonly random: Random;
  readonly lifeOf: (phone: string) => Life;
};

export function placeCall(placing: Placing, { body }: Asked): Reply {
  const order = readOrder(placing.account, body);
  if ('wrong' in order) return problem(order.status, order.wrong);
  const call = place(placing, order);
  const answer = placedItem(placing, call);
  const { id: _id, ...withoutId } = answer;
  const { faults } = placing;
  return { ...ok(withExtras(faults['missing-entry'] === true ? withoutId : answer, faults)), dials: [dialOf(call)] };
}

/** Places all calls of a request, or none; that the answer is in their order is documented, the rest is chosen. */
export function placeCalls(placing: Placing, { body }: Asked): Reply {
  if (!Array.isArray(body) || body.length === 0) return problem(400, 'the body must be a list with calls');
  const orders: Order[] = [];
  for (const [index, entry] of body.entries()) {
    const order = readOrder(placing.account, entry);
    if ('wrong' in order) return problem(order.status, `[${String(index)}]: ${order.wrong}`);
    orders.push(order);
  }
  const { faults } = placing;
  const calls = orders.map((order) => place(placing, order));
  const answers = calls.map((call) => withExtras(placedItem(placing, call), faults));
  return { ...ok(faults['missing-entry'] === true ? answers.slice(1) : answers), dials: calls.map(dialOf) };
}

type Order = { readonly sent: JsonObject; readonly phone: string; readonly useCase: UseCase | null };

function readOrder({ useCases }: Account, sent: unknown): Order | { readonly status: number; readonly wrong: string } {
  if (!isObject(sent)) return { status: 400, wrong: 'the body is not an object' };
  const missing = required.find((name) => !(name in sent));
  if (missing !== undefined) return { status: 400, wrong: `${missing} is required` };
  const wrong = wrongWith(sent, rules);
  if (wrong !== undefined) return { status: 400, wrong };
  const { phone_number: phone, use_case_id: useCaseId } = sent;
  const useCase = typeof useCaseId === 'string' ? useCases.get(useCaseId) : null;
  if (useCase === undefined) return { status: 404, wrong: 'use case not found' };
  return { sent, phone: String(phone), useCase };
}

function place({ account, faults, random, lifeOf }: Placing, { sent, phone, useCase }: Order): Call {
  const { clock, newId } = account;
  const life = lifeOf(phone);
  const { metadata, params = null, scheduled_for: scheduledFor } = sent;
  const createdMs = clock.now() + (faults['clock-skew'] ?? 0);
  const placedMs = clock.monotonic();
  const scheduledMs = typeof scheduledFor === 'string' ? parseInstant(scheduledFor) : undefined;
  const isMachine =
    life.ending === 'voicemail' && (useCase?.['amd'] !== true || useCase['amd_behavior'] === 'Continue');
  const call = {
    id: newId(),
    useCase,
    sent,
    phone,
    custom: isObject(metadata) ? metadata : {},
    params,
    life,
    finalStatus: strikes(faults, 'unknown-status', random)
      ? unknownStatus
      : statuses[isMachine ? 'answered' : life.ending],
    createdMs,
    placedMs,
    dialMs: placedMs + Math.max(0, (scheduledMs ?? createdMs) - createdMs),
  };
  account.calls.push(call);
  account.byId.set(call.id, call);
  return call;
}

/** What placing a call answers: no status, no type. */
function placedItem({ account, faults }: Placing, call: Call): JsonObject {
  const hidden = faults['no-echo'] === true;
  return {
    id: call.id,
    organization_id: account.organizationId,
    metadata: metadataOf(call, hidden),
    use_case: call.useCase,
    params: hidden ? {} : call.params,
    created: isoTime(call.createdMs),
  };
}

function dialOf({ phone, id: callId, custom, params }: Call): NonNullable<Reply['dials']>[number] {
  return { phone, call_id: callId, tags: custom, variables: isObject(params) ? params : {} };
}
