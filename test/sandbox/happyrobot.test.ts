import { describe, expect, test } from 'vitest';
import { happyrobotSandbox } from '../../src/sandbox/happyrobot.ts';
import type { JsonObject } from '../../src/model/json.ts';
import type { Ending } from '../../src/sandbox/life.ts';
import { seededRandom } from '../../src/sandbox/seeded-random.ts';
import { virtualClock } from '../../src/system/virtual-clock.ts';
import { broker, driver, phoneOf, useCaseId } from './broker.ts';

const path = `/use-cases/${useCaseId}`;
const replies = { shares: { replied: 1 } };
const minute = 60_000;

/** As usecases/get-use-case shows them, in its order. */
const documented = `
  id organization_id name transfer_number extract_with_ai classification_tags language detailed_work_hours work_start
  work_end timezone generic_after_hours_message enable_detailed_work_hours keywords hooks params amd amd_behavior
  amd_messages sample_labels hidden evaluation_models max_duration_mins recorded_message_inbound
  recorded_message_outbound show_original_caller_id disable_end_call_after_n_reminders model`
  .trim()
  .split(/\s+/);

describe('a use case', () => {
  test('is there from the start, with every field of the page', async () => {
    const { ask } = broker();
    const { status, body } = await ask('GET', path);
    expect(status).toBe(200);
    expect(Object.keys(Object(body))).toEqual(documented);
    expect((await ask('GET', '/use-cases/none')).status).toBe(404);
    expect((await ask('POST', '/use-cases', {})).status).toBe(404);
    expect((await ask('DELETE', path)).status).toBe(405);
  });

  test('is there by an id of its own, where no campaign names one', async () => {
    const { snapshot } = happyrobotSandbox({ clock: virtualClock(0), random: seededRandom(1) });
    expect(snapshot().resources).toMatchObject([{ id: '5a4db0000000000000000001' }]);
  });

  test('keeps what a PATCH leaves out, and ids as they are', async () => {
    const { ask, snapshot } = broker();
    const { body } = await ask('PATCH', path, { name: 'Check call', id: 'other', language: 'es-MX' });
    expect(body).toMatchObject({ id: useCaseId, name: 'Check call', language: 'es-MX', amd: true });
    expect(snapshot().resources).toEqual([body]);
  });

  test('of the older generation has one hook', async () => {
    const { ask } = broker({ resource: { id: useCaseId, fields: { hook: null } } });
    const hook = { url: 'https://freight.example/hook' };
    expect((await ask('PATCH', path, { hooks: [hook] })).body).toMatchObject({ hook: null });
    const { body } = await ask('PATCH', path, { hook });
    expect(body).toMatchObject({ hook });
    expect(body).not.toHaveProperty('hooks');
  });

  test.each<[JsonObject, string]>([
    [{ language: 'xx' }, 'language must be one of en-US'],
    [{ max_duration_mins: 0 }, 'max_duration_mins must be a whole number of minutes'],
    [{ hooks: {} }, 'hooks must be a list'],
    [{ amd: 'yes' }, 'amd must be true or false'],
  ])('refuses %j', async (fields, words) => {
    const { status, body } = await broker().ask('PATCH', path, fields);
    expect(status).toBe(400);
    expect(Object(body)['error']).toContain(words);
  });

  test('loses what the fault names, and shows what no page does', async () => {
    const { ask } = broker({ faults: 'drop-field=name,extra-fields' });
    const { body } = await ask('PATCH', path, { name: 'Renamed', amd: false });
    expect(body).toMatchObject({ name: 'Made in the dashboard', amd: false, status_code: 7 });
    expect((await ask('PATCH', path, [])).status).toBe(400);
    expect((await ask('PATCH', '/use-cases/none', {})).status).toBe(404);
  });
});

describe('placing a call', () => {
  test('answers the call without a status, and what was sent under metadata.custom', async () => {
    const { ask } = broker();
    const { status, body } = await ask('POST', '/dial/outbound', driver(1));
    expect(status).toBe(200);
    expect(body).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{24}$/),
      organization_id: expect.any(String),
      metadata: {
        call_sid: expect.any(String),
        from: '+13125550100',
        to: phoneOf(1),
        recording_sid: null,
        tags: [],
        custom: { callplan_ref: 'cp1.e.r1.1' },
      },
      use_case: expect.objectContaining({ id: useCaseId }),
      params: { driver: 'Rosa' },
      created: '2026-11-24T15:00:00Z',
    });
  });

  test.each<[JsonObject, number, string]>([
    [{ number_id: 'short' }, 400, 'number_id must be an id of 24 characters'],
    [{ phone_number: '3125550101' }, 400, 'phone_number must be a phone number'],
    [{ use_case_id: '65f2c01e9a4b7d3308e1ffff' }, 404, 'use case not found'],
    [{ language: 'fr-CA' }, 400, 'language must be one of'],
    [{ scheduled_for: '2026-11-24T09:00:00-06:00' }, 400, 'scheduled_for must be an ISO 8601 time in UTC'],
    [{ max_duration_mins: '6' }, 400, 'max_duration_mins must be a whole number'],
    [{ metadata: 'load' }, 400, 'metadata must be an object'],
    [{ model: 'Slow' }, 400, 'model must be one of'],
  ])('refuses %j', async (more, status, words) => {
    const { ask, snapshot } = broker();
    const answer = await ask('POST', '/dial/outbound', driver(1, more));
    expect(answer).toMatchObject({ status, body: { error: expect.stringContaining(words), statusCode: status } });
    expect(snapshot().calls).toEqual([]);
  });

  test('needs a number to call from, and an object', async () => {
    const { ask } = broker();
    const { number_id: _number, ...rest } = driver(1);
    expect((await ask('POST', '/dial/outbound', rest)).status).toBe(400);
    expect((await ask('POST', '/dial/outbound', [driver(1)])).status).toBe(400);
    expect((await ask('POST', '/dial/outbound-batched', driver(1))).status).toBe(400);
  });

  test('places a list in its order, or nobody of it', async () => {
    const { ask, snapshot } = broker();
    const { body } = await ask('POST', '/dial/outbound-batched', [driver(2), driver(1)]);
    expect(body).toMatchObject([{ metadata: { to: phoneOf(2) } }, { metadata: { to: phoneOf(1) } }]);
    const refused = await ask('POST', '/dial/outbound-batched', [driver(3), driver(4, { number_id: 7 })]);
    expect(refused).toMatchObject({ status: 400, body: { error: expect.stringMatching(/^\[1\]: number_id/) } });
    expect(snapshot().calls).toHaveLength(2);
  });

  test('answers without an id, or with an entry less, by that fault', async () => {
    const { ask } = broker({ faults: 'missing-entry' });
    expect((await ask('POST', '/dial/outbound', driver(1))).body).not.toHaveProperty('id');
    expect((await ask('POST', '/dial/outbound-batched', [driver(1), driver(2)])).body).toHaveLength(1);
  });

  test('shows nothing of what was sent, by that fault', async () => {
    const { ask } = broker({ faults: 'no-echo' });
    const { body } = await ask('POST', '/dial/outbound', driver(1));
    expect(body).toMatchObject({ metadata: { custom: {} }, params: {} });
  });
});

describe('the life of a call', () => {
  const statusesOf = async (ending: Ending, changes: JsonObject = {}, more: JsonObject = {}) => {
    const { ask, call, pass } = broker({ life: { numbers: { [phoneOf(1)]: ending } } });
    await ask('PATCH', path, changes);
    const id = await call(1, more);
    const seen: string[] = [];
    for (const waitMs of [0, 2_000, 2 * minute, 60 * minute]) {
      await pass(waitMs);
      seen.push(String(Object((await ask('GET', `/calls/${id}`)).body)['status']));
    }
    return seen;
  };

  test.each<[Ending, readonly string[]]>([
    ['replied', ['Queued', 'In progress', 'Completed', 'Completed']],
    ['answered', ['Queued', 'In progress', 'Completed', 'Completed']],
    ['no_answer', ['Queued', 'Ringing', 'No answer', 'No answer']],
    ['busy', ['Queued', 'Ringing', 'Busy', 'Busy']],
    ['failed', ['Queued', 'Ringing', 'Failed', 'Failed']],
    ['voicemail', ['Queued', 'In progress', 'AMD Terminated', 'AMD Terminated']],
  ])('%s goes through %j', async (ending, statuses) => {
    expect(await statusesOf(ending)).toEqual(statuses);
  });

  test('tells a machine from a person only where the use case asks for it', async () => {
    expect((await statusesOf('voicemail', { amd: false })).at(-1)).toBe('Completed');
    expect((await statusesOf('voicemail', { amd_behavior: 'Continue' })).at(-1)).toBe('Completed');
  });

  test('waits for the time it is scheduled for', async () => {
    const more = { scheduled_for: '2026-11-24T15:30:00Z' };
    expect(await statusesOf('replied', {}, more)).toEqual(['Scheduled', 'Scheduled', 'Scheduled', 'Completed']);
  });

  test('ends with a status of no list, by that fault', async () => {
    const { ask, call, pass } = broker({ faults: 'unknown-status', life: replies });
    const id = await call(1);
    await pass(5 * minute);
    expect((await ask('GET', `/calls/${id}`)).body).toMatchObject({ status: 'Escalated' });
  });

  test('has a class and values for who replies, as the use case asks for them', async () => {
    const { ask, call, pass } = broker({ life: { numbers: { [phoneOf(1)]: 'replied', [phoneOf(2)]: 'answered' } } });
    await ask('PATCH', path, {
      classification_tags: [{ name: 'late', description: 'Late' }],
      extract_with_ai: [
        { name: 'eta', description: 'When', type: 'string', example: '16:30' },
        { name: 'city', description: 'Where', type: 'string' },
      ],
    });
    const ids = [await call(1), await call(2)];
    const told = async (id: string | undefined) => (await ask('GET', `/calls/${String(id)}`)).body;
    expect(await told(ids[0])).toMatchObject({ extraction: null, classification: null, duration: null });
    await pass(5 * minute);
    expect(await told(ids[0])).toMatchObject({
      extraction: { eta: '16:30', city: 'as the recipient said' },
      classification: { tag: 'late', reasoning: 'The recipient said so.' },
      duration: expect.any(Number),
    });
    expect(await told(ids[1])).toMatchObject({ extraction: null, classification: null });
  });

  test('is canceled by a stop, and one that is over stays as it ended', async () => {
    const { ask, call, pass } = broker({ life: replies });
    const first = await call(1);
    expect((await ask('POST', `/calls/${first}/stop`)).body).toMatchObject({ id: first, status: 'Canceled' });
    const second = await call(2);
    await pass(5 * minute);
    expect((await ask('POST', `/calls/${second}/stop`)).body).toMatchObject({ status: 'Completed' });
    expect((await ask('GET', `/calls/${first}`)).body).toMatchObject({ status: 'Canceled', extraction: null });
    expect((await ask('POST', '/calls/none/stop')).status).toBe(404);
    expect((await ask('GET', '/calls/none')).status).toBe(404);
  });
});

describe('the list of calls', () => {
  test('has no envelope, the newest first', async () => {
    const { ask, call, pass } = broker();
    const first = await call(1, { agent_id: '65f2c01e9a4b7d3308e1f6d2', language: 'es-MX' });
    await pass(1_000);
    const second = await call(2);
    const { body } = await ask('GET', '/calls');
    expect(body).toMatchObject({
      calls: [
        { id: second, agent: null, language: 'en-US' },
        {
          id: first,
          agent: { id: '65f2c01e9a4b7d3308e1f6d2' },
          language: 'es-MX',
          type: 'Outbound',
          provider: 'Twilio',
        },
      ],
      count: 2,
      currentPage: 1,
    });
  });

  test('is filtered by what it is asked for', async () => {
    const { call, list, pass } = broker({ life: { ...replies, numbers: { [phoneOf(2)]: 'busy' } } });
    const a = await call(1, { campaign_id: 'c-1' });
    const b = await call(2, { use_case_id: useCaseId });
    await pass(24 * 60 * minute);
    const c = await call(3);
    const idsOf = async (query: string) => (await list(`?sort=asc&${query}`)).ids;
    expect(await idsOf('type=Outbound')).toEqual([a, b, c]);
    expect(await idsOf('type=Inbound')).toEqual([]);
    expect(await idsOf(`use_cases=${useCaseId},other`)).toEqual([a, b, c]);
    expect(await idsOf('use_cases=other')).toEqual([]);
    expect(await idsOf('campaigns=c-1')).toEqual([a]);
    expect(await idsOf('statuses=Busy,No%20answer')).toEqual([b]);
    expect(await idsOf(`search=${encodeURIComponent(phoneOf(3))}`)).toEqual([c]);
    expect(await idsOf(`search=${phoneOf(3)}`)).toEqual([]);
    expect(await idsOf('from=2026-11-25')).toEqual([c]);
    expect(await idsOf('to=2026-11-24T15:00:00Z')).toEqual([a, b]);
  });

  test.each(['limit=0', 'limit=x', 'skip=-1', 'from=yesterday'])('refuses %s', async (query) => {
    expect((await broker().ask('GET', `/calls?${query}`)).status).toBe(400);
  });

  test('is given in parts, with the faults of lists', async () => {
    const setting = { faults: 'page-cap=2,duplicate-items,total-off' };
    const { call, list } = broker(setting);
    const ids = [await call(1), await call(2), await call(3)];
    expect(await list('?sort=asc&limit=100')).toEqual({ ids: ids.slice(0, 2), count: 4 });
    expect(await list('?sort=asc&limit=100&skip=2')).toEqual({ ids: ids.slice(1), count: 4 });
  });

  test('lacks for a while what was placed a moment ago, by that fault', async () => {
    const { ask, call, list, pass } = broker({ faults: 'list-lag=2s,echo-requests-only' });
    const id = await call(1);
    expect(await list()).toEqual({ ids: [], count: 0 });
    expect((await ask('GET', `/calls/${id}`)).body).toMatchObject({ id, metadata: { custom: {} } });
    await pass(2_000);
    expect((await list()).ids).toEqual([id]);
  });
});
