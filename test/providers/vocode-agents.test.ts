import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { printMark } from '../../src/model/mark.ts';
import type { Live, Mark } from '../../src/model/plan.ts';
import type { Fields, Text } from '../../src/model/value.ts';
import { wireFields } from '../../src/plan/desired.ts';
import { isAble, UnexpectedAnswer } from '../../src/providers/contract.ts';
import { vocode } from '../../src/providers/vocode/index.ts';

const { resource } = vocode.open({});
const base = 'https://api.vocode.dev/v1/agents';
const mark: Mark = { address: 'lead-call-back/prod', applied: '0123456789abcdef' };
const id = '3c90c3cc-0d44-4b50-8888-8dd25736052a';
const user_id = '9f0c1e7a-5a2d-4f4b-8f5b-0a8e6d3c2b1f';
const other = '1c2b7f5e-3b1a-4c9d-8f6e-2a9d0b7c4e11';

const transfer = { type: 'action_transfer_call', config: { phone_number: '15550100150' } };
const trigger = { type: 'action_trigger_function_call', config: {} };

/** As the page shows one, expanded. */
const sample = {
  id,
  user_id,
  name: 'Lead call-back',
  prompt: { id: 'p-1', user_id, content: 'Hello ${first_name}', collect_fields: null, prompt_template: null },
  language: 'en',
  actions: [
    { id: 'a-1', user_id, ...transfer, action_trigger: trigger },
    { id: 'a-2', user_id, type: 'action_end_conversation', config: {}, action_trigger: trigger },
  ],
  voice: { id: 'v-1', user_id, type: 'voice_azure', voice_name: 'en-US-AriaNeural', pitch: 0, rate: 15 },
  initial_message: 'Good day',
  webhook: null,
  deepgram_keywords: { roof: 2, tile: 1 },
  llm_temperature: 0,
};

const live = resource.read.answer(sample, id);

describe('names in a prompt', () => {
  test('are printed as Vocode writes them', () => {
    expect(resource.print(['Hello ', { variable: 'first_name' }, '!'], {})).toBe('Hello ${first_name}!');
    expect(vocode.hasPlaceholder('costs $5 {or so}', {})).toBe(false);
    expect(vocode.hasPlaceholder('Hello ${name}', {})).toBe(true);
  });

  test('are found again: parse undoes print', () => {
    const name = fc.stringMatching(/^[^{}]+$/).map((variable) => ({ variable }));
    // A dollar before a placeholder would still be text, two texts in a row would come back as one.
    const words = fc.stringMatching(/^[A-Za-z .,{}]+$/);
    const text: fc.Arbitrary<Text> = fc.array(fc.tuple(words, name), { maxLength: 4 }).map((pairs) => pairs.flat());
    fc.assert(
      fc.property(text, (parts) => {
        expect(resource.parse(resource.print(parts, {}), {})).toEqual(parts);
      }),
    );
  });

  test('of any text are kept: print undoes parse', () => {
    const bits = fc.constantFrom('$', '{', '}', '${', '${name}', '${ name }', 'Hello');
    fc.assert(
      fc.property(fc.array(fc.oneof(bits, fc.string())), (parts) => {
        expect(resource.print(resource.parse(parts.join(''), {}), {})).toBe(parts.join(''));
      }),
    );
  });

  test('and those that a template requires are what a live agent asks for', () => {
    const asked = (prompt: Fields): readonly string[] => resource.placeholders({ id, fields: { prompt } });
    expect(asked({ content: '${ name } ${topic} ${name}' })).toEqual(['name', 'topic']);
    const prompt_template = { id: other, required_context_keys: ['topic', 'city', 7] };
    expect(asked({ content: '${topic}', prompt_template })).toEqual(['topic', 'city']);
    expect(asked({ id: other })).toEqual([]);
    expect(resource.placeholders({ id, fields: {} })).toEqual([]);
  });
});

describe('an agent', () => {
  test('is read expanded, without what nobody declares', () => {
    expect(live).toEqual({
      id,
      fields: {
        name: 'Lead call-back',
        prompt: { id: 'p-1', content: 'Hello ${first_name}', collect_fields: null, prompt_template: null },
        language: 'en',
        actions: [
          { id: 'a-1', ...transfer, action_trigger: trigger },
          { id: 'a-2', type: 'action_end_conversation', config: {}, action_trigger: trigger },
        ],
        voice: { id: 'v-1', type: 'voice_azure', voice_name: 'en-US-AriaNeural', pitch: 0, rate: 15 },
        initial_message: 'Good day',
        webhook: null,
        deepgram_keywords: { roof: 2, tile: 1 },
        llm_temperature: 0,
      },
    });
    expect(resource.read.request(id)).toEqual({ method: 'GET', url: `${base}?id=${id}` });
    expect(resource.read.answer({ ...sample, revision: 7 }, id)).toEqual(live);
  });

  test('is read without the secret that Vocode makes up for an action', () => {
    const config = { name: 'book', signature_secret: 'c2VjcmV0' };
    const { fields } = resource.read.answer({ ...sample, actions: [{ type: 'action_external', config }] }, id);
    expect(JSON.stringify(fields)).not.toContain('c2VjcmV0');
  });

  test.each<readonly [string | null, string | null]>([
    [`Lead call-back ${printMark(mark)}`, 'Lead call-back'],
    [printMark(mark), null],
    [
      `Leads ${printMark({ ...mark, address: 'a/b' })} ${printMark(mark)}`,
      `Leads ${printMark({ ...mark, address: 'a/b' })}`,
    ],
    [`${printMark(mark)} moved`, ' moved'],
  ])('shows its name without the mark: %s', (name, shown) => {
    expect(resource.read.answer({ ...sample, name }, id)).toMatchObject({ mark, fields: { name: shown } });
  });

  test.each<readonly [string | null | undefined, string | null | undefined]>([
    ['Lead call-back', 'Lead call-back'],
    ['Leads [callplan:1 broken]', 'Leads [callplan:1 broken]'],
    ['', null],
    [null, null],
    [undefined, undefined],
  ])('without a mark is nobody’s: %j', (name, shown) => {
    const { name: _name, ...nameless } = sample;
    const read = resource.read.answer(name === undefined ? nameless : { ...sample, name }, id);
    expect(read).not.toHaveProperty('mark');
    expect(read.fields['name']).toEqual(shown);
  });

  test('of the listing is not whole: uuids for what it points to, id and mark as they are', () => {
    if (!isAble(resource.list)) throw new Error('Vocode lists agents');
    const normalized = { ...sample, prompt: 'p-1', voice: 'v-1', actions: ['a-1'], name: `x ${printMark(mark)}` };
    const page = { items: [normalized], page: 1, size: 100, has_more: true, total: 2, total_is_estimated: false };
    expect(resource.list.whole).toBe(false);
    expect(resource.list.request()).toEqual({ method: 'GET', url: `${base}/list?page=1&size=100` });
    const read = resource.list.answer(page);
    expect(read).toMatchObject({ ids: [id], total: 2, next: '2', items: [{ id, mark }] });
    expect(read.items[0]?.fields).toMatchObject({
      prompt: { id: 'p-1' },
      voice: { id: 'v-1' },
      actions: [{ id: 'a-1' }],
    });
    expect(resource.list.request('2').url).toBe(`${base}/list?page=2&size=100`);
    expect(resource.list.answer({ ...page, has_more: false, total_is_estimated: true }, '2')).toEqual({
      items: read.items,
      ids: [id],
      isLast: true,
    });
  });

  test('is created with what is declared, uuids as uuids, and the mark at the end of its name', () => {
    if (!isAble(resource.create)) throw new Error('Vocode creates agents');
    const { request } = resource.create;
    const prompt = { content: 'Hello', prompt_template: other };
    const declared = { prompt, voice: other, actions: [transfer, other], webhook: null, name: 'Leads' };
    const fields = wireFields(declared, resource);
    expect(fields).toMatchObject({ prompt: { prompt_template: { id: other } }, voice: { id: other } });
    expect(request({ fields, mark })).toEqual({
      method: 'POST',
      url: `${base}/create`,
      body: { ...declared, name: `Leads ${printMark(mark)}` },
    });
    expect(request({ fields: { voice: other }, mark }).body).toMatchObject({ name: printMark(mark) });
    expect(request({ fields: { name: null }, mark }).body).toMatchObject({ name: printMark(mark) });
  });

  test('is never deleted, and cannot change its temperature nor the type of its voice', () => {
    expect(resource.remove).toEqual({ cannot: expect.stringContaining('delete') });
    expect(resource.fixed).toEqual(['llm_temperature', 'voice.type']);
    expect(resource.byHand({})).toEqual([expect.stringContaining('outbound calls')]);
  });
});

describe('an update', () => {
  function body(fields: Fields, of: Live = live): unknown {
    const request = resource.update.request({ id, live: of, fields: wireFields(fields, resource), mark });
    expect(request).toMatchObject({ method: 'POST', url: `${base}/update?id=${id}` });
    return request.body;
  }

  const name = `Lead call-back ${printMark(mark)}`;

  test.each<readonly [string, Fields, Fields]>([
    [
      'nothing that is live',
      { language: 'en', voice: { type: 'voice_azure', rate: 15 }, initial_message: 'Good day' },
      {},
    ],
    ['nothing that is the default', { noise_suppression: false, conversation_speed: 1, context_endpoint: null }, {}],
    ['a value', { noise_suppression: true }, { noise_suppression: true }],
    ['null', { initial_message: null }, { initial_message: null }],
    ['a new name', { name: 'Leads' }, { name: `Leads ${printMark(mark)}` }],
    ['no name', { name: null }, { name: printMark(mark) }],
    [
      'fields of the voice, with its type',
      { voice: { type: 'voice_azure', rate: 20 } },
      { voice: { type: 'voice_azure', rate: 20 } },
    ],
    ['another voice', { voice: other }, { voice: other }],
    ['nothing for the voice that is there', { voice: 'v-1' }, {}],
    ['a prompt', { prompt: { content: 'Bye' } }, { prompt: { content: 'Bye' } }],
    ['a webhook', { webhook: { url: 'https://a.example' } }, { webhook: { url: 'https://a.example' } }],
    ['a map that has a member less', { deepgram_keywords: { tile: 1 } }, { deepgram_keywords: { tile: 1 } }],
    [
      'a secret, which cannot be compared',
      { voice: { api_key: { $secret: '${env.K}' } } },
      { voice: { api_key: { $secret: '${env.K}' } } },
    ],
    ['nothing for actions that are there', { actions: [transfer, { type: 'action_end_conversation' }] }, {}],
    [
      'live actions by their ids',
      { actions: [{ type: 'action_end_conversation' }, transfer] },
      { actions: ['a-2', 'a-1'] },
    ],
    [
      'new actions whole',
      { actions: [transfer, { type: 'action_dtmf' }, other] },
      { actions: ['a-1', { type: 'action_dtmf' }, other] },
    ],
    ['each live action once', { actions: [transfer, transfer] }, { actions: ['a-1', transfer] }],
    ['no actions', { actions: [] }, { actions: [] }],
  ])('says %s', (_, fields, says) => {
    expect(body(fields)).toEqual({ name, ...says });
  });

  test('says no action by its id whose place another one takes with its fields, as that might change it', () => {
    const end = { type: 'action_end_conversation' };
    expect(body({ actions: [{ ...transfer, config: { phone_number: '15550100151' } }, transfer] })).toEqual({
      name,
      actions: [{ ...transfer, action_trigger: trigger, config: { phone_number: '15550100151' } }, transfer],
    });
    expect(body({ actions: [end] })).toEqual({ name, actions: ['a-2'] });
  });

  test('says what an action has that the file leaves out, unless another kind of action takes its place', () => {
    const config = { phone_number: '15550100150', place_primary_on_hold: true, note: null };
    const actions = [{ id: 'a-3', type: 'action_add_to_conference', config, action_trigger: null }];
    const now = { ...live, fields: { ...live.fields, actions } };
    const moved = { type: 'action_add_to_conference', config: { phone_number: '15550100151' } };
    expect(body({ actions: [moved] }, now)).toEqual({
      name,
      actions: [{ ...moved, config: { ...config, ...moved.config } }],
    });
    expect(body({ actions: [transfer] }, now)).toEqual({ name, actions: [transfer] });
  });

  test('says the schema of an action whole where a member of it is gone', () => {
    const config = { name: 'book', input_schema: { a: 1, b: 2 } };
    const actions = [{ id: 'a-3', type: 'action_external', config }];
    const now = { ...live, fields: { ...live.fields, actions } };
    const less = [{ type: 'action_external', config: { ...config, input_schema: { a: 1 } } }];
    expect(body({ actions: less }, now)).toEqual({ name, actions: less });
    expect(body({ actions: [{ type: 'action_external', config }] }, now)).toEqual({ name });
  });

  test('takes away what another kind of action had, and nothing else', () => {
    const left = (fields: Fields): unknown =>
      resource.written?.({ id, live, fields: wireFields(fields, resource), mark }) ?? {};
    expect(left({ prompt: { content: 'Bye' }, language: 'de', voice: other, webhook: null })).toEqual({
      prompt: { id: 'p-1', content: 'Bye', collect_fields: null, prompt_template: null },
      language: 'de',
    });
    const dial = { type: 'action_dtmf', config: {} };
    expect(left({ actions: [transfer, dial, other] })).toEqual({
      actions: [{ id: 'a-1', ...transfer, action_trigger: trigger }, { id: 'a-2', ...dial }, other],
    });
  });

  test('without a mark takes ours off and changes nothing else', () => {
    expect(resource.update.request({ id, live, fields: {} }).body).toEqual({ name: 'Lead call-back' });
    const nameless = { id, fields: { name: null } };
    expect(resource.update.request({ id, live: nameless, fields: {} }).body).toEqual({ name: null });
  });
});

describe('an answer', () => {
  const page = { items: [], page: 1, size: 10, has_more: false, total: 0, total_is_estimated: false };
  test.each([
    ['no object', []],
    ['no id', { ...sample, id: undefined }],
    ['a name that is a number', { ...sample, name: 7 }],
    ['text of ours', { ...sample, prompt: { $text: [] } }],
  ])('that is not as documented is not guessed at: %s', (_, answer) => {
    expect(() => resource.read.answer(answer, id)).toThrow(UnexpectedAnswer);
  });

  test.each([
    ['no items', { ...page, items: undefined }],
    ['an item that is text', { ...page, items: ['a'] }],
    ['no has_more', { ...page, has_more: undefined }],
    ['a total that is text', { ...page, total: '0' }],
  ])('that is no page is not guessed at: %s', (_, answer) => {
    if (!isAble(resource.list)) throw new Error('Vocode lists agents');
    const { list } = resource;
    expect(() => list.answer(answer)).toThrow(UnexpectedAnswer);
  });
});

describe('what agents share', () => {
  const { parts } = resource;
  if (parts === undefined) throw new Error('Vocode keeps prompts and voices apart');
  const changed = (fields: Fields): readonly string[] =>
    parts.changedBy({ id, live, fields, mark }).map((part) => `${part.path} ${part.id}`);

  test('are the objects that an agent points to, whole or as its listing has it', () => {
    const listed = { ...sample, prompt: 'p-1', voice: 'v-1', webhook: 'w-1', actions: ['a-1', 'a-2'] };
    const inListing = resource.read.answer(listed, id);
    expect(parts.of(inListing.fields).map((part) => part.id)).toEqual(['p-1', 'a-1', 'a-2', 'v-1', 'w-1']);
    expect(parts.of(live.fields).map(({ path }) => path)).toEqual(['prompt', 'actions.0', 'actions.1', 'voice']);
  });

  test('changes with fields that differ, and with no id', () => {
    expect(changed({ prompt: { content: 'Good day' }, language: 'de' })).toEqual(['prompt p-1']);
    expect(changed({ prompt: { content: 'Hello ${first_name}' }, voice: { id: other } })).toEqual([]);
    expect(changed({ webhook: { url: 'https://solar.example', subscriptions: [] } })).toEqual([]);
    expect(changed({ name: 'Renamed' })).toEqual([]);
  });

  test('changes where an action goes with its fields in the place of another', () => {
    const elsewhere = { ...transfer, config: { phone_number: '15550100151' } };
    expect(changed({ actions: [elsewhere, { type: 'action_end_conversation' }] })).toEqual(['actions.0 a-1']);
    expect(changed({ actions: [{ type: 'action_end_conversation' }] })).toEqual([]);
  });
});
