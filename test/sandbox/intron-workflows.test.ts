import { describe, expect, test } from 'vitest';
import { clinic, convobot, reminder, voicebot } from './clinic.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('workflows', () => {
  test('answer in the documented envelope', async () => {
    const { ask } = clinic();
    const created = await ask('POST', '/workflows', {
      name: 'Clinic reminder',
      description: 'Day before',
      workflow_type: 'ROBOCALL',
      message: 'Hello [name]',
      include_reply: false,
      call_back_url: 'https://clinic.example/:callback',
    });
    expect(created).toEqual({
      status: 200,
      headers: { 'content-type': 'application/json', date: 'Tue, 24 Nov 2026 09:00:00 GMT' },
      body: {
        status: 'Ok',
        message: 'workflow created successfully',
        data: {
          id: expect.stringMatching(uuid),
          name: 'Clinic reminder',
          description: 'Day before',
          workflow_type: 'ROBOCALL',
          message: 'Hello [name]',
          include_reply: false,
          option_one: null,
          option_two: null,
          call_back_url: 'https://clinic.example/:callback',
        },
      },
    });
    const workflow = created.body['data'];
    const path = `/workflows/${String(Object(workflow).id)}`;
    expect((await ask('GET', path)).body).toEqual({
      status: 'Ok',
      message: 'workflow retrieved successfully',
      data: workflow,
    });
    expect((await ask('GET', '/workflows')).body).toEqual({
      status: 'Ok',
      message: 'workflows retrieved successfully',
      data: [workflow],
    });
    expect((await ask('PUT', path, { name: 'Reminder' })).body).toMatchObject({
      status: 'Ok',
      message: 'workflow updated successfully',
      data: { name: 'Reminder', message: 'Hello [name]', description: 'Day before' },
    });
    expect((await ask('DELETE', path)).body).toEqual({
      status: 'Ok',
      message: 'workflow deleted successfully',
      data: {},
    });
    expect((await ask('GET', '/workflows')).body['data']).toEqual([]);
  });

  test('keep a thousand, oldest first', async () => {
    const { workflow, ask } = clinic();
    const ids: string[] = [];
    for (let n = 0; n < 1_000; n += 1) ids.push(await workflow({ name: `Reminder ${String(n)}` }));
    const { data } = (await ask('GET', '/workflows')).body;
    expect(Array.isArray(data) && data.map(({ id }: { id: string }) => id)).toEqual(ids);
  });

  test('an update merges, and resets nothing', async () => {
    const { workflow, data } = clinic();
    const id = await workflow();
    expect(await data('PUT', `/workflows/${id}`, { option_two: null })).toEqual({
      ...reminder,
      id,
      description: null,
      call_back_url: null,
      option_two: null,
    });
  });

  test('a strict update resets what has a documented default', async () => {
    const { workflow, data } = clinic({ faults: 'strict-put' });
    const id = await workflow({ workflow_type: 'CONVERSATION' });
    expect(await data('PUT', `/workflows/${id}`, { name: 'Reminder' })).toMatchObject({
      name: 'Reminder',
      include_reply: false,
      workflow_type: 'ROBOCALL',
      option_one: 'Confirm',
    });
  });

  test('a dropped field stays as it was', async () => {
    const { workflow, data } = clinic({ faults: 'drop-field=message,drop-field=option_two' });
    const id = await workflow();
    expect(await data('GET', `/workflows/${id}`)).toMatchObject({
      message: '',
      option_one: 'Confirm',
      option_two: null,
    });
  });

  test.each([
    [{ name: 'Reminder', workflow_type: 'ROBOCALL' }, 'message is required'],
    [{ ...reminder, name: '' }, 'name must be a text that is not empty'],
    [{ ...reminder, workflow_type: 'SMS' }, 'workflow_type must be ROBOCALL or CONVERSATION'],
    [
      { ...reminder, include_reply: 'yes', option_one: 1 },
      'include_reply must be true or false, option_one must be a text',
    ],
    [[], 'the body is not an object'],
    ['{', 'the body is not JSON'],
    [undefined, 'the body is not an object'],
  ])('refuse what makes no workflow: %j', async (body, message) => {
    const { ask, workflow } = clinic();
    expect(await ask('POST', '/workflows', body)).toMatchObject({
      status: 400,
      body: { status: 'error', message, data: null },
    });
    if (!message.includes('required')) {
      expect(await ask('PUT', `/workflows/${await workflow()}`, body)).toMatchObject({
        status: 400,
        body: { message },
      });
    }
  });

  test.each(['GET', 'PUT', 'DELETE'])('are missing for %s when they are unknown', async (method) => {
    const { ask } = clinic();
    expect(await ask(method, '/workflows/550e8400-e29b-41d4-a716-446655440000', {})).toMatchObject({
      status: 404,
      body: { status: 'error', message: 'workflow not found' },
    });
  });
});

describe('paths and keys', () => {
  test.each([
    voicebot,
    convobot,
    'http://127.0.0.1:4010/voicebot/v1',
    'https://proxy.example/eu/v1',
    'http://127.0.0.1:4010',
  ])('reach one account below %s', async (base) => {
    const { workflow, ask } = clinic();
    const id = await workflow();
    expect(await ask('GET', `${base}/workflows/${id}/`)).toMatchObject({ status: 200 });
  });

  test('are those below one path alone, where the stand-in is told so', async () => {
    const { ask } = clinic({ basePath: '/voicebot/v1' });
    const at = (path: string): string => `http://127.0.0.1:4010${path}/workflows`;
    expect(await ask('GET', at('/voicebot/v1'))).toMatchObject({ status: 200 });
    for (const path of ['', '/v1', '/eu/voicebot/v1', '/voicebot/v1.1']) {
      expect(await ask('GET', at(path)), path).toMatchObject({ status: 404, body: { status: 'error' } });
    }
  });

  test('that are wrong are said to be', async () => {
    const { ask } = clinic();
    expect(await ask('GET', '/agents')).toMatchObject({ status: 404, body: { status: 'error' } });
    expect(await ask('PATCH', '/workflows/%zz')).toMatchObject({ status: 405, headers: { allow: 'GET, PUT, DELETE' } });
  });

  test.each([
    [undefined, {}, 401],
    [undefined, { authorization: 'Basic a' }, 401],
    [undefined, { authorization: 'Bearer ' }, 401],
    [undefined, { authorization: 'Bearer any' }, 200],
    ['right', { authorization: 'Bearer wrong' }, 401],
    ['right', { authorization: 'bearer right' }, 200],
  ])('with the key %j, %j has %i', async (apiKey, headers, status) => {
    const { http } = await import('../../src/sandbox/intron.ts').then(async ({ intronSandbox }) => {
      const { seededRandom } = await import('../../src/sandbox/seeded-random.ts');
      const { systemClock } = await import('../../src/system/clock.ts');
      return intronSandbox({
        clock: systemClock,
        random: seededRandom(1),
        ...(apiKey === undefined ? {} : { apiKey }),
      });
    });
    const request = { method: 'GET', url: `${voicebot}/workflows`, headers };
    expect(await http(request, new AbortController().signal)).toMatchObject({ kind: 'answered', status });
  });
});
