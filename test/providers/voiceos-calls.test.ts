import { describe, expect, test } from 'vitest';
import type { E164 } from '../../src/model/recipient.ts';
import { printReference, recipientTag, waveTag } from '../../src/model/reference.ts';
import type { Fields } from '../../src/model/value.ts';
import { isAble, UnexpectedAnswer, type Call, type OpenCall } from '../../src/providers/contract.ts';
import { voiceos } from '../../src/providers/voiceos/index.ts';

const base = 'https://api.voiceos.io';
const account = voiceos.open({});
const { calls } = account;
const phone = '+15005550101' as E164;
const reference = referenceOf('P-1');
const noonMs = Date.UTC(2026, 10, 24, 12);

const agent: Fields = {
  prompt: 'Ask {{first_name}} three questions.',
  initial_message: 'Am I speaking with {{first_name}}?',
  language_model: { provider: 'openai', model: 'gpt-4o', credential_id: null },
  max_duration_seconds: null,
  metadata: { team: 'renewals' },
};

function referenceOf(key: string): string {
  const address = { campaign: 'renewal-survey', environment: 'default' };
  return printReference({ wave: waveTag(address, 'w1'), recipient: recipientTag(address, 'w1', key), n: 1 });
}

function call(changes: Partial<Call> = {}): Call {
  return {
    resourceId: 'agt_1',
    phone,
    reference,
    variables: {},
    options: { from_number: '+15005550006' },
    resource: { ...agent, prompt: 'Ask Ada three questions.', initial_message: 'Am I speaking with Ada?' },
    ...changes,
  };
}

function openCall(changes: Partial<OpenCall> = {}): OpenCall {
  return { phone, reference, resourceId: 'agt_1', intentMs: noonMs, ...changes };
}

/** Open calls with handles. */
function openCalls(count: number, intentMs = noonMs): readonly OpenCall[] {
  return Array.from({ length: count }, (_, index) =>
    openCall({ intentMs, handle: { callId: `c-${String(intentMs - noonMs)}-${String(index)}` } }),
  );
}

/** As the page shows one that has ended well. */
const conversation = {
  id: 'cnv_1',
  uri: '/conversations/cnv_1',
  type: 'outbound_phone_call',
  account_id: 'acc_1',
  status: 'ended',
  started_at: '2026-11-24T12:00:02Z',
  ended_at: '2026-11-24T12:00:45Z',
  agent_config: { prompt: 'Ask Ada.', metadata: { team: 'renewals', callplan_ref: reference } },
  agent_id: null,
  messages: [
    { role: 'agent', content: 'Am I speaking with Ada?' },
    { role: 'user', content: 'Yes.' },
  ],
  phone_call: { provider: 'twilio', to_number: phone, from_number: '+15005550006' },
  ended_reason: 'agent_ended',
  cost_breakdown: { total: 0.42, telephony: { provider: 'twilio', cost: 0.01, seconds: 41 } },
};

function sighted(changes: object, options: Fields = {}) {
  const [pull] = voiceos.open(options).calls.follow([openCall({ handle: { callId: 'cnv_1' } })]);
  return pull?.answer({ ...conversation, ...changes }).items[0];
}

function urlsOf(open: readonly OpenCall[]): readonly string[] {
  return calls.follow(open).map((pull) => pull.request().url.replace(base, ''));
}

describe('placing', () => {
  test('sends a copy of the agent as this recipient shall hear it, with our reference and without its id', () => {
    expect(calls.place.request({ calls: [call()], resource: agent })).toEqual({
      method: 'POST',
      url: `${base}/conversations/create_phone_call`,
      body: {
        from_number: '+15005550006',
        to_number: phone,
        agent_config: {
          prompt: 'Ask Ada three questions.',
          initial_message: 'Am I speaking with Ada?',
          language_model: { provider: 'openai', model: 'gpt-4o', credential_id: null },
          max_duration_seconds: null,
          metadata: { team: 'renewals', callplan_ref: reference },
        },
      },
    });
  });

  test('writes the duration out, and leaves out what only the server says of an agent', () => {
    const resource = { prompt: 'Ask Ada.', uri: '/agents/1', account_id: 'acc', created_at: 'x' };
    expect(calls.place.request({ calls: [call({ resource })], resource: {} }).body).toMatchObject({
      agent_config: { prompt: 'Ask Ada.', max_duration_seconds: 600, metadata: { callplan_ref: reference } },
    });
    const body = JSON.stringify(calls.place.request({ calls: [call({ resource })], resource: {} }).body);
    expect(body).not.toMatch(/uri|account_id|created_at|agent_id/);
  });

  test('takes from the live agent what the file does not say of a part', () => {
    const live = { ...agent, voice: { provider: 'playht', model: 'susan', speed: 1.2 } };
    const resource = { prompt: 'Ask Ada.', voice: { provider: 'playht', model: 'oliver' } };
    expect(calls.place.request({ calls: [call({ resource })], resource: live }).body).toMatchObject({
      agent_config: { voice: { provider: 'playht', model: 'oliver', speed: 1.2 }, metadata: { team: 'renewals' } },
    });
  });

  test('never says a template: without rendered texts there are none', () => {
    const { resource: _none, ...unseen } = call();
    const body = JSON.stringify(calls.place.request({ calls: [unseen], resource: agent }).body);
    expect(body).not.toContain('{{');
    expect(body).toContain('gpt-4o');
    const used = calls.place.request({ calls: [unseen], resource: {} }).body;
    expect(Object(used).agent_config).toEqual({ metadata: { callplan_ref: reference } });
  });

  test('takes the id of the conversation for a handle', () => {
    const input = { calls: [call()], resource: agent };
    expect(calls.place.answer(conversation, input)).toEqual([{ callId: 'cnv_1' }]);
    expect(calls.place.answer({ ...conversation, id: '' }, input)).toEqual([undefined]);
    expect(calls.place.answer({ status: 'queued' }, input)).toEqual([undefined]);
    expect(() => calls.place.answer([], input)).toThrow(UnexpectedAnswer);
  });

  test('puts one call into a request', () => {
    expect(calls.batch).toBe(1);
    expect(calls.perRequest).toEqual([]);
    expect(() => calls.place.request({ calls: [call(), call()], resource: agent })).toThrow('one call a request');
    expect(() => calls.place.request({ calls: [], resource: agent })).toThrow('one call a request');
  });

  test.each([
    ['+15005550006', undefined],
    ['15005550006', 'ROW_CALL_OPTION'],
    ['reception', 'ROW_CALL_OPTION'],
    [7, 'ROW_CALL_OPTION'],
    [undefined, 'ROW_CALL_OPTION'],
  ])('calls from %j: %s', (from, code) => {
    const options: Fields = from === undefined ? {} : { from_number: from };
    expect(calls.checkCall({ phone, variables: {}, options }, agent)?.code).toBe(code);
  });
});

describe('following', () => {
  test('asks for each conversation while there are few', () => {
    expect(urlsOf([openCall({ handle: { callId: 'cnv 1' } }), openCall({ handle: { callId: 'cnv_2' } })])).toEqual([
      '/conversations/cnv%201',
      '/conversations/cnv_2',
    ]);
    expect(urlsOf([])).toEqual([]);
  });

  test('asks for one listing of many, and for what is much older by itself', () => {
    const since = '/conversations?index=1&limit=100&created_after=2026-11-24T11%3A50%3A00Z';
    expect(urlsOf(openCalls(20))).toEqual([since]);
    expect(urlsOf([...openCalls(20), ...openCalls(1, noonMs - 3_600_000)])).toEqual([
      '/conversations/c--3600000-0',
      since,
    ]);
  });

  test('looks for a conversation without an id in the listing', () => {
    expect(urlsOf([openCall(), ...openCalls(1)])).toEqual([
      '/conversations/c-0-0',
      '/conversations?index=1&limit=100&created_after=2026-11-24T11%3A50%3A00Z',
    ]);
  });

  test('reads length and cost, and takes the start for the latest creation', () => {
    expect(sighted({})).toEqual({
      callId: 'cnv_1',
      phone,
      reference,
      createdMs: Date.UTC(2026, 10, 24, 12, 0, 2),
      status: 'ended:talked',
      outcome: 'answered',
      seconds: 41,
      cost: '0.42 USD',
    });
    expect(calls.followUp).toEqual({ everyMs: 15_000, forMs: 7_200_000 });
  });

  test.each([
    [{ cost_breakdown: null }, { seconds: 43 }],
    [{ cost_breakdown: { total: 0.1 + 0.2, telephony: null } }, { seconds: 43, cost: '0.30 USD' }],
    [{ cost_breakdown: { total: 0 } }, { cost: '0 USD' }],
    [{ cost_breakdown: { total: 0.0000014 } }, { cost: '0.000001 USD' }],
    [{ cost_breakdown: { total: 'free', telephony: { seconds: 2.4 } } }, { seconds: 2 }],
  ])('with %j says %j', (changes, said) => {
    expect(sighted(changes)).toMatchObject(said);
  });

  test.each([
    [{ cost_breakdown: { total: -1 } }, 'cost'],
    [{ cost_breakdown: null, ended_at: null }, 'seconds'],
    [{ cost_breakdown: null, ended_at: '2026-11-24T11:00:00Z' }, 'seconds'],
    [{ started_at: '2026-11-24T12:00:02' }, 'createdMs'],
    [{ agent_config: { metadata: { callplan_ref: 'theirs' } } }, 'reference'],
    [{ agent_config: { metadata: null } }, 'reference'],
    [{ agent_config: null }, 'reference'],
  ])('with %j says nothing of its %s', (changes, member) => {
    expect(sighted(changes)).not.toHaveProperty(member);
  });

  test.each([
    ['no number', { phone_call: { to_number: '' } }],
    ['no phone_call', { phone_call: null }],
    ['no id', { id: null }],
    ['messages that are no list', { messages: {} }],
  ])('takes %s for no answer', (_, changes) => {
    expect(() => sighted(changes)).toThrow(UnexpectedAnswer);
  });

  test.each(['inbound_phone_call', 'web_call'])('passes over a conversation of type %s', (type) => {
    expect(sighted({ type, phone_call: null })).toBeUndefined();
  });
});

describe('an outcome', () => {
  const user = [{ role: 'user', content: 'Hello?' }];
  const spoken = [{ role: 'agent', content: 'Am I speaking with Ada?' }];
  const [none, begun] = [{ started_at: null }, { started_at: '2026-11-24T12:00:02Z' }];

  test.each([
    ['queued', { status: 'queued', ...none, messages: [] }, 'queued', undefined],
    ['started', { status: 'started', messages: spoken }, 'started', undefined],
    ['no status', { status: null }, undefined, undefined],
    ['a status that no page names', { status: 'transferred' }, 'transferred', undefined],
    ['the user spoke', { ended_reason: 'unknown', messages: user }, 'ended:talked', 'answered'],
    ['the user spoke, no start', { ...none, ended_reason: null, messages: user }, 'ended:talked', 'answered'],
    ['the user hung up', { ...begun, ended_reason: 'user_ended', messages: [] }, 'ended:talked', 'answered'],
    ['the agent spoke and ended', { ended_reason: 'agent_ended', messages: spoken }, 'ended:talked', 'answered'],
    ['neither start nor word', { ...none, ended_reason: 'unknown', messages: [] }, 'ended:not_started', 'no_answer'],
    ['no messages at all', { ...none, ended_reason: null, messages: null }, 'ended:not_started', 'no_answer'],
    ['declined', { ...none, ended_reason: 'user_ended', messages: [] }, 'ended:not_started', 'no_answer'],
    ['the agent ended in silence', { ...begun, ended_reason: 'agent_ended', messages: [] }, 'ended:unknown', 'unknown'],
    ['only the agent spoke', { ...begun, ended_reason: 'unknown', messages: spoken }, 'ended:unknown', 'unknown'],
    ['a start, no word', { ...begun, ended_reason: 'unknown', messages: [] }, 'ended:unknown', 'unknown'],
    ['upper case', { status: 'ENDED' }, 'ended:talked', 'answered'],
  ])('where %s', (_, changes, status, outcome) => {
    const seen = sighted(changes);
    expect([seen?.status, seen?.outcome]).toEqual([status, outcome]);
  });

  test('is what the campaign says it is', () => {
    const statuses = { 'Ended:Not_Started': 'failed', Transferred: 'answered', odd: 'neither' };
    const silent = { ...none, ended_reason: 'unknown', messages: [] };
    expect(sighted(silent, { statuses })?.outcome).toBe('failed');
    expect(sighted({ status: 'transferred' }, { statuses })?.outcome).toBe('answered');
    expect(sighted({ status: 'odd' }, { statuses })?.outcome).toBeUndefined();
  });

  test('asks a person only about what nobody knows', () => {
    const named = voiceos.open({ statuses: { transferred: 'answered' } }).calls.meaningOf;
    const words = ['queued', 'started', 'ended', 'ended:unknown', 'Transferred', 'paused'];
    expect(words.map(named)).toEqual(['under_way', 'under_way', 'over', 'over', 'over', 'unknown']);
  });
});

describe('looking up', () => {
  const since = (text: string): string => `/conversations?index=1&limit=100&created_after=${encodeURIComponent(text)}`;
  const urls = (pulls: ReturnType<typeof calls.lookUp.find>) =>
    pulls.map((pull) => pull.request().url.replace(base, ''));

  test('reads all conversations since ten minutes before the first', () => {
    const doubt = [openCall(), openCall({ intentMs: noonMs - 60_000, resourceId: 'agt_2' })];
    expect(urls(calls.lookUp.find(doubt))).toEqual([since('2026-11-24T11:49:00Z')]);
    expect(calls.lookUp.find([])).toEqual([]);
  });

  test('reads all that there ever were where nothing is known', () => {
    const { wave } = calls.lookUp;
    if (!isAble(wave)) throw new Error('VoiceOS lists conversations');
    expect(urls(wave('agt_1', 0))).toEqual(['/conversations?index=1&limit=100']);
    expect(urls(wave('agt_1', noonMs))).toEqual([since('2026-11-24T11:50:00Z')]);
  });

  test('goes on until there is no more, and counts what it passes over', () => {
    const [pull] = calls.lookUp.find([openCall()]);
    const inbound = { ...conversation, id: 'cnv_0', type: 'inbound_phone_call' };
    const first = pull?.answer({ items: [inbound, conversation], index: 1, has_more: true });
    expect(first).toMatchObject({ ids: ['cnv_0', 'cnv_1'], items: [{ callId: 'cnv_1' }], next: '2' });
    expect(pull?.request('2').url).toContain('index=2&limit=100&created_after=');
    expect(pull?.answer({ items: [], index: 2, has_more: false }, '2')).toMatchObject({ isLast: true });
  });

  test('is complete, and settles after five minutes', () => {
    expect(calls.lookUp).toMatchObject({ complete: true, settleMs: 300_000 });
    expect(calls.cancel).toHaveProperty('cannot');
    expect(calls.perSecond).toBeUndefined();
    expect(calls.scheduledMs({})).toBeUndefined();
    expect(calls.labelReply({ option: '1' }, {})).toEqual({ option: '1' });
  });
});

describe('an event', () => {
  const { event } = calls;
  const about = (body: unknown) => (isAble(event) ? event.about(body) : 'cannot');

  test.each([
    [{ conversation_id: 'cnv_1' }],
    [{ event: 'conversation:ended', data: { conversation_id: 'cnv_1' } }],
    [{ name: 'conversation:ended', payload: { conversation: { id: 'cnv_1', status: 'ended' } } }],
    [{ conversation: 'cnv_1' }],
    [conversation],
    [{ event: conversation }],
  ])('%# is about a conversation', (body) => {
    expect(about(body)).toEqual({ callId: 'cnv_1' });
  });

  test.each([[{ id: 'evt_1', name: 'speech:started' }], [{ conversation_id: 7 }], [{ data: [] }], ['x'], [undefined]])(
    '%j does not say what it is about',
    (body) => {
      expect(about(body)).toBeUndefined();
    },
  );
});
