import { describe, expect, test } from 'vitest';
import { insurer, itemsOf, line, phoneOf, surveyor } from './insurer.ts';

const minute = 60_000;

describe('placing a call', () => {
  test('answers the whole conversation, queued, with the configuration as it holds', async () => {
    const { call, log } = insurer();
    const placed = await call(1);
    expect(placed).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{22}$/),
      uri: expect.stringMatching(/^\/conversations\//),
      type: 'outbound_phone_call',
      account_id: expect.any(String),
      status: 'queued',
      started_at: null,
      ended_at: null,
      agent_config: expect.objectContaining({
        prompt: surveyor['prompt'],
        max_duration_seconds: 600,
        metadata: { callplan_ref: 'cp1.e.r1.1' },
      }),
      agent_id: null,
      messages: [],
      phone_call: { provider: 'twilio', to_number: phoneOf(1), from_number: line },
      ended_reason: null,
      cost_breakdown: null,
    });
    expect(log.at(-1)).toMatchObject({ calls: [{ phone: phoneOf(1), call_id: placed['id'] }] });
  });

  test('by the id of an agent takes a copy of it, which no later change reaches', async () => {
    const { agent, ask, get } = insurer();
    const { id } = await agent();
    const placed = await ask('POST', '/conversations/create_phone_call', {
      from_number: line,
      to_number: phoneOf(1),
      agent_id: id,
    });
    expect(placed.body).toMatchObject({ agent_id: id, agent_config: { prompt: surveyor['prompt'] } });
    await ask('PATCH', `/agents/${String(id)}`, { prompt: 'Changed' });
    expect(await get(`/conversations/${String(placed.body['id'])}`)).toMatchObject({
      agent_config: { prompt: surveyor['prompt'] },
    });
  });

  test.each([
    [{ to_number: undefined }, 422],
    [{ from_number: 7 }, 422],
    [{ to_number: '5005550001' }, 422],
    [{ agent_config: { voice: { provider: 'parrot' } } }, 422],
    [{ agent_config: 'x' }, 422],
    [{ agent_config: null }, 400],
    [{ agent_config: null, agent_id: 'none' }, 404],
  ])('with %j is refused with %i', async (changes, status) => {
    const { ask, snapshot } = insurer();
    const body = { from_number: line, to_number: phoneOf(1), agent_config: surveyor, ...changes };
    expect((await ask('POST', '/conversations/create_phone_call', body)).status).toBe(status);
    expect(snapshot().calls).toEqual([]);
  });

  test('may have no object for a body, or no id in its answer', async () => {
    expect((await insurer().ask('POST', '/conversations/create_phone_call', [])).status).toBe(422);
    expect(await insurer({ faults: 'missing-entry' }).call(1)).not.toHaveProperty('id');
  });

  test('says where in the configuration something is wrong', async () => {
    const { ask } = insurer();
    const body = { from_number: line, to_number: phoneOf(1), agent_config: { prompt: 7 } };
    expect((await ask('POST', '/conversations/create_phone_call', body)).body).toMatchObject({
      detail: [{ loc: ['body', 'agent_config', 'prompt'] }],
    });
  });
});

describe('a conversation', () => {
  test('that is replied to begins, talks and ends with its price', async () => {
    const { call, get, pass } = insurer({ life: { shares: { replied: 1 } } });
    const path = `/conversations/${String((await call(1))['id'])}`;
    await pass(3_000);
    expect(await get(path)).toMatchObject({
      status: 'started',
      started_at: '2026-11-24T09:00:02Z',
      ended_at: null,
      messages: [{ role: 'agent', content: surveyor['initial_message'] }],
      cost_breakdown: null,
    });
    await pass(2 * minute);
    expect(await get(path)).toMatchObject({
      status: 'ended',
      ended_reason: 'agent_ended',
      messages: [{ role: 'agent' }, { role: 'user' }, { role: 'agent' }],
      cost_breakdown: { total: expect.any(Number), telephony: { provider: 'twilio', seconds: expect.any(Number) } },
    });
  });

  test.each([
    ['answered', { status: 'ended', ended_reason: 'user_ended', messages: [{ role: 'agent' }] }],
    ['voicemail', { status: 'ended', ended_reason: 'agent_ended', messages: [{}, { role: 'user' }, {}] }],
    ['no_answer', { status: 'ended', ended_reason: 'unknown', messages: [], started_at: null }],
    ['busy', { status: 'ended', ended_reason: 'unknown', messages: [], started_at: null }],
    ['failed', { status: 'ended', ended_reason: 'unknown', messages: [], cost_breakdown: { total: 0 } }],
  ] as const)('with the life %s ends so', async (ending, shown) => {
    const { call, get, pass } = insurer({ life: { shares: { [ending]: 1 } } });
    const path = `/conversations/${String((await call(1))['id'])}`;
    if (shown.messages.length === 0) {
      await pass(2_500);
      expect(await get(path)).toMatchObject({ status: 'queued', started_at: null });
    }
    await pass(2 * minute);
    expect(await get(path)).toMatchObject(shown);
  });

  test('of an agent that waits begins without a word', async () => {
    const { call, get, pass } = insurer({ life: { shares: { answered: 1 } } });
    const placed = await call(1, { agent_config: { ...surveyor, initial_message: null, voice: null } });
    await pass(2 * minute);
    expect(await get(`/conversations/${String(placed['id'])}`)).toMatchObject({
      messages: [],
      ended_reason: 'user_ended',
    });
  });

  test('is listed by status and by the time of its creation', async () => {
    const { call, get, pass } = insurer({ life: { shares: { replied: 1 } } });
    const first = await call(1);
    await pass(10 * minute);
    const second = await call(2);
    const ids = async (query: string) => itemsOf(await get(`/conversations?${query}`)).map(({ id }) => id);
    expect(await ids('')).toEqual([first['id'], second['id']]);
    expect(await ids('created_after=2026-11-24T09%3A05%3A00Z')).toEqual([second['id']]);
    expect(await ids('created_before=2026-11-24T09%3A05%3A00Z')).toEqual([first['id']]);
    expect(await ids('status=ended')).toEqual([first['id']]);
    expect(await ids('status=queued')).toEqual([second['id']]);
  });

  test('that is not there is 404', async () => {
    expect(await insurer().ask('GET', '/conversations/none')).toEqual({
      status: 404,
      body: { detail: 'Conversation not found' },
    });
  });
});

describe('with a fault', () => {
  test('conversations stay out of listings, not out of sight', async () => {
    const { call, get, pass } = insurer({ faults: 'list-lag=10s' });
    const { id } = await call(1);
    expect(itemsOf(await get('/conversations'))).toEqual([]);
    expect(await get(`/conversations/${String(id)}`)).toMatchObject({ id });
    await pass(10_000);
    expect(itemsOf(await get('/conversations'))).toMatchObject([{ id }]);
  });

  test('metadata does not come back', async () => {
    const { call, get, snapshot } = insurer({ faults: 'no-echo,extra-fields' });
    expect(await call(1)).toMatchObject({ agent_config: { metadata: {} }, revision: 7 });
    expect(itemsOf(await get('/conversations'))).toMatchObject([{ agent_config: { metadata: {} } }]);
    expect(snapshot().calls).toMatchObject([{ agent_config: { metadata: { callplan_ref: 'cp1.e.r1.1' } } }]);
  });

  test('pages are short and say so', async () => {
    const { call, get } = insurer({ faults: 'page-cap=2' });
    for (const n of [1, 2, 3]) await call(n);
    const first = await get('/conversations?limit=100');
    expect([itemsOf(first).length, first['has_more']]).toEqual([2, true]);
    const second = await get('/conversations?limit=100&index=2');
    expect([itemsOf(second).length, second['has_more']]).toEqual([1, false]);
  });

  test('a call ends with a status that is in no list, and clocks differ', async () => {
    const { call, get, pass } = insurer({ faults: 'unknown-status=100%,clock-skew=60s' });
    const { id } = await call(1);
    await pass(2 * minute);
    expect(await get(`/conversations/${String(id)}`)).toMatchObject({ status: 'transferred' });
    expect(itemsOf(await get('/conversations?created_after=2026-11-24T09%3A00%3A30Z'))).toHaveLength(1);
  });

  test('a refusal says why in detail', async () => {
    const { ask } = insurer({ faults: 'refuse=100%' });
    const told = await ask('POST', '/conversations/create_phone_call', { to_number: phoneOf(1) });
    expect(told).toMatchObject({ status: 400, body: { detail: expect.stringContaining(phoneOf(1)) } });
  });
});
