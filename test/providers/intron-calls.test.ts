import { describe, expect, test } from 'vitest';
import type { E164 } from '../../src/model/recipient.ts';
import { printReference, recipientTag, waveTag } from '../../src/model/reference.ts';
import type { Fields } from '../../src/model/value.ts';
import { UnexpectedAnswer, type Call, type OpenCall } from '../../src/providers/contract.ts';
import { intron } from '../../src/providers/intron/index.ts';

const base = 'https://voicebot.intron.health/voicebot/v1';
const account = intron.open({ statuses: { timeout: 'no_answer', HUNG_UP: 'failed', ODD: 'neither' } });
const { calls } = account;
const robocall: Fields = { workflow_type: 'ROBOCALL', message: 'Hello [name], come at [time]' };
const conversation: Fields = { workflow_type: 'CONVERSATION', message: 'Hello {{name}}' };
const phone = '+2348031234567' as E164;
const reference = referenceOf('A1');

function referenceOf(key: string): string {
  const address = { campaign: 'clinic-reminders', environment: 'default' };
  return printReference({ wave: waveTag(address, 'w1'), recipient: recipientTag(address, 'w1', key), n: 1 });
}

function call(changes: Partial<Call> = {}): Call {
  return {
    resourceId: 'w-1',
    phone,
    reference,
    variables: { name: 'Ada', time: '09:30', clinic: 'Garki' },
    options: {},
    ...changes,
  };
}

function openCall(changes: Partial<OpenCall> = {}): OpenCall {
  return { phone, reference, resourceId: 'w-1', intentMs: 0, ...changes };
}

function page(items: readonly unknown[], total = items.length): unknown {
  return { status: 'Ok', message: 'retrieved', data: { items, total, page: 1, per_page: 100 } };
}

describe('placing', () => {
  test('sends a robocall nested, with our reference beside own tags and only the names of the message', () => {
    const options = { tts_voice_accent: 'pidgin', user_tag_identifiers: { customer_id: 'CUST001' } };
    const request = calls.place.request({ calls: [call({ options })], resource: robocall });
    expect(request).toEqual({
      method: 'POST',
      url: `${base}/call`,
      body: {
        workflow_id: 'w-1',
        workflow_params: [
          {
            phone_number: phone,
            user_tag_identifiers: { customer_id: 'CUST001', callplan_ref: reference },
            workflow_variables: { name: 'Ada', time: '09:30' },
          },
        ],
        tts_voice_accent: 'pidgin',
      },
    });
  });

  test('sends a conversation flat and to the other host, tags as further variables', () => {
    const options = {
      user_tag_identifiers: { customer_id: 'CUST001', name: 'not this one' },
      tts_voice_gender: 'male',
    };
    const request = calls.place.request({ calls: [call({ options })], resource: conversation });
    expect(request).toEqual({
      method: 'POST',
      url: 'https://convobot.intron.health/voicebot/v1/call',
      body: {
        workflow_id: 'w-1',
        workflow_params: [{ customer_id: 'CUST001', name: 'Ada', phone_number: phone, callplan_ref: reference }],
        tts_voice_gender: 'male',
      },
    });
  });

  test('sends numbers and booleans as text, and nothing for a name without a value', () => {
    const request = calls.place.request({ calls: [call({ variables: { name: 7 } })], resource: robocall });
    expect(request.body).toMatchObject({ workflow_params: [{ workflow_variables: { name: '7' } }] });
  });

  test('takes the batch id for every call', () => {
    const input = { calls: [call(), call({ phone: '+2348030000002' })], resource: robocall };
    const body = { status: 'success', message: 'batch request created successfully', data: { batch_id: 'b-1' } };
    expect(calls.place.answer(body, input)).toEqual([{ batchId: 'b-1' }, { batchId: 'b-1' }]);
  });

  test.each([{}, { batch_id: '' }, { batch_id: 5 }, null])('has no handle from %j', (data) => {
    const input = { calls: [call()], resource: robocall };
    expect(calls.place.answer({ status: 'success', data }, input)).toEqual([undefined]);
  });

  test('refuses to put together what one request cannot hold', () => {
    const place =
      (...placed: readonly Call[]) =>
      () =>
        calls.place.request({ calls: placed, resource: robocall });
    expect(place()).toThrow('without calls');
    expect(place(call(), call({ resourceId: 'w-2' }))).toThrow('two workflows');
    expect(place(call(), call({ options: { tts_voice_gender: 'male' } }))).toThrow('tts_voice_gender');
  });

  test('lets no robocall be longer than the page allows, after substitution', () => {
    const fields = { ...robocall, message: `${'x'.repeat(3990)} [name]` };
    const check = (name: string, resource: Fields | undefined = fields) =>
      calls.checkCall({ phone, variables: { name }, options: {} }, resource);
    expect(check('123456789')).toBeUndefined();
    expect(check('1234567890')).toEqual({ code: 'ROW_MESSAGE_TOO_LONG', detail: '4001 of at most 4000 characters' });
    const lowered = { workflow_type: 'ROBOCALL', message: { $text: ['x'.repeat(3999), { variable: 'name' }] } };
    expect(check('12', lowered)?.code).toBe('ROW_MESSAGE_TOO_LONG');
    expect(check('', lowered)).toBeUndefined();
    expect(calls.checkCall({ phone, variables: {}, options: {} }, lowered)).toBeUndefined();
    expect(check('1234567890', { ...fields, workflow_type: 'CONVERSATION' })).toBeUndefined();
    expect(check('1234567890', { workflow_type: 'ROBOCALL' })).toBeUndefined();
    expect(check('1234567890', { ...robocall, message: null })).toBeUndefined();
    expect(calls.checkCall({ phone, variables: {}, options: {} }, undefined)).toBeUndefined();
  });

  test('takes no voice from a row that the pages do not name', () => {
    const check = (options: Fields, resource: Fields | undefined) =>
      calls.checkCall({ phone, variables: {}, options }, resource);
    const robot = { code: 'ROW_CALL_OPTION', detail: 'tts_voice_gender is one of male, female' };
    expect(check({ tts_voice_gender: 'robot' }, undefined)).toEqual(robot);
    expect(check({ tts_voice_gender: 'female', tts_voice_accent: 'igbo' }, robocall)).toBeUndefined();
    expect(check({ tts_voice_accent: 'igbo' }, { workflow_type: 'CONVERSATION' })).toEqual({
      code: 'ROW_CALL_OPTION',
      detail: 'tts_voice_accent is one of pidgin, english',
    });
    expect(check({ tts_voice_accent: 'pidgin' }, { workflow_type: 'CONVERSATION' })).toBeUndefined();
  });
});

describe('following', () => {
  test('asks once for each batch, and by number where the batch is not known', () => {
    const pulls = calls.follow([
      openCall({ handle: { batchId: 'b-1' } }),
      openCall({ handle: { batchId: 'b-1' }, phone: '+2348030000002' as E164 }),
      openCall({ handle: { batchId: 'b-2' } }),
      openCall({ handle: { callId: 'c-9' } }),
    ]);
    expect(pulls.map((pull) => pull.request().url)).toEqual([
      `${base}/workflows/w-1/calls?page=1&per_page=100&batch_id=b-1`,
      `${base}/workflows/w-1/calls?page=1&per_page=100&batch_id=b-2`,
      `${base}/workflows/w-1/calls?page=1&per_page=100&phone_number=%2B2348031234567`,
    ]);
    expect(pulls.map(({ what }) => what)).toEqual(['calls of one batch', 'calls of one batch', 'calls to one number']);
  });

  test('goes through all pages, also where the server gives fewer items than asked for', () => {
    const [pull] = calls.follow([openCall({ handle: { batchId: 'b-1' } })]);
    const items = (ids: readonly string[]) => ids.map((id) => ({ id, phone_number: phone, status: 'QUEUED' }));
    const first = pull?.answer(page(items(['c-1', 'c-2']), 3));
    expect(first).toMatchObject({ ids: ['c-1', 'c-2'], total: 3, next: '2/2' });
    expect(pull?.request(first?.next).url).toContain('?page=2&per_page=100&');
    const last = pull?.answer(page(items(['c-3']), 3), first?.next);
    expect(last?.ids).toEqual(['c-3']);
    expect(last?.next).toBeUndefined();
    expect(pull?.answer(page([], 3), '2/2').next).toBeUndefined();
  });

  test.each([
    ['items that are no list', { items: {}, total: 0 }],
    ['no total', { items: [] }],
    ['a total that is no count', { items: [], total: -1 }],
    ['an item without an id', { items: [{ phone_number: phone }], total: 1 }],
    ['an item without a number', { items: [{ id: 'c-1' }], total: 1 }],
    ['a time that is no text', { items: [{ id: 'c-1', phone_number: phone, created_at: 5 }], total: 1 }],
  ])('takes a page with %s for unexpected', (_, data) => {
    const [pull] = calls.follow([openCall({ handle: { batchId: 'b-1' } })]);
    expect(() => pull?.answer({ status: 'Ok', data })).toThrow(UnexpectedAnswer);
  });
});

describe('a call of the listing', () => {
  const item = {
    id: 'c-1',
    batch_id: 'b-1',
    status: 'COMPLETED',
    phone_number: phone,
    user_tag_identifiers: { callplan_ref: reference },
    call_result_duration: 45,
    call_result_options_selected: '1',
    created_at: '2024-03-20T10:30:05Z',
  };

  function sighted(changes: Readonly<Record<string, unknown>>) {
    const [pull] = calls.follow([openCall({ handle: { batchId: 'b-1' } })]);
    return pull?.answer(page([{ ...item, ...changes }])).items[0];
  }

  test('says everything that the page shows', () => {
    expect(sighted({})).toEqual({
      callId: 'c-1',
      batchId: 'b-1',
      phone,
      reference,
      createdMs: Date.UTC(2024, 2, 20, 10, 30, 5),
      status: 'COMPLETED',
      outcome: 'answered',
      reply: { option: '1' },
      seconds: 45,
    });
  });

  test('that is under way has no outcome, and nothing but its ids may be there', () => {
    const nothing = { call_result_duration: null, call_result_options_selected: null, created_at: null };
    const sighting = sighted({ ...nothing, status: 'RINGING', batch_id: null, user_tag_identifiers: null });
    expect(sighting).toEqual({ callId: 'c-1', phone, status: 'RINGING' });
    expect(sighted({ ...nothing, status: undefined })).not.toHaveProperty('outcome');
  });

  test.each([
    ['TIMEOUT', 'no_answer'],
    ['Timeout', 'no_answer'],
    ['HUNG_UP', 'failed'],
    ['completed', 'answered'],
    ['ODD', undefined],
    ['PROCESSED', undefined],
  ])('with status %s ended as %s', (status, outcome) => {
    expect(sighted({ status })?.outcome).toBe(outcome);
  });

  test('takes a status of the file over its own', () => {
    const own = intron.open({ statuses: { COMPLETED: 'unknown' } });
    const [pull] = own.calls.follow([openCall({ handle: { batchId: 'b-1' } })]);
    expect(pull?.answer(page([item])).items[0]?.outcome).toBe('unknown');
  });

  test('takes only a reference of ours for one, wherever it comes back', () => {
    expect(sighted({ user_tag_identifiers: { callplan_ref: 'theirs' } })).not.toHaveProperty('reference');
    expect(sighted({ user_tag_identifiers: {}, callplan_ref: reference })?.reference).toBe(reference);
    expect(sighted({ user_tag_identifiers: {}, workflow_variables: { callplan_ref: reference } })?.reference).toBe(
      reference,
    );
  });

  test('may have its option as a number and its time without a zone', () => {
    expect(sighted({ call_result_options_selected: 2 })?.reply).toEqual({ option: '2' });
    expect(sighted({ call_result_options_selected: '' })).not.toHaveProperty('reply');
    expect(sighted({ created_at: '2024-03-20T10:30:05' })).not.toHaveProperty('createdMs');
  });
});

describe('looking up', () => {
  test('reads the requests and the calls to each number', () => {
    const pulls = calls.lookUp.find([openCall(), openCall(), openCall({ resourceId: 'w-2' })]);
    expect(pulls.map((pull) => pull.request().url.replace(base, ''))).toEqual([
      '/workflows/w-1/requests?page=1&per_page=100',
      '/workflows/w-1/calls?page=1&per_page=100&phone_number=%2B2348031234567',
      '/workflows/w-2/requests?page=1&per_page=100',
      '/workflows/w-2/calls?page=1&per_page=100&phone_number=%2B2348031234567',
    ]);
  });

  test('reads all calls at once where there are many numbers', () => {
    const doubt = Array.from({ length: 20 }, (_, index) =>
      openCall({ phone: `+23480312345${String(10 + index)}` as E164 }),
    );
    expect(calls.lookUp.find(doubt).map(({ what }) => what)).toEqual(['requests', 'calls']);
  });

  test('reads everything of a workflow for a wave', () => {
    const { wave } = calls.lookUp;
    if ('cannot' in wave) throw new Error('Intron lists a whole wave');
    expect(wave('w-1', 0).map(({ what }) => what)).toEqual(['requests', 'calls']);
  });

  test('sees each entry of a request, nested or flat, without a status', () => {
    const [requests] = calls.lookUp.find([openCall()]);
    const other = referenceOf('A2');
    const item = {
      id: 'b-1',
      status: 'COMPLETED',
      input_parameters: {
        tts_voice_accent: 'en-US',
        workflow_params: [
          {
            phone_number: phone,
            user_tag_identifiers: { callplan_ref: reference },
            workflow_variables: { name: 'Ada' },
          },
          { phone_number: '+2348030000002', name: 'Ben', callplan_ref: other },
        ],
      },
      created_at: '2024-03-20T10:30:00Z',
    };
    const createdMs = Date.UTC(2024, 2, 20, 10, 30);
    expect(requests?.answer(page([item]))).toEqual({
      ids: ['b-1'],
      total: 1,
      items: [
        { batchId: 'b-1', phone, reference, createdMs },
        { batchId: 'b-1', phone: '+2348030000002', reference: other, createdMs },
      ],
    });
  });

  test('is complete, and settles after five minutes', () => {
    expect(calls.lookUp).toMatchObject({ complete: true, settleMs: 300_000 });
    expect(calls.followUp).toEqual({ everyMs: 15_000, forMs: 7_200_000 });
    expect(calls).toMatchObject({ batch: 100, perSecond: 5 });
    expect(calls.cancel).toHaveProperty('cannot');
  });
});

describe('a reply', () => {
  const resource = { option_one: 'Confirm', option_two: null };

  test.each([
    [{ option: '1' }, { option: '1', label: 'Confirm' }],
    [{ option: '2' }, { option: '2' }],
    [{ option: '3' }, { option: '3' }],
    [{ option: 'constructor' }, { option: 'constructor' }],
    [{}, {}],
  ])('%j is called %j', (reply, labelled) => {
    expect(calls.labelReply(reply, resource)).toEqual(labelled);
  });
});
