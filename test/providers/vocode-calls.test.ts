import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../src/model/attempt.ts';
import type { E164 } from '../../src/model/recipient.ts';
import { printReference } from '../../src/model/reference.ts';
import type { Fields } from '../../src/model/value.ts';
import { isAble, UnexpectedAnswer, type Call, type OpenCall } from '../../src/providers/contract.ts';
import { vocode } from '../../src/providers/vocode/index.ts';

const base = 'https://api.vocode.dev/v1/calls';
const { calls } = vocode.open({ statuses: { Parked: 'failed', odd: 'neither' } });
const reference = printReference({ wave: 'a'.repeat(16), recipient: 'b'.repeat(16), n: 1 });
const phone = '+12125550101' as E164;
const agent = '3c90c3cc-0d44-4b50-8888-8dd25736052a';
const resource: Fields = { prompt: { content: 'You call ${first_name} about ${topic}.' } };

function call(options: Fields = {}): Call {
  return {
    resourceId: agent,
    phone,
    reference,
    variables: { first_name: 'Ada', topic: 7, clinic: 'x' },
    options: { from_number: '15550100199', ...options },
  };
}

function open(changes: Partial<OpenCall> = {}): OpenCall {
  return { phone, reference, resourceId: agent, intentMs: 0, ...changes };
}

/** As the listing has one. */
const normalized = {
  id: 'c-1',
  status: 'in_progress',
  to_number: '12125550101',
  agent,
  context: { first_name: 'Ada', callplan_ref: reference },
  start_time: 1_795_446_000.5,
  end_time: null,
};

/** What a call comes to, asked for by its id. */
function sighting(changes: Readonly<Record<string, unknown>>) {
  const [pull] = calls.follow([open({ handle: { callId: 'c-1' } })]);
  return pull?.answer({ ...normalized, agent: { id: agent }, ...changes }).items[0];
}

describe('placing', () => {
  test('sends one call, with the names of the prompt and our reference in its context', () => {
    const options = {
      on_no_human_answer: 'hangup',
      run_do_not_call_detection: null,
      hipaa_compliant: 'true',
      context: { lead: 'L-1', score: 7, first_name: 'not this' },
      telephony_params: { Timeout: 20 },
    };
    expect(calls.place.request({ calls: [call(options)], resource })).toEqual({
      method: 'POST',
      url: `${base}/create`,
      body: {
        from_number: '15550100199',
        on_no_human_answer: 'hangup',
        run_do_not_call_detection: null,
        hipaa_compliant: true,
        to_number: '12125550101',
        agent,
        context: { lead: 'L-1', score: '7', first_name: 'Ada', topic: '7', callplan_ref: reference },
        telephony_params: { Timeout: '20' },
      },
    });
    const plain = calls.place.request({ calls: [call({ hipaa_compliant: 'false' })], resource: {} });
    expect(plain.body).toMatchObject({ hipaa_compliant: false, context: { callplan_ref: reference } });
  });

  test('is for one call and no other number of them', () => {
    expect(calls.batch).toBe(1);
    expect(() => calls.place.request({ calls: [], resource })).toThrow('one call');
    expect(() => calls.place.request({ calls: [call(), call()], resource })).toThrow('one call');
  });

  test('is answered by the call', () => {
    const input = { calls: [call()], resource };
    expect(calls.place.answer({ id: 'c-1', status: 'not_started' }, input)).toEqual([{ callId: 'c-1' }]);
    expect(calls.place.answer({ status: 'not_started' }, input)).toEqual([undefined]);
    expect(() => calls.place.answer([], input)).toThrow(UnexpectedAnswer);
  });

  test.each<readonly [Fields, string | undefined]>([
    [{}, undefined],
    [{ from_number: '+15550100199', on_no_human_answer: 'hangup', hipaa_compliant: true }, undefined],
    [{ run_do_not_call_detection: null }, undefined],
    [{ from_number: '555-0100' }, 'from_number is 7 to 15 digits, a plus before them or none'],
    [{ from_number: 15_550_100_199 }, 'from_number is 7 to 15 digits, a plus before them or none'],
    [{ on_no_human_answer: 'wait' }, 'on_no_human_answer is one of continue, hangup'],
    [{ hipaa_compliant: 'yes' }, 'hipaa_compliant is true or false'],
    [{ run_do_not_call_detection: '' }, 'run_do_not_call_detection is true or false'],
  ])('checks what templates gave: %j', (options, detail) => {
    const { phone: to, variables, options: all } = call(options);
    const reason = calls.checkCall({ phone: to, variables, options: all }, resource);
    expect(reason).toEqual(detail === undefined ? undefined : { code: 'ROW_CALL_OPTION', detail });
  });

  test('is at once', () => {
    expect(calls.scheduledMs({})).toBeUndefined();
  });
});

describe('outcomes', () => {
  const human = { human_detection_result: 'human' };
  const machine = { human_detection_result: 'no_human' };
  const missed = { stage_outcome: 'call_did_not_connect' };
  const twilio = (call_status: string) => ({ telephony_metadata: { type: 'telephony_metadata_twilio', call_status } });
  test.each<readonly [Readonly<Record<string, unknown>>, Outcome | undefined]>([
    [{ status: 'not_started' }, undefined],
    [{ status: 'in_progress', stage: 'picked_up', ...human }, undefined],
    [{ status: 'escalated' }, undefined],
    [{ status: undefined }, undefined],
    [{ status: 'PARKED' }, 'failed'],
    [{ status: 'odd' }, undefined],
    [{ status: 'ended', ...machine, stage_outcome: 'bot_disconnected' }, 'voicemail'],
    [{ status: 'error', ...machine }, 'voicemail'],
    [{ status: 'ended', stage_outcome: 'human_unanswered' }, 'no_answer'],
    [{ status: 'error', stage_outcome: 'human_unanswered' }, 'no_answer'],
    [{ status: 'ended', ...missed, ...twilio('busy') }, 'busy'],
    [{ status: 'ended', ...missed, ...twilio('no-answer') }, 'no_answer'],
    [{ status: 'ended', ...missed, ...twilio('canceled') }, 'cancelled'],
    [{ status: 'ended', stage: 'created', ...twilio('canceled') }, 'cancelled'],
    [{ status: 'ended', ...missed, ...twilio('failed') }, 'failed'],
    [{ status: 'ended', ...missed, telephony_metadata: { type: 'telephony_metadata_vonage' } }, 'failed'],
    [{ status: 'error', ...missed }, 'failed'],
    [{ status: 'error' }, 'failed'],
    [{ status: 'error', stage_outcome: 'human_disconnected' }, 'failed'],
    [{ status: 'ended', stage_outcome: 'human_disconnected', ...human }, 'answered'],
    [{ status: 'ended', stage_outcome: 'bot_disconnected' }, 'answered'],
    [{ status: 'ended', stage_outcome: 'transfer_unanswered' }, 'answered'],
    [{ status: 'ended', stage_outcome: 'transfer_disconnected' }, 'answered'],
    [{ status: 'ended', stage_outcome: 'abducted', ...human }, 'answered'],
    [{ status: 'ended', stage: 'picked_up' }, 'answered'],
    [{ status: 'ended', stage: 'transfer_started' }, 'answered'],
    [{ status: 'ended', stage: 'transfer_successful' }, 'answered'],
    [{ status: 'ended', stage: 'created' }, 'unknown'],
    [{ status: 'ended', stage_outcome: 'abducted' }, 'unknown'],
  ])('of %j is %s', (changes, outcome) => {
    expect(sighting(changes)?.outcome).toBe(outcome);
  });

  test('are all in the table of the documentation, with the replies', () => {
    const page = readFileSync(join(import.meta.dirname, '../../docs/providers/vocode.md'), 'utf8');
    const rows = (title: string): readonly string[] =>
      (page.split(`### ${title}\n`)[1] ?? '').split('\n#')[0]?.match(/^\| (?!sign|---).*$/gm) ?? [];
    const said = { named: 'as it says there', open: 'the call stays open' };
    const { outcomes, replies } = vocode.facts;
    const words = outcomes.map(({ outcome }) => (outcome === 'named' || outcome === 'open' ? said[outcome] : outcome));
    expect(rows('Outcomes').map((row, at) => row.includes(`| ${words[at] ?? ''}`))).toEqual(words.map(() => true));
    expect(rows('Replies').map((row) => row.replaceAll(/[|`]/g, '').replaceAll(/\s+/g, ' ').trim())).toEqual(
      replies.map(({ sign, becomes }) => `${sign} ${becomes}`),
    );
  });

  test.each([
    [{ status: 'ended', stage: 'transfer_successful' }, { classification: 'transfer_successful' }],
    [
      { status: 'ended', stage: 'transfer_started', stage_outcome: 'transfer_unanswered' },
      { classification: 'transfer_unanswered' },
    ],
    [{ status: 'ended', stage: 'picked_up' }, undefined],
    [{ status: 'in_progress', stage: 'transfer_successful' }, undefined],
  ])('come with whether somebody was put through: %j', (changes, reply) => {
    expect(sighting(changes)?.reply).toEqual(reply);
    expect(calls.labelReply({ classification: 'x' }, {})).toEqual({ classification: 'x' });
  });

  test.each([
    [true, true],
    ['True', true],
    [false, undefined],
    ['False', undefined],
    [null, undefined],
  ])('come with the wish not to be called again: do_not_call_result %j', (do_not_call_result, optOut) => {
    expect(sighting({ status: 'ended', do_not_call_result })?.optOut).toBe(optOut);
  });

  test.each([
    ['ended', 'over'],
    ['error', 'over'],
    ['parked', 'over'],
    ['not_started', 'under_way'],
    ['in_progress', 'under_way'],
    ['escalated', 'unknown'],
  ])('are announced by what a status means: %s', (status, meaning) => {
    expect(calls.meaningOf(status)).toBe(meaning);
  });
});

describe('a call that is asked for', () => {
  test('is one request a call, each once, and the listing for those without an id', () => {
    const pulls = calls.follow([open({ handle: { callId: 'c 1' } }), open({ handle: { callId: 'c 1' } }), open()]);
    expect(pulls.map((pull) => pull.request())).toEqual([
      { method: 'GET', url: `${base}?id=c%201` },
      { method: 'GET', url: `${base}/list?page=1&size=100` },
    ]);
    expect(pulls.map(({ what }) => what)).toEqual(['one call', 'calls']);
    expect(calls.follow([])).toEqual([]);
  });

  test.each<readonly [unknown, unknown, number | undefined, number | undefined]>([
    ['2026-11-23T15:00:00Z', '2026-11-23T15:00:20Z', Date.UTC(2026, 10, 23, 15), 20],
    ['2026-11-23 15:00:00.500000+00:00', '2026-11-23 15:00:20+00:00', Date.UTC(2026, 10, 23, 15, 0, 0, 500), 19.5],
    ['2026-11-23T15:00:00', '2026-11-23T14:00:00', Date.UTC(2026, 10, 23, 15), 0],
    [1_795_446_000, 1_795_446_030.25, 1_795_446_000_000, 30.25],
    [1_795_446_000_000, 1_795_446_030_000, 1_795_446_000_000, 30],
    ['1795446000', null, 1_795_446_000_000, undefined],
    ['yesterday', 'today', undefined, undefined],
    ['', true, undefined, undefined],
  ])('has times as text or as numbers: %j to %j', (start_time, end_time, createdMs, seconds) => {
    const { createdMs: read, seconds: lasted } = { ...sighting({ start_time, end_time }) };
    expect([read, lasted]).toEqual([createdMs, seconds]);
  });

  test('says what it is: id, number, reference', () => {
    expect(sighting({})).toEqual({
      callId: 'c-1',
      phone: '+12125550101',
      reference,
      createdMs: 1_795_446_000_500,
      status: 'in_progress',
    });
    expect(sighting({ context: null })).not.toHaveProperty('reference');
    expect(sighting({ context: { callplan_ref: 'mine' } })).not.toHaveProperty('reference');
  });

  test.each([
    ['no object', []],
    ['no id', { ...normalized, id: null }],
    ['no number', { ...normalized, to_number: '' }],
  ])('is not guessed at: %s', (_, body) => {
    const [pull] = calls.follow([open({ handle: { callId: 'c-1' } })]);
    expect(() => pull?.answer(body)).toThrow(UnexpectedAnswer);
  });
});

describe('looking up', () => {
  const page = { page: 1, size: 100, has_more: false, total: 2, total_is_estimated: false };

  test('reads all calls of the account and keeps those to the agents, whichever shape they have', () => {
    const { find, wave, complete } = calls.lookUp;
    const items = [normalized, { ...normalized, id: 'c-2', agent: { id: 'another' } }];
    expect(complete).toBe(true);
    for (const pulls of [find([open(), open()]), isAble(wave) ? wave(agent, 0) : []]) {
      expect(pulls).toHaveLength(1);
      expect(pulls[0]?.answer({ ...page, items })).toMatchObject({
        items: [{ callId: 'c-1', reference }],
        ids: ['c-1', 'c-2'],
        total: 2,
      });
      expect(() => pulls[0]?.answer({ ...page, items: [{ ...normalized, agent: null }] })).toThrow(UnexpectedAnswer);
    }
  });

  test('takes no total that is said to be an estimate: the end is where there is no more', () => {
    const [pull] = calls.lookUp.find([open()]);
    const estimated = { ...page, items: [], total_is_estimated: true };
    expect(pull?.answer(estimated)).toEqual({ items: [], ids: [], isLast: true });
    expect(pull?.answer({ ...estimated, has_more: true }, '3')).toEqual({
      items: [],
      ids: [],
      next: '4',
    });
    expect(pull?.answer({ ...page, items: [], has_more: true }, '3')).toMatchObject({ total: 2, next: '4' });
  });
});

test('a call is ended by its id', () => {
  if (!isAble(calls.cancel)) throw new Error('Vocode ends calls');
  expect(calls.cancel.request({ callId: 'c-1' })).toEqual({ method: 'POST', url: `${base}/end?id=c-1` });
  expect(calls.cancel.answer({ id: 'c-1' }, { callId: 'c-1' })).toBeUndefined();
  const { request } = calls.cancel;
  expect(() => request({})).toThrow('without an id');
});

test.each([
  [{ type: 'event_human_detection', call_id: 'c-1', payload: { result: 'human' } }, { callId: 'c-1' }],
  [{ type: 'event_message', call_id: '' }, undefined],
  ['event', undefined],
])('an event is about a call: %j', (body, handle) => {
  if (!isAble(calls.event)) throw new Error('Vocode posts events');
  expect(calls.event.about(body)).toEqual(handle);
});
