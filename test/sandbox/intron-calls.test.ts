import { describe, expect, test } from 'vitest';
import { clinic, convobot, itemsOf, patient, patients, phoneOf, voicebot } from './clinic.ts';

const replies = { shares: { replied: 1 } };

describe('placing calls', () => {
  test('answers with a batch id and nothing else', async () => {
    const { workflow, ask } = clinic();
    const placed = await ask('POST', '/call', { workflow_id: await workflow(), workflow_params: patients(2) });
    expect(placed).toMatchObject({ status: 200 });
    expect(placed.body).toEqual({
      status: 'success',
      message: 'batch request created successfully',
      data: { batch_id: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    });
  });

  test('says the message with the variables in it', async () => {
    const { workflow, data, snapshot } = clinic();
    const workflow_id = await workflow();
    await data('POST', '/call', { workflow_id, workflow_params: [patient(1)] });
    expect(snapshot().calls).toMatchObject([
      {
        workflow_id,
        phone_number: phoneOf(1),
        message: 'Hello Amaka, see you on 24 November. Press 1 to confirm, 2 to cancel.',
        user_tag_identifiers: { callplan_ref: 'cp1.e.r1.1' },
        workflow_variables: { name: 'Amaka', date: '24 November' },
        status: 'QUEUED',
      },
    ]);
  });

  test('takes the flat shape, whose variables come back with the request only', async () => {
    const { workflow, data } = clinic();
    const id = await workflow({ workflow_type: 'CONVERSATION', message: 'Hello {{ name }}' });
    const entry = { phone_number: phoneOf(1), name: 'Amaka', callplan_ref: 'cp1.e.r.1' };
    await data('POST', `${convobot}/call`, { workflow_id: id, workflow_params: [entry], tts_voice_accent: 'english' });
    const [request] = itemsOf(await data('GET', `/workflows/${id}/requests`));
    expect(request?.['input_parameters']).toEqual({
      tts_voice_accent: 'english',
      tts_voice_gender: 'female',
      workflow_params: [entry],
    });
    expect(itemsOf(await data('GET', `/workflows/${id}/calls`))).toMatchObject([{ user_tag_identifiers: {} }]);
  });

  test.each([
    ['ROBOCALL', `${voicebot}/call`, 200],
    ['ROBOCALL', `${voicebot}/robocall/call`, 200],
    ['ROBOCALL', `${voicebot}/convobot/call`, 400],
    ['ROBOCALL', `${convobot}/call`, 400],
    ['CONVERSATION', `${convobot}/call`, 200],
    ['CONVERSATION', `${voicebot}/convobot/call`, 200],
    ['CONVERSATION', `${voicebot}/call`, 400],
    ['ROBOCALL', 'http://127.0.0.1:4010/voicebot/v1/call', 200],
    ['CONVERSATION', 'http://127.0.0.1:4010/voicebot/v1/call', 200],
  ])('a %s through %s has %i', async (workflow_type, url, status) => {
    const { workflow, ask } = clinic();
    const workflow_id = await workflow({ workflow_type, message: 'Hello' });
    expect(await ask('POST', url, { workflow_id, workflow_params: [{ phone_number: phoneOf(1) }] })).toMatchObject({
      status,
    });
  });

  test.each([
    [{ workflow_params: patients(1) }, 400, 'workflow_id is required'],
    [{ workflow_id: 'none', workflow_params: patients(1) }, 404, 'workflow not found'],
    [{}, 400, 'workflow_params must be a list with entries'],
    [{ workflow_params: [] }, 400, 'workflow_params must be a list with entries'],
    [{ workflow_params: ['x'] }, 400, 'workflow_params[0]: is not an object'],
    [{ workflow_params: [patient(1), {}] }, 400, 'workflow_params[1]: phone_number is required'],
    [
      { workflow_params: [{ phone_number: '08030000001' }] },
      400,
      'workflow_params[0]: phone_number 08030000001 is not a phone number',
    ],
    [
      { workflow_params: [{ ...patient(1), workflow_variables: {} }] },
      400,
      'workflow_params[0]: there is no value for name, date',
    ],
    [
      { workflow_params: [{ ...patient(1), workflow_variables: { name: {} } }] },
      400,
      'workflow_params[0]: variables must be texts',
    ],
    [
      { workflow_params: [{ ...patient(1), user_tag_identifiers: 'x' }] },
      400,
      'workflow_params[0]: user_tag_identifiers must be an object of texts',
    ],
    [
      { workflow_params: [{ ...patient(1), workflow_variables: { name: 'a'.repeat(4_000), date: '' } }] },
      400,
      'workflow_params[0]: the message has more than 4000 characters',
    ],
    [{ workflow_params: patients(1), tts_voice_gender: 'any' }, 400, 'tts_voice_gender must be male or female'],
    [{ workflow_params: patients(1), tts_voice_accent: 7 }, 400, 'tts_voice_accent must be pidgin or english'],
    ['{"workflow_id":', 400, 'the body is not JSON'],
  ])('refuses %j', async (body, status, message) => {
    const { workflow, ask, snapshot, log } = clinic();
    const workflow_id = await workflow();
    const sent = typeof body === 'string' || message.startsWith('workflow_id') ? body : { workflow_id, ...body };
    expect(await ask('POST', '/call', sent)).toMatchObject({ status, body: { status: 'error', message } });
    expect(snapshot()).toMatchObject({ requests: [], calls: [] });
    expect(log.at(-1)).not.toHaveProperty('calls');
  });

  test('takes five requests a second, and says when to come back', async () => {
    const { workflow, ask, pass } = clinic({ callsPerSecond: 5 });
    const body = { workflow_id: await workflow(), workflow_params: patients(100) };
    const place = async (): Promise<number> => (await ask('POST', '/call', body)).status;
    for (let n = 0; n < 5; n += 1) expect(await place()).toBe(200);
    expect(await ask('POST', '/call', body)).toMatchObject({ status: 429, headers: { 'retry-after': '1' } });
    await pass(200);
    expect([await place(), await place()]).toEqual([200, 429]);
    await pass(60_000);
    for (let n = 0; n < 5; n += 1) expect(await place()).toBe(200);
    expect(await place()).toBe(429);
    expect(await ask('GET', '/workflows')).toMatchObject({ status: 200 });
  });
});

describe('the life of a call', () => {
  test('is queued, in progress, and over', async () => {
    const { workflow, data, pass } = clinic({ life: { shares: { replied: 1 }, talkMs: [30_000, 30_000] } });
    const workflow_id = await workflow();
    const { batch_id } = await data('POST', '/call', { workflow_id, workflow_params: [patient(1)] });
    const call = async (): Promise<unknown> => itemsOf(await data('GET', `/workflows/${workflow_id}/calls`))[0];
    const request = async (): Promise<unknown> =>
      itemsOf(await data('GET', `/workflows/${workflow_id}/requests`))[0]?.['status'];
    const open = {
      id: expect.any(String),
      batch_id,
      phone_number: phoneOf(1),
      user_tag_identifiers: { callplan_ref: 'cp1.e.r1.1' },
      call_result_duration: null,
      call_result_options_selected: null,
      created_at: '2026-11-24T09:00:00Z',
    };
    expect(await call()).toEqual({ ...open, status: 'QUEUED' });
    await pass(2_000);
    expect(await call()).toEqual({ ...open, status: 'IN_PROGRESS' });
    expect(await request()).toBe('IN_PROGRESS');
    await pass(30_000);
    expect(await call()).toEqual({
      ...open,
      status: 'COMPLETED',
      call_result_duration: 30,
      call_result_options_selected: expect.stringMatching(/^[12]$/),
    });
    expect(await request()).toBe('COMPLETED');
  });

  test('is over at once where calls last no time', async () => {
    const { workflow, data } = clinic({ callMs: 0, life: replies });
    const workflow_id = await workflow();
    await data('POST', '/call', { workflow_id, workflow_params: patients(3) });
    const calls = itemsOf(await data('GET', `/workflows/${workflow_id}/calls`));
    expect(calls.map(({ status }) => status)).toEqual(['COMPLETED', 'COMPLETED', 'COMPLETED']);
  });

  test('follows the script of its number, call by call', async () => {
    const numbers = { [phoneOf(1)]: ['no_answer', 'busy', 'replied'], [phoneOf(2)]: 'failed' } as const;
    const { workflow, data, snapshot, pass } = clinic({ life: { ...replies, numbers } });
    const workflow_id = await workflow({ option_two: null });
    for (let n = 0; n < 4; n += 1) {
      await data('POST', '/call', { workflow_id, workflow_params: [patient(1), patient(2)] });
    }
    await pass(120_000);
    const statuses = snapshot().calls.map(({ status, call_result_options_selected: option }) => [status, option]);
    expect(statuses.filter((_, index) => index % 2 === 0)).toEqual([
      ['TIMEOUT', null],
      ['BUSY', null],
      ['COMPLETED', '1'],
      ['COMPLETED', '1'],
    ]);
    expect(statuses.filter((_, index) => index % 2 === 1)).toEqual(Array.from({ length: 4 }, () => ['FAILED', null]));
  });

  test('chooses no option where there is none', async () => {
    const { workflow, data, snapshot } = clinic({ callMs: 0, life: replies });
    const workflow_id = await workflow({ include_reply: false });
    await data('POST', '/call', { workflow_id, workflow_params: patients(20) });
    expect(snapshot().calls.every((call) => call['call_result_options_selected'] === null)).toBe(true);
  });

  test('goes on without its workflow', async () => {
    const { workflow, data, ask, snapshot, pass } = clinic({ life: replies });
    const workflow_id = await workflow();
    await data('POST', '/call', { workflow_id, workflow_params: patients(1) });
    await ask('DELETE', `/workflows/${workflow_id}`);
    await pass(120_000);
    expect(snapshot().calls).toMatchObject([{ status: 'COMPLETED' }]);
    expect(await ask('GET', `/workflows/${workflow_id}/calls`)).toMatchObject({ status: 404 });
  });
});

describe('listings', () => {
  test('come in pages, oldest first, and are empty beyond the end', async () => {
    const { workflow, data } = clinic();
    const id = await workflow();
    await data('POST', '/call', { workflow_id: id, workflow_params: patients(15) });
    await data('POST', '/call', { workflow_id: id, workflow_params: patients(8, 16) });
    const phones = async (query: string): Promise<readonly unknown[]> =>
      itemsOf(await data('GET', `/workflows/${id}/calls${query}`)).map((call) => call['phone_number']);
    const all = Array.from({ length: 23 }, (_, index) => phoneOf(index + 1));
    expect(await phones('')).toEqual(all.slice(0, 10));
    expect(await phones('?page=3')).toEqual(all.slice(20));
    expect(await phones('?page=4')).toEqual([]);
    expect(await phones('?per_page=1000')).toEqual(all);
    const page = await data('GET', `/workflows/${id}/calls?page=2&per_page=22`);
    expect(page).toMatchObject({ total: 23, page: 2, per_page: 22 });
    expect(itemsOf(page)).toHaveLength(1);
    expect(await data('GET', `/workflows/${id}/requests?per_page=1&page=2`)).toMatchObject({
      total: 2,
      page: 2,
      per_page: 1,
    });
  });

  test.each(['page=0', 'page=-1', 'per_page=x', 'per_page=', 'page=1.5'])('refuse %s', async (query) => {
    const { workflow, ask } = clinic();
    expect(await ask('GET', `/workflows/${await workflow()}/calls?${query}`)).toMatchObject({ status: 400 });
  });

  test('are filtered by batch, number and status', async () => {
    const { workflow, data, pass } = clinic({ life: { numbers: { [phoneOf(1)]: 'busy' }, shares: { replied: 1 } } });
    const id = await workflow();
    const first = await data('POST', '/call', { workflow_id: id, workflow_params: patients(2) });
    const second = await data('POST', '/call', { workflow_id: id, workflow_params: patients(3) });
    await pass(5_000);
    const count = async (query: string): Promise<unknown> =>
      (await data('GET', `/workflows/${id}/calls?per_page=1&${query}`))['total'];
    expect(await count(`batch_id=${String(first['batch_id'])}`)).toBe(2);
    expect(await count(`batch_id=${String(second['batch_id'])}&phone_number=${encodeURIComponent(phoneOf(3))}`)).toBe(
      1,
    );
    expect(await count('batch_id=none')).toBe(0);
    expect(await count(`phone_number=${encodeURIComponent(phoneOf(1))}`)).toBe(2);
    expect(await count('status=BUSY')).toBe(2);
    expect(await count(`status=IN_PROGRESS&batch_id=${String(second['batch_id'])}`)).toBe(2);
    expect(await count('status=busy')).toBe(0);
  });

  test('take a bare plus for a space, and so find nobody', async () => {
    const { workflow, data } = clinic();
    const id = await workflow();
    await data('POST', '/call', { workflow_id: id, workflow_params: patients(1) });
    expect(await data('GET', `/workflows/${id}/calls?phone_number=${phoneOf(1)}`)).toMatchObject({ total: 0 });
  });

  test('belong to one workflow', async () => {
    const { workflow, data } = clinic();
    const id = await workflow();
    await data('POST', '/call', { workflow_id: id, workflow_params: patients(1) });
    expect(await data('GET', `/workflows/${await workflow()}/calls`)).toMatchObject({ items: [], total: 0 });
  });

  test('of requests have the sums of their calls', async () => {
    const numbers = { [phoneOf(1)]: 'no_answer', [phoneOf(2)]: 'answered', [phoneOf(3)]: 'replied' } as const;
    const { workflow, data, pass } = clinic({ life: { numbers, talkMs: [20_000, 20_000] } });
    const id = await workflow();
    const stats = async (): Promise<unknown> => (await data('GET', `/workflows/${id}/requests`))['stats'];
    const none = {
      total_calls: 0,
      completed_calls: 0,
      timeout_calls: 0,
      replied_calls: 0,
      avg_duration: 0,
      success_rate: 0,
    };
    expect(await stats()).toEqual(none);
    await data('POST', '/call', { workflow_id: id, workflow_params: patients(3) });
    expect(await stats()).toEqual({ ...none, total_calls: 3 });
    await pass(25_000);
    const talked = {
      total_calls: 3,
      completed_calls: 2,
      timeout_calls: 0,
      replied_calls: 1,
      avg_duration: 20,
      success_rate: 66.7,
    };
    expect(await stats()).toEqual(talked);
    await pass(60_000);
    expect(await stats()).toEqual({ ...talked, timeout_calls: 1 });
    expect(await stats()).toEqual({ ...talked, timeout_calls: 1 });
  });

  test('carry five thousand requests without slowing down', async () => {
    const { workflow, data } = clinic();
    const id = await workflow();
    const before = performance.now();
    for (let n = 1; n <= 5_000; n += 1) {
      await data('POST', '/call', { workflow_id: id, workflow_params: [patient(n)] });
      await data('GET', `/workflows/${id}/calls?phone_number=${encodeURIComponent(phoneOf(n))}`);
    }
    expect(await data('GET', `/workflows/${id}/requests?page=500`)).toMatchObject({ total: 5_000 });
    expect(performance.now() - before).toBeLessThan(4_000);
  });
});
