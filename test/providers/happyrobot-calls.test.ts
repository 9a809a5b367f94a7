import { describe, expect, test } from 'vitest';
import type { E164 } from '../../src/model/recipient.ts';
import { printReference, recipientTag, waveTag } from '../../src/model/reference.ts';
import type { Fields } from '../../src/model/value.ts';
import { isAble, UnexpectedAnswer, type Call, type OpenCall } from '../../src/providers/contract.ts';
import { happyrobot } from '../../src/providers/happyrobot/index.ts';

const base = 'https://app.happyrobot.ai/api/v1';
const numberId = '65f2c01e9a4b7d3308e1f6d1';
const useCaseId = '65f2c01e9a4b7d3308e1f6c2';
const { calls } = happyrobot.open({ statuses: { ESCALATED: 'failed', Odd: 'neither' } });
const batched = happyrobot.open({ dialling: 'batched' }).calls;
const phone = '+13125550101' as E164;
const other = '+13125550102' as E164;
const reference = referenceOf('BW-1');

function referenceOf(key: string): string {
  const address = { campaign: 'freight-check-calls', environment: 'prod' };
  return printReference({ wave: waveTag(address, 'w1'), recipient: recipientTag(address, 'w1', key), n: 1 });
}

function call(changes: Partial<Call> = {}): Call {
  return { resourceId: useCaseId, phone, reference, variables: {}, options: { number_id: numberId }, ...changes };
}

function openCall(changes: Partial<OpenCall> = {}): OpenCall {
  return { phone, reference, resourceId: useCaseId, intentMs: Date.UTC(2026, 10, 24, 15), ...changes };
}

function placed(id: string, of: { readonly reference?: string; readonly to?: string }): object {
  return {
    id,
    metadata: { to: of.to ?? phone, custom: of.reference === undefined ? {} : { callplan_ref: of.reference } },
  };
}

describe('placing', () => {
  test('sends every option under its own name, and our reference beside own metadata', () => {
    const options = {
      number_id: numberId,
      agent_id: '65f2c01e9a4b7d3308e1f6d2',
      prompt_id: '65f2c01e9a4b7d3308e1f6d3',
      model_id: 'm-1',
      language: 'es-MX',
      params: { driver: 'Rosa', load: { number: 'BW-1' } },
      metadata: { load: 'BW-1', callplan_ref: 'not this one' },
      campaign_id: 'c-1',
      scheduled_for: '2026-11-24T09:00:00-06:00',
      max_duration_mins: '6',
      assistant_id: 'a-1',
      voice_id: 'v-1',
      model: 'Fast',
    };
    expect(calls.place.request({ calls: [call({ options })], resource: {} })).toEqual({
      method: 'POST',
      url: `${base}/dial/outbound`,
      body: {
        ...options,
        use_case_id: useCaseId,
        phone_number: phone,
        metadata: { load: 'BW-1', callplan_ref: reference },
        scheduled_for: '2026-11-24T15:00:00Z',
        max_duration_mins: 6,
      },
    });
  });

  test('leaves out what a template leaves empty', () => {
    const options = { number_id: ` ${numberId} `, scheduled_for: '', language: ' ', params: { note: '' } };
    const { body } = calls.place.request({ calls: [call({ options })], resource: {} });
    expect(body).toEqual({
      use_case_id: useCaseId,
      phone_number: phone,
      number_id: numberId,
      params: { note: '' },
      metadata: { callplan_ref: reference },
    });
  });

  test('sends many as a list, where the account is asked to', () => {
    const request = batched.place.request({ calls: [call(), call({ phone: other })], resource: {} });
    expect(request).toMatchObject({
      url: `${base}/dial/outbound-batched`,
      body: [{ phone_number: phone }, { phone_number: other }],
    });
    expect([calls.batch, batched.batch]).toEqual([1, 100]);
    expect(calls.perRequest).toEqual([]);
  });

  test('never puts two calls into a request for one, nor none into any', () => {
    const place = (codec: typeof calls, ...some: readonly Call[]) => codec.place.request({ calls: some, resource: {} });
    expect(() => place(calls)).toThrow('not for one call');
    expect(() => place(calls, call(), call())).toThrow('not for one call');
    expect(() => place(batched)).toThrow('without calls');
  });

  test.each([
    ['its id', placed('65f2c01e9a4b7d3308e1aaaa', { reference }), { callId: '65f2c01e9a4b7d3308e1aaaa' }],
    ['its id, where nothing comes back', { id: 'c-1' }, { callId: 'c-1' }],
    ['no id', { metadata: {} }, undefined],
    ['an id that is no text', { id: 7 }, undefined],
    ['another reference of ours', placed('c-1', { reference: referenceOf('BW-2') }), undefined],
    ['another number', placed('c-1', { to: other }), undefined],
  ])('one call is answered by %s', (_, body, handle) => {
    expect(calls.place.answer(body, { calls: [call()], resource: {} })).toEqual([handle]);
  });

  const two = [call(), call({ phone: other, reference: referenceOf('BW-2') })];

  test.each([
    ['in order', [placed('c-1', {}), placed('c-2', { to: other })], ['c-1', 'c-2']],
    [
      'in another order, by our reference',
      [placed('c-2', { reference: referenceOf('BW-2'), to: other }), placed('c-1', { reference })],
      ['c-1', 'c-2'],
    ],
    [
      'one of them by its reference',
      [placed('c-2', { reference: referenceOf('BW-2'), to: other })],
      [undefined, 'c-2'],
    ],
    ['one of them without a reference', [placed('c-2', { to: other })], [undefined, undefined]],
    ['to other numbers', [placed('c-2', { to: other }), placed('c-1', {})], [undefined, undefined]],
    ['with an entry that is no call', [null, placed('c-2', { to: other })], [undefined, 'c-2']],
    ['none', [], [undefined, undefined]],
  ])('many are answered by a list: %s', (_, body, ids) => {
    expect(batched.place.answer(body, { calls: two, resource: {} })).toEqual(
      ids.map((id) => (id === undefined ? undefined : { callId: id })),
    );
  });

  test('takes no list for one call, and no call for a list', () => {
    expect(() => calls.place.answer([], { calls: [call()], resource: {} })).toThrow(UnexpectedAnswer);
    expect(() => batched.place.answer({}, { calls: [call()], resource: {} })).toThrow(UnexpectedAnswer);
  });
});

describe('an option of a row', () => {
  const check = (options: Fields) =>
    calls.checkCall({ phone, variables: {}, options: { number_id: numberId, ...options } }, undefined)?.detail;

  test.each([
    [{ number_id: '' }, 'number_id is 24 letters and digits'],
    [{ number_id: '550e8400-e29b-41d4-a716-446655440000' }, 'number_id is 24 letters and digits'],
    [{ agent_id: 'agent' }, 'agent_id is 24 letters and digits'],
    [{ prompt_id: 7 }, 'prompt_id is 24 letters and digits'],
    [{ model: 'Slow' }, 'model is one of Fast, Balanced, Robust'],
    [{ max_duration_mins: '4.5' }, 'max_duration_mins is a whole number of minutes'],
    [{ max_duration_mins: 0 }, 'max_duration_mins is a whole number of minutes'],
    [{ max_duration_mins: true }, 'max_duration_mins is a whole number of minutes'],
    [{ scheduled_for: 'tomorrow' }, 'scheduled_for is an ISO 8601 date and time with Z or an offset'],
    [{ scheduled_for: '2026-11-24T09:00' }, 'scheduled_for is an ISO 8601 date and time with Z or an offset'],
  ])('%j makes it invalid', (options, detail) => {
    expect(check(options)).toBe(detail);
  });

  test('may be anything that the page names, or be left empty', () => {
    expect(check({ language: 'fr-CA' })).toMatch(/^language is one of en-US, en-GB/);
    expect(check({ language: 'sv-SE', model: 'Robust', max_duration_mins: 4, model_id: 'any' })).toBeUndefined();
    expect(check({ agent_id: '', scheduled_for: ' ', max_duration_mins: '' })).toBeUndefined();
    expect(calls.checkCall({ phone, variables: {}, options: {} }, {})).toBeUndefined();
  });

  test('says when HappyRobot is to dial', () => {
    expect(calls.scheduledMs({ scheduled_for: '2026-11-24T15:00:00Z' })).toBe(Date.UTC(2026, 10, 24, 15));
    expect(calls.scheduledMs({ scheduled_for: '2026-11-24T09:00:00-06:00' })).toBe(Date.UTC(2026, 10, 24, 15));
    expect(calls.scheduledMs({ scheduled_for: '' })).toBeUndefined();
    expect(calls.scheduledMs({})).toBeUndefined();
  });
});

const item = {
  id: 'c-1',
  type: 'Outbound',
  status: 'Completed',
  provider: 'Twilio',
  metadata: { from: '+13125550100', to: phone, custom: { callplan_ref: reference, load: 'BW-1' } },
  extraction: { eta: '16:30', location: null },
  classification: { tag: 'late', reasoning: 'The driver is stuck.' },
  created: '2026-11-24T15:00:05Z',
  duration: 45,
};

function sighted(changes: Readonly<Record<string, unknown>>, codec: typeof calls = calls) {
  const [pull] = codec.follow([openCall({ handle: { callId: 'c-1' } })]);
  return pull?.answer({ ...item, ...changes }).items[0];
}

describe('following', () => {
  test('asks for each call by its id, and searches for one whose id is not known', () => {
    const pulls = calls.follow([
      openCall({ handle: { callId: 'c/1' } }),
      openCall({ handle: { callId: 'c-2' } }),
      openCall(),
    ]);
    expect(pulls.map((pull) => pull.request().url.replace(base, ''))).toEqual([
      '/calls/c%2F1',
      '/calls/c-2',
      '/calls?type=Outbound&search=%2B13125550101&from=2026-11-23&sort=asc&limit=100&skip=0',
    ]);
    expect(pulls[0]?.answer(item)).toMatchObject({ ids: ['c-1'], total: 1 });
  });

  test('reads everything that the page shows', () => {
    expect(sighted({})).toEqual({
      callId: 'c-1',
      phone,
      reference,
      createdMs: Date.UTC(2026, 10, 24, 15, 0, 5),
      status: 'Completed',
      outcome: 'answered',
      reply: { classification: 'late', extraction: { eta: '16:30', location: null } },
      seconds: 45,
    });
  });

  test('of a call under way reads its id and what is there', () => {
    const nothing = { metadata: null, extraction: null, classification: null, created: null, duration: null };
    expect(sighted({ ...nothing, status: 'In progress' })).toEqual({ callId: 'c-1', phone: '', status: 'In progress' });
    expect(sighted({ ...nothing, status: null })).toEqual({ callId: 'c-1', phone: '' });
  });

  test.each([
    ['Scheduled', undefined],
    ['Queued', undefined],
    ['Initiated', undefined],
    ['Ringing', undefined],
    ['In progress', undefined],
    ['Transferred', undefined],
    ['Completed', 'answered'],
    ['AMD Terminated', 'voicemail'],
    ['Busy', 'busy'],
    ['No answer', 'no_answer'],
    ['Canceled', 'cancelled'],
    ['Failed', 'failed'],
    ['Dialing', undefined],
    ['Connected', undefined],
    ['Ended', 'answered'],
    ['Missed', 'no_answer'],
    ['Abandoned', 'unknown'],
    ['NO_ANSWER', 'no_answer'],
    ['amd-terminated', 'voicemail'],
    ['escalated', 'failed'],
    ['Odd', undefined],
  ])('%s is %s', (status, outcome) => {
    expect(sighted({ status })?.outcome).toBe(outcome);
  });

  test('takes a status of the file over its own', () => {
    const own = happyrobot.open({ statuses: { transferred: 'answered', COMPLETED: 'unknown' } }).calls;
    expect(sighted({ status: 'Transferred' }, own)?.outcome).toBe('answered');
    expect(sighted({ status: 'Completed' }, own)?.outcome).toBe('unknown');
    expect(['Transferred', 'In Progress', 'Escalated'].map(own.meaningOf)).toEqual(['over', 'under_way', 'unknown']);
  });

  test.each([
    [{ extraction: { eta: null, note: '' } }, { classification: 'late' }],
    [{ extraction: {}, classification: { tag: '' } }, undefined],
    [{ extraction: 'text', classification: 'late' }, undefined],
    [{ classification: null }, { extraction: item.extraction }],
  ])('%j says %j', (changes, reply) => {
    expect(sighted(changes)?.reply).toEqual(reply);
  });

  test('knows only a reference of ours, and no call that was not made to a number', () => {
    expect(sighted({ metadata: { to: phone, custom: { callplan_ref: 'theirs' } } })).not.toHaveProperty('reference');
    expect(sighted({ type: 'Inbound' })).toBeUndefined();
    expect(sighted({ provider: 'Web' })).toBeUndefined();
    expect(sighted({ provider: 'Chat' })).toBeUndefined();
  });

  test.each([
    ['a list', []],
    ['nothing', null],
    ['no id', { status: 'Queued' }],
  ])('takes %s for unexpected', (_, body) => {
    const [pull] = calls.follow([openCall({ handle: { callId: 'c-1' } })]);
    expect(() => pull?.answer(body)).toThrow(UnexpectedAnswer);
  });

  test('leaves replies as they are, and is done after two hours', () => {
    const reply = { classification: 'late' };
    expect(calls.labelReply(reply, {})).toBe(reply);
    expect(calls.followUp).toEqual({ everyMs: 15_000, forMs: 7_200_000 });
  });
});

describe('looking up', () => {
  test('searches for each number, and reads the list of the use case', () => {
    const doubt = [openCall(), openCall({ reference: referenceOf('BW-2') }), openCall({ phone: other })];
    expect(
      calls.lookUp.find(doubt).map((pull) => pull.request().url.replace(`${base}/calls?type=Outbound&`, '')),
    ).toEqual([
      'search=%2B13125550101&from=2026-11-23&sort=asc&limit=100&skip=0',
      'search=%2B13125550102&from=2026-11-23&sort=asc&limit=100&skip=0',
      `use_cases=${useCaseId}&from=2026-11-23&sort=asc&limit=100&skip=0`,
    ]);
    expect(calls.lookUp).toMatchObject({ complete: true, settleMs: 300_000 });
  });

  test('reads only the list of the use case where there are many numbers', () => {
    const doubt = Array.from({ length: 20 }, (_, n) => openCall({ phone: `+131255501${String(10 + n)}` as E164 }));
    expect(calls.lookUp.find(doubt).map(({ what }) => what)).toEqual(['calls']);
  });

  test('reads a wave since the day before, or everything', () => {
    const { wave } = calls.lookUp;
    if (!isAble(wave)) throw new Error('HappyRobot lists a whole wave');
    const [since] = wave(useCaseId, Date.UTC(2026, 10, 24, 0, 30));
    expect(since?.request().url).toContain(`use_cases=${useCaseId}&from=2026-11-23&`);
    expect(wave(useCaseId, 0)[0]?.request().url).not.toContain('from');
  });

  const [list] = calls.lookUp.find(
    Array.from({ length: 20 }, (_, n) => openCall({ phone: `+131255501${String(10 + n)}` as E164 })),
  );
  const page = (ids: readonly string[], count: unknown) => ({ calls: ids.map((id) => ({ ...item, id })), count });

  test('goes through all pages by what was seen, also where the server gives fewer than asked for', () => {
    const first = list?.answer(page(['a', 'b'], 5));
    expect(first).toMatchObject({ ids: ['a', 'b'], total: 5, next: '2/2' });
    expect(list?.request('2/2').url).toContain('&skip=2');
    // A server that repeats the last call of the page before.
    expect(list?.answer(page(['b', 'c', 'd'], 5), '2/2').next).toBe('4/2');
    expect(list?.answer(page(['e'], 5), '4/2').next).toBeUndefined();
    expect(list?.answer(page([], 5), '4/2').next).toBeUndefined();
    expect(list?.answer(page([], 0))).toEqual({ items: [], ids: [], total: 0 });
  });

  test('shows no call of another use case, whatever the server lists', () => {
    const listed = [
      { ...item, id: 'a', use_case: { id: useCaseId } },
      { ...item, id: 'b', use_case: { id: 'other' } },
    ];
    const [searched] = calls.lookUp.find([openCall()]);
    for (const pull of [list, searched]) {
      const found = pull?.answer({ calls: listed, count: 2 });
      expect(found).toMatchObject({ items: [{ callId: 'a' }], ids: ['a', 'b'], total: 2 });
    }
  });

  test.each([
    ['calls that are no list', { calls: {}, count: 0 }],
    ['no count', { calls: [] }],
    ['a count that is none', { calls: [], count: -1 }],
    ['a call without an id', { calls: [{}], count: 1 }],
    ['a call that is none', { calls: ['c-1'], count: 1 }],
    ['an envelope', { data: [] }],
  ])('takes a page with %s for unexpected', (_, body) => {
    expect(() => list?.answer(body)).toThrow(UnexpectedAnswer);
  });
});

test('stops a call by its id', () => {
  const { cancel } = calls;
  if (!isAble(cancel)) throw new Error('HappyRobot stops calls');
  expect(cancel.request({ callId: 'c-1' })).toEqual({ method: 'POST', url: `${base}/calls/c-1/stop` });
  expect(cancel.answer(undefined, { callId: 'c-1' })).toBeUndefined();
  expect(() => cancel.request({ batchId: 'b-1' })).toThrow('by its id');
});

test.each([
  [{ type: 'end', call: { id: 'c-1', status: 'Completed' } }, { callId: 'c-1' }],
  [{ type: 'start', call: { id: '' } }, undefined],
  [{ call: 'c-1' }, undefined],
  [null, undefined],
])('an event of a hook is about %j', (body, handle) => {
  const { event } = calls;
  if (!isAble(event)) throw new Error('HappyRobot posts events');
  expect(event.about(body)).toEqual(handle);
});
