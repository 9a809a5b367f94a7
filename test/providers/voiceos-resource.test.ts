import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { printMark } from '../../src/model/mark.ts';
import type { Mark } from '../../src/model/plan.ts';
import type { Fields } from '../../src/model/value.ts';
import { isAble, UnexpectedAnswer } from '../../src/providers/contract.ts';
import { voiceos } from '../../src/providers/voiceos/index.ts';

const { resource } = voiceos.open({});
const base = 'https://api.voiceos.io';
const mark: Mark = { address: 'renewal-survey/prod', applied: '0123456789abcdef' };

/** As the pages show one. */
const sample = {
  id: 'agt_5f1c0a9e3b7d',
  uri: '/agents/agt_5f1c0a9e3b7d',
  account_id: 'acc_1',
  created_at: '2024-05-11T10:00:00Z',
  updated_at: '2024-05-11T10:00:00Z',
  initial_message: 'Good morning, am I speaking with {{first_name}}?',
  prompt: 'You ask {{first_name}} three questions.',
  language_model: {
    provider: 'openai',
    credential_id: null,
    model: 'gpt-4o',
    tools: [],
    temperature: 0,
    max_tokens: 300,
  },
  voice: { provider: 'playht', credential_id: null, model: 'susan', speed: 1.1, temperature: null },
  transcriber: { provider: 'deepgram', model: 'nova-2', language: 'en', keywords: [] },
  max_duration_seconds: 240,
  webhooks: [],
  hooks: [],
  metadata: { team: 'renewals' },
};

function read(changes: object): ReturnType<typeof resource.read.answer> {
  return resource.read.answer({ ...sample, ...changes }, sample.id);
}

function update(fields: Fields, live: object = {}): unknown {
  return resource.update.request({ id: sample.id, live: read(live), fields, mark }).body;
}

describe('an agent', () => {
  test('is read without what the server adds, and without the mark', () => {
    const { id, uri: _uri, account_id: _account, created_at: _created, updated_at: _updated, ...fields } = sample;
    expect(read({ region: 'eu' })).toEqual({ id, fields });
    expect(read({ metadata: { team: 'renewals', callplan: printMark(mark) } })).toEqual({ id, fields, mark });
    expect(resource.read.request('a b')).toEqual({ method: 'GET', url: `${base}/agents/a%20b` });
  });

  test('keeps an entry of the name of the mark that is none', () => {
    const live = read({ metadata: { callplan: 'ours?' } });
    expect(live.mark).toBeUndefined();
    expect(live.fields['metadata']).toEqual({ callplan: 'ours?' });
    expect(read({ metadata: null }).fields['metadata']).toBeNull();
  });

  test('has the documented duration where it says none, and no limit where it says null', () => {
    const { max_duration_seconds: _seconds, ...silent } = sample;
    expect(resource.read.answer(silent, sample.id).fields['max_duration_seconds']).toBe(600);
    expect(read({ max_duration_seconds: null }).fields['max_duration_seconds']).toBeNull();
    expect(resource.defaults).not.toHaveProperty('max_duration_seconds');
  });

  test('is listed by index and limit until there is no more', () => {
    const { list } = resource;
    if (!isAble(list)) throw new Error('VoiceOS lists agents');
    expect(list.whole).toBe(true);
    expect(list.request()).toEqual({ method: 'GET', url: `${base}/agents?index=1&limit=100` });
    const first = list.answer({ items: [sample], index: 1, has_more: true });
    expect(first).toMatchObject({ ids: [sample.id], next: '2' });
    expect(first).not.toHaveProperty('isLast');
    expect(list.request('2').url).toBe(`${base}/agents?index=2&limit=100`);
    const last = list.answer({ items: [], index: 2, has_more: false }, '2');
    expect(last).toEqual({ items: [], ids: [], isLast: true });
    expect(() => list.answer({ items: [sample], index: 1, has_more: 7 })).toThrow('has_more as true or false');
    expect(() => list.answer({ items: [{}], has_more: false })).toThrow(UnexpectedAnswer);
  });

  test('is created with what is declared, its duration written out, and the mark among its own entries', () => {
    const { create } = resource;
    if (!isAble(create)) throw new Error('VoiceOS creates agents');
    const fields = { prompt: 'Ask {{first_name}}.', metadata: { team: 'renewals' } };
    expect(create.request({ fields, mark })).toEqual({
      method: 'POST',
      url: `${base}/agents`,
      body: {
        prompt: 'Ask {{first_name}}.',
        max_duration_seconds: 600,
        metadata: { team: 'renewals', callplan: printMark(mark) },
      },
    });
    const endless = { prompt: 'x', max_duration_seconds: null };
    expect(create.request({ fields: endless, mark }).body).toMatchObject({ max_duration_seconds: null });
  });

  test('is removed, which answers the agent', () => {
    const { remove } = resource;
    if (!isAble(remove)) throw new Error('VoiceOS removes agents');
    expect(remove.request('a')).toEqual({ method: 'DELETE', url: `${base}/agents/a` });
    expect(remove.answer(sample, 'a')).toBeUndefined();
    expect(() => remove.answer('gone', 'a')).toThrow(UnexpectedAnswer);
  });

  test('asks nobody for names: its texts are rendered before they are sent', () => {
    expect(resource.placeholders(read({}))).toEqual([]);
    expect(voiceos.hasPlaceholder('{{x}} [x] ${x}', {})).toBe(false);
    expect(resource.print(['Hello'], {})).toBe('Hello');
    expect(() => resource.print([{ variable: 'x' }], {})).toThrow('no placeholders');
    expect(resource.parse('Hello {{x}}', {})).toEqual(['Hello {{x}}']);
    expect(resource.byHand({})).toEqual([]);
  });
});

describe('an update', () => {
  test('leaves of an agent what is live in its parts, and in its lists what is declared', () => {
    const live = read({
      voice: { ...sample.voice, mix: { low: 1, high: 2 } },
      webhooks: [{ url: 'u', headers: { a: 'b' } }],
    });
    const fields = { voice: { provider: 'playht', mix: { low: 3 } }, webhooks: [{ url: 'u' }] };
    expect(resource.written?.({ id: sample.id, live, fields, mark })).toEqual({
      voice: { ...sample.voice, mix: { low: 3, high: 2 } },
      webhooks: [{ url: 'u' }],
    });
  });

  test('sends what is declared, the live duration and all of the metadata', () => {
    expect(update({ prompt: 'New' })).toEqual({
      prompt: 'New',
      max_duration_seconds: 240,
      metadata: { team: 'renewals', callplan: printMark(mark) },
    });
    expect(update({ max_duration_seconds: null })).toMatchObject({ max_duration_seconds: null });
    expect(update({ max_duration_seconds: 90 }, { max_duration_seconds: null })).toMatchObject({
      max_duration_seconds: 90,
    });
  });

  test('takes the mark off where none is wanted', () => {
    const live = read({ metadata: { team: 'renewals', callplan: printMark(mark) } });
    expect(resource.update.request({ id: sample.id, live, fields: {} }).body).toEqual({
      max_duration_seconds: 240,
      metadata: { team: 'renewals' },
    });
  });

  test('keeps own entries beside the declared ones', () => {
    expect(update({ metadata: { owner: 'Ada' } })).toMatchObject({
      metadata: { team: 'renewals', owner: 'Ada', callplan: printMark(mark) },
    });
    expect(update({ metadata: { owner: 'Ada' } }, { metadata: null })).toMatchObject({
      metadata: { owner: 'Ada', callplan: printMark(mark) },
    });
  });

  test('sends a part whole, with what the file does not say of it', () => {
    expect(update({ voice: { provider: 'playht', model: 'oliver' } })).toMatchObject({
      voice: { provider: 'playht', credential_id: null, model: 'oliver', speed: 1.1, temperature: null },
    });
    const model = { provider: 'openai', model: 'gpt-4o', credential_id: null };
    expect(
      update({ language_model: model }, { language_model: { ...sample.language_model, credential_id: 'c' } }),
    ).toMatchObject({ language_model: { credential_id: null, temperature: 0 } });
  });

  test('takes nothing of another kind of voice along', () => {
    const voice = { provider: 'rime', speaker: 'lagoon' };
    expect(Object(update({ voice })).voice).toEqual(voice);
    expect(Object(update({ voice }, { voice: null })).voice).toEqual(voice);
  });

  test('replaces lists whole', () => {
    const webhook = { events: ['conversation:ended'], url: 'https://a.example', method: 'POST' };
    expect(Object(update({ webhooks: [] }, { webhooks: [webhook] })).webhooks).toEqual([]);
  });

  test('makes of what is live what is declared, and of nothing else anything', () => {
    const text = fc.string({ minLength: 1 });
    const declared = fc.record(
      {
        prompt: text,
        initial_message: fc.option(text, { nil: null }),
        max_duration_seconds: fc.option(fc.integer({ min: 1, max: 9000 }), { nil: null }),
        metadata: fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), text),
        voice: fc.record({ provider: fc.constantFrom('playht', 'deepgram'), model: text }),
        hooks: fc.constantFrom([], [{ events: ['speech:ended'], instructions: [{ instruction: 'hang_up' }] }]),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(declared, (fields) => {
        const body = resource.update.request({ id: sample.id, live: read({}), fields, mark }).body;
        const after = read(Object(body));
        expect(after.mark).toEqual(mark);
        expect(after.fields).toMatchObject(fields);
        const untouched = Object.keys(sample).filter((name) => name in after.fields && !(name in fields));
        for (const name of untouched) expect(after.fields[name]).toEqual(read({}).fields[name]);
      }),
    );
  });
});

describe('an answer', () => {
  test.each([
    ['a list for an object', [sample]],
    ['no id', { ...sample, id: '' }],
    ['metadata that is no map', { ...sample, metadata: 'x' }],
    ['a member that would be taken for a secret', { ...sample, prompt: { $secret: '${env.KEY}' } }],
    ['nothing', undefined],
  ])('with %s is unexpected', (_, body) => {
    expect(() => resource.read.answer(body, sample.id)).toThrow(UnexpectedAnswer);
  });

  test.each([
    [{ detail: 'Agent not found' }, 'Agent not found'],
    [
      {
        detail: [
          { loc: ['body', 'agent_config', 'voice', 'speed'], msg: 'is too high', type: 'value_error', input: 'secret' },
          { loc: 7, msg: 'is odd' },
          { msg: '' },
        ],
      },
      'agent_config.voice.speed: is too high; is odd',
    ],
    [{ detail: [] }, undefined],
    [{ detail: '' }, undefined],
    [{ message: 'other' }, undefined],
    ['<html>', undefined],
  ])('%j is explained as %j', (body, words) => {
    expect(voiceos.open({}).explain(body)).toBe(words);
  });
});
