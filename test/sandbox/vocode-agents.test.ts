import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/model/json.ts';
import { callBack, roofer } from './roofer.ts';
import { strayOf } from './vocode-documented.ts';

const other = '1c2b7f5e-3b1a-4c9d-8f6e-2a9d0b7c4e11';

const voices: readonly JsonObject[] = [
  { type: 'voice_azure', voice_name: 'en-US-AriaNeural', pitch: 5 },
  { type: 'voice_rime', speaker: 'young_male_unmarked-1', model_id: 'mist' },
  { type: 'voice_eleven_labs', voice_id: 'v', api_key: 'sk-made-up', stability: 0.4 },
  { type: 'voice_play_ht', voice_id: 'v', version: '1', quality: 'high' },
  { type: 'voice_vocode', voice_id: 'joe' },
];

const actions: readonly JsonObject[] = [
  { type: 'action_transfer_call', config: { phone_number: '15550100150' } },
  {
    type: 'action_end_conversation',
    action_trigger: {
      type: 'action_trigger_phrase_based',
      config: { phrase_triggers: [{ phrase: 'goodbye', conditions: ['phrase_condition_type_contains'] }] },
    },
  },
  { type: 'action_dtmf' },
  { type: 'action_add_to_conference', config: { phone_number: '15550100150' } },
  { type: 'action_set_hold', config: {} },
  {
    type: 'action_external',
    config: {
      name: 'book',
      description: 'Books a visit',
      url: 'https://roofs.example/visits',
      input_schema: { type: 'object' },
      speak_on_send: true,
      speak_on_receive: false,
    },
  },
];

const whole: JsonObject = {
  ...callBack,
  prompt: {
    content: 'Hello ${first_name}',
    collect_fields: [{ field_type: 'field_type_email', label: 'Email', name: 'email' }],
    prompt_template: other,
  },
  actions,
  webhook: { subscriptions: ['event_phone_call_ended'], url: 'https://roofs.example/vocode' },
  vector_database: { type: 'vector_database_pinecone', index: 'roofs', api_key: 'made-up', api_environment: 'us' },
  openai_account_connection: other,
  llm_fallback: { provider: 'azure', model_name: 'gpt-4o-mini' },
  deepgram_keywords: { inverter: 1.5 },
  idle_time_seconds: 30,
  llm_temperature: 0.3,
};

describe('an agent', () => {
  test.each(voices)('comes expanded as documented, and as uuids in the listing: $type', async (voice) => {
    const { ask } = roofer();
    const made = await ask('POST', '/agents/create', { ...whole, voice });
    expect(made.status).toBe(200);
    expect(strayOf(made.body, 'Agent')).toEqual([]);
    expect(made.body).toMatchObject({ name: 'Lead call-back', voice, llm_temperature: 0.3, language: 'en' });
    expect(await ask('GET', `/agents?id=${String(made.body['id'])}`)).toEqual(made);
    const { body } = await ask('GET', '/agents/list');
    expect(strayOf(body, 'AgentPage')).toEqual([]);
    expect(body).toMatchObject({ total: 1, page: 1, size: 10, has_more: false, total_is_estimated: false });
    expect(body['items']).toMatchObject([{ voice: (made.body['voice'] as JsonObject)['id'] }]);
  });

  test('keeps what an update leaves out or says as {}, and takes null and values', async () => {
    const { ask } = roofer();
    const { body: before } = await ask('POST', '/agents/create', { ...whole, initial_message: 'Hello' });
    const path = `/agents/update?id=${String(before['id'])}`;
    const { body } = await ask('POST', path, { initial_message: null, language: {}, noise_suppression: true });
    expect(strayOf(body, 'Agent')).toEqual([]);
    expect(body).toEqual({ ...before, initial_message: null, noise_suppression: true });
  });

  test('has its temperature for good', async () => {
    const { ask, agent } = roofer();
    const before = await agent({ llm_temperature: 0.3 });
    const { body } = await ask('POST', `/agents/update?id=${String(before['id'])}`, { llm_temperature: 0.9 });
    expect(body).toEqual(before);
  });

  test('that is updated with fields of its voice changes the voice that it points to, for others too', async () => {
    const { ask, agent } = roofer();
    const { body: voice } = await ask('POST', '/voices/create', voices[0]);
    const [one, two] = [await agent({ voice: voice['id'] }), await agent({ voice: voice['id'] })];
    const update = { voice: { type: 'voice_azure', rate: 30 } };
    const { body } = await ask('POST', `/agents/update?id=${String(one['id'])}`, update);
    expect(body['voice']).toEqual({ ...voice, rate: 30 });
    expect((await ask('GET', `/agents?id=${String(two['id'])}`)).body['voice']).toEqual({ ...voice, rate: 30 });
  });

  test('points elsewhere by a uuid, and nowhere by null', async () => {
    const { ask, agent } = roofer();
    const { id } = await agent({ webhook: other });
    const { body } = await ask('POST', `/agents/update?id=${String(id)}`, { voice: other, webhook: null });
    expect(body).toMatchObject({ voice: { id: other }, webhook: null });
    expect(strayOf(body, 'Agent')).toEqual([]);
  });

  test('gets actions by uuid and with fields in one list', async () => {
    const { ask } = roofer();
    const { body: before } = await ask('POST', '/agents/create', { ...callBack, actions: actions.slice(0, 2) });
    const [transfer] = before['actions'] as readonly JsonObject[];
    const update = { actions: [transfer?.['id'], { type: 'action_dtmf' }, other] };
    const { body } = await ask('POST', `/agents/update?id=${String(before['id'])}`, update);
    expect(body['actions']).toMatchObject([transfer, { type: 'action_dtmf', config: {} }, { id: other }]);
    expect(strayOf(body, 'Agent')).toEqual([]);
  });

  test('of which a field is dropped has not got it', async () => {
    const { agent } = roofer({ faults: 'drop-field=name,drop-field=voice' });
    expect(await agent()).toMatchObject({ name: null, voice: { type: 'voice_azure' } });
  });
});

describe('a body that is not as documented', () => {
  const created = (fields: JsonObject): readonly [string, unknown] => ['/agents/create', { ...callBack, ...fields }];
  test.each([
    ['no prompt', ...created({ prompt: undefined }), ['body', 'prompt'], 'missing'],
    ['no voice', ...created({ voice: undefined }), ['body', 'voice'], 'missing'],
    ['a name that is a number', ...created({ name: 7 }), ['body', 'name'], 'string_type'],
    ['a flag that is text', ...created({ noise_suppression: 'yes' }), ['body', 'noise_suppression'], 'bool_type'],
    ['a word that is not known', ...created({ language: 'xx' }), ['body', 'language'], 'enum'],
    ['a list that is none', ...created({ actions: 'all' }), ['body', 'actions'], 'list_type'],
    ['text that is no uuid', ...created({ webhook: 'mine' }), ['body', 'webhook'], 'uuid_parsing'],
    ['null where there is none', ...created({ language: null }), ['body', 'language'], 'enum'],
    ['a voice of no type', ...created({ voice: { voice_name: 'x' } }), ['body', 'voice', 'type'], 'union_tag_invalid'],
    [
      'a keyword without weight',
      ...created({ deepgram_keywords: { roof: 'much' } }),
      ['body', 'deepgram_keywords', 'roof'],
      'float_type',
    ],
    ['no object', '/agents/create', [], ['body'], 'model_attributes_type'],
    [
      'a call without a number',
      '/calls/create',
      { agent: other, from_number: '15550100199' },
      ['body', 'to_number'],
      'missing',
    ],
    [
      'a context of numbers',
      '/calls/create',
      { agent: other, from_number: '15550100199', to_number: '12125550101', context: { a: 1 } },
      ['body', 'context', 'a'],
      'string_type',
    ],
  ] as const)('is answered 422: %s', async (_, path, body, loc, type) => {
    const { ask, snapshot } = roofer();
    const answer = await ask('POST', path, body);
    expect(answer.status).toBe(422);
    expect(strayOf(answer.body, 'HTTPValidationError')).toEqual([]);
    expect(answer.body['detail']).toMatchObject([{ loc, type }]);
    expect(snapshot()).toEqual({ resources: [], calls: [] });
  });

  test('of an update is another type of voice, an action without its type, and half a webhook where there is none', async () => {
    const { ask, agent } = roofer();
    const { id } = await agent();
    const update = async (body: unknown): Promise<unknown> =>
      (await ask('POST', `/agents/update?id=${String(id)}`, body)).body['detail'];
    expect(await update({ voice: { type: 'voice_vocode', voice_id: 'joe' } })).toMatchObject([
      { loc: ['body', 'voice', 'type'] },
    ]);
    expect(await update({ actions: [{ config: {} }] })).toMatchObject([{ loc: ['body', 'actions', 0, 'type'] }]);
    expect(await update({ webhook: { method: 'GET' } })).toMatchObject([
      { loc: ['body', 'webhook', 'subscriptions'] },
      { loc: ['body', 'webhook', 'url'] },
    ]);
  });

  test.each(['/agents', '/voices', '/calls'])('is an id of %s that is none, or that nobody has', async (path) => {
    const { ask } = roofer();
    expect((await ask('GET', path)).body['detail']).toMatchObject([{ loc: ['query', 'id'], type: 'missing' }]);
    expect((await ask('GET', `${path}?id=x`)).body['detail']).toMatchObject([{ type: 'uuid_parsing' }]);
    expect((await ask('GET', `${path}?id=${other}`)).status).toBe(404);
    expect((await ask('GET', `${path}/list?page=0`)).status).toBe(422);
  });
});

describe('objects on their own', () => {
  test.each([
    ['prompts', { content: 'Hello' }, { content: 'Bye' }, 'Prompt'],
    ['voices', voices[2], { type: 'voice_eleven_labs', stability: null }, 'ElevenLabsVoice'],
    [
      'actions',
      actions[0],
      { type: 'action_transfer_call', config: { phone_number: '15550100151' } },
      'TransferCallAction',
    ],
    ['webhooks', whole['webhook'], { method: 'GET' }, 'Webhook'],
    [
      'vector_databases',
      whole['vector_database'],
      { type: 'vector_database_pinecone', index: 'b' },
      'PineconeVectorDatabase',
    ],
  ])('are made, read, listed and updated: %s', async (kind, fields, change, type) => {
    const { ask } = roofer();
    const { body: made } = await ask('POST', `/${kind}/create`, fields);
    expect(strayOf(made, type)).toEqual([]);
    const { body: changed } = await ask('POST', `/${kind}/update?id=${String(made['id'])}`, change);
    expect(changed).toEqual({ ...made, ...change });
    expect((await ask('GET', `/${kind}?id=${String(made['id'])}`)).body).toEqual(changed);
    expect((await ask('GET', `/${kind}/list`)).body['items']).toEqual([changed]);
    expect((await ask('POST', `/${kind}/update?id=${String(made['id'])}`, 'x')).status).toBe(422);
    expect((await ask('POST', `/${kind}/create`, 'x')).status).toBe(422);
  });

  test('are never deleted', async () => {
    const { ask, agent } = roofer();
    const { id } = await agent();
    expect((await ask('DELETE', `/agents?id=${String(id)}`)).status).toBe(405);
  });
});
