import { describe, expect, test } from 'vitest';
import { insurer, itemsOf, surveyor } from './insurer.ts';

describe('an agent', () => {
  test('is answered bare, with the defaults and what the server adds', async () => {
    const made = await insurer().agent({ metadata: { team: 'renewals' } });
    expect(made).toEqual({
      ...surveyor,
      language_model: {
        provider: 'openai',
        credential_id: null,
        model: 'gpt-4o',
        tools: [],
        temperature: 0,
        max_tokens: 300,
      },
      voice: {
        provider: 'playht',
        credential_id: null,
        model: 'susan',
        speed: 1,
        temperature: null,
        text_guidance: null,
        style_guidance: null,
      },
      transcriber: {
        provider: 'deepgram',
        credential_id: null,
        model: 'nova-2-phonecall',
        language: 'en',
        keywords: [],
      },
      max_duration_seconds: 600,
      webhooks: [],
      hooks: [],
      metadata: { team: 'renewals' },
      id: expect.stringMatching(/^[0-9a-f]{22}$/),
      uri: expect.stringMatching(/^\/agents\//),
      account_id: expect.any(String),
      created_at: '2026-11-24T09:00:00Z',
      updated_at: '2026-11-24T09:00:00Z',
    });
  });

  test('may say nothing of itself, and have no limit', async () => {
    const { ask } = insurer();
    expect((await ask('POST', '/agents', {})).body).toMatchObject({
      prompt: null,
      voice: null,
      max_duration_seconds: 600,
    });
    expect((await ask('POST', '/agents', { max_duration_seconds: null })).body['max_duration_seconds']).toBeNull();
  });

  test.each([
    [
      { provider: 'elevenlabs', voice_id: 'v' },
      { stability: 0.5, optimize_latency: 3, use_speaker_boost: false },
    ],
    [
      { provider: 'azure', model: 'en-GB' },
      { pitch: 0, rate: 0 },
    ],
    [{ provider: 'deepgram', model: 'aura' }, { credential_id: null }],
    [
      { provider: 'rime', speaker: 'lagoon' },
      { speed_alpha: 1, reduce_latency: false },
    ],
  ])('may have the voice %j of the SDK', async (voice, defaults) => {
    expect((await insurer().agent({ voice }))['voice']).toEqual(expect.objectContaining({ ...voice, ...defaults }));
  });

  test('is read, listed a page at a time, and deleted', async () => {
    const { agent, ask, get } = insurer();
    const [first, second, third] = [await agent(), await agent(), await agent()];
    expect(await get(`/agents/${String(second['id'])}`)).toEqual(second);
    expect(await get('/agents?index=1&limit=2')).toEqual({ items: [first, second], index: 1, has_more: true });
    expect(await get('/agents?index=2&limit=2')).toEqual({ items: [third], index: 2, has_more: false });
    expect(await get('/agents?index=9')).toEqual({ items: [], index: 9, has_more: false });
    expect(await ask('DELETE', `/agents/${String(second['id'])}`)).toEqual({ status: 200, body: second });
    expect(itemsOf(await get('/agents'))).toEqual([first, third]);
    for (const method of ['GET', 'PATCH', 'DELETE']) {
      expect(await ask(method, `/agents/${String(second['id'])}`, {})).toMatchObject({
        status: 404,
        body: { detail: 'Agent not found' },
      });
    }
  });

  test('is updated in the parts that are named, each whole', async () => {
    const { agent, ask, pass } = insurer();
    const made = await agent({ metadata: { team: 'renewals', owner: 'Ada' }, max_duration_seconds: 240 });
    await pass(5_000);
    const voice = { provider: 'playht', model: 'oliver', speed: 1.5 };
    const changed = await ask('PATCH', `/agents/${String(made['id'])}`, { voice, metadata: { team: 'claims' } });
    expect(changed.body).toEqual({
      ...made,
      voice: { ...voice, credential_id: null, temperature: null, text_guidance: null, style_guidance: null },
      metadata: { team: 'claims' },
      updated_at: '2026-11-24T09:00:05Z',
    });
  });

  test('loses its duration under strict-put where an update leaves it out', async () => {
    const { agent, ask } = insurer({ faults: 'strict-put' });
    const path = `/agents/${String((await agent({ max_duration_seconds: 240 }))['id'])}`;
    expect((await ask('PATCH', path, { prompt: 'x' })).body['max_duration_seconds']).toBe(600);
    expect((await ask('PATCH', path, { max_duration_seconds: null })).body['max_duration_seconds']).toBeNull();
  });

  test('does not keep a field that is dropped, and shows more than is documented', async () => {
    const made = await insurer({ faults: 'drop-field=voice,extra-fields' }).agent();
    expect(made['voice']).toBeNull();
    expect(made['revision']).toBe(7);
  });

  test('that is named from the start is there', async () => {
    const { get } = insurer({ resource: { id: 'agt_1', fields: {} } });
    expect(await get('/agents/agt_1')).toMatchObject({ id: 'agt_1', prompt: expect.any(String) });
  });
});

describe('a body', () => {
  test.each([
    [{ prompt: 7 }, ['body', 'prompt'], 'type_error.str'],
    [{ max_duration_seconds: 1.5 }, ['body', 'max_duration_seconds'], 'type_error.integer'],
    [{ max_duration_seconds: '600' }, ['body', 'max_duration_seconds'], 'type_error.number'],
    [{ metadata: { team: 7 } }, ['body', 'metadata', 'team'], 'type_error.str'],
    [{ metadata: null }, ['body', 'metadata'], 'type_error.dict'],
    [{ voice: { provider: 'playht', model: 'susan', speed: 6 } }, ['body', 'voice', 'speed'], 'value_error.number'],
    [{ voice: { provider: 'parrot' } }, ['body', 'voice', 'provider'], 'type_error.enum'],
    [{ voice: 'susan' }, ['body', 'voice'], 'type_error.dict'],
    [{ voice: { provider: 'playht' } }, ['body', 'voice', 'model'], 'value_error.missing'],
    [
      { language_model: { provider: 'openai', model: 'gpt-4o', temperature: 3 } },
      ['body', 'language_model', 'temperature'],
      'value_error.number',
    ],
    [
      {
        language_model: {
          provider: 'openai',
          model: 'm',
          tools: [{ type: 'function', function: { name: 'x'.repeat(64) } }],
        },
      },
      ['body', 'language_model', 'tools', 0, 'function', 'name'],
      'value_error.any_str.max_length',
    ],
    [{ webhooks: {} }, ['body', 'webhooks'], 'type_error.list'],
    [
      { webhooks: [{ events: ['tea'], url: 'https://a', method: 'POST' }] },
      ['body', 'webhooks', 0, 'events', 0],
      'type_error.enum',
    ],
    [{ webhooks: ['x'] }, ['body', 'webhooks', 0], 'type_error.dict'],
    [
      { hooks: [{ events: [], instructions: [{ instruction: 'sing' }] }] },
      ['body', 'hooks', 0, 'instructions', 0, 'instruction'],
      'type_error.enum',
    ],
    [
      { voice: { provider: 'rime', speaker: 's', reduce_latency: 'yes' } },
      ['body', 'voice', 'reduce_latency'],
      'type_error.bool',
    ],
  ])('%j is refused at its place', async (body, loc, type) => {
    const { ask } = insurer();
    const told = await ask('POST', '/agents', body);
    expect(told).toEqual({ status: 422, body: { detail: [{ loc, msg: expect.any(String), type }] } });
  });

  test('is told all that is wrong with it, and left without what is not known', async () => {
    const { ask, agent } = insurer();
    expect((await ask('POST', '/agents', { prompt: 7, hooks: 7 })).body['detail']).toHaveLength(2);
    expect((await ask('POST', '/agents', ['x'])).status).toBe(422);
    expect(await agent({ nickname: 'Bo' })).not.toHaveProperty('nickname');
  });

  test.each(['index=0', 'limit=x', 'created_after=yesterday'])('a listing with %s is refused', async (query) => {
    expect((await insurer().ask('GET', `/agents?${query}`)).status).toBe(422);
  });
});
