import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Live } from '../../src/model/plan.ts';
import type { Fields, Value } from '../../src/model/value.ts';
import { wireFields } from '../../src/plan/desired.ts';
import { diffFields } from '../../src/plan/diff.ts';
import { isAble } from '../../src/providers/contract.ts';
import { vocode } from '../../src/providers/vocode/index.ts';
import { connect } from '../../src/remote/connect.ts';
import type { Remote } from '../../src/remote/remote.ts';
import { seededRandom } from '../../src/sandbox/seeded-random.ts';
import { vocodeSandbox } from '../../src/sandbox/vocode.ts';
import { virtualClock } from '../../src/system/virtual-clock.ts';

const account = vocode.open({ base_url: 'http://127.0.0.1:4010' });
const { resource } = account;
const mark = { address: 'lead-call-back/prod', applied: '0123456789abcdef' };

const word = fc.stringMatching(/^[A-Za-z][A-Za-z ]{0,8}$/);
const letter = fc.constantFrom('a', 'b');
const phone = fc.stringMatching(/^1555\d{7}$/);
const orNull = (value: fc.Arbitrary<Value>): fc.Arbitrary<Value> => fc.option(value, { nil: null });
const number = fc.integer({ min: 1, max: 9 }).map((tenths) => tenths / 10);
const uuid = fc.integer({ min: 0, max: 3 }).map((last) => `3c90c3cc-0d44-4b50-8888-8dd25736052${String(last)}`);

function some(
  members: Readonly<Record<string, fc.Arbitrary<Value>>>,
  needed: readonly string[] = [],
): fc.Arbitrary<Fields> {
  return fc.record(members, { requiredKeys: [...needed] }).map((fields) => ({ ...fields }));
}

const voices: readonly fc.Arbitrary<Fields>[] = [
  some({ type: fc.constant('voice_azure'), voice_name: word, pitch: fc.nat(9), rate: fc.nat(20) }, [
    'type',
    'voice_name',
  ]),
  some(
    {
      type: fc.constant('voice_rime'),
      speaker: word,
      speed_alpha: orNull(number),
      model_id: orNull(fc.constantFrom('mist', 'v1')),
    },
    ['type', 'speaker'],
  ),
  some(
    {
      type: fc.constant('voice_eleven_labs'),
      voice_id: word,
      stability: orNull(number),
      model_id: orNull(word),
      experimental_input_streaming: fc.boolean(),
    },
    ['type', 'voice_id'],
  ),
  some(
    {
      type: fc.constant('voice_play_ht'),
      voice_id: word,
      version: fc.constantFrom('1', '2'),
      top_p: orNull(number),
      experimental_remove_silence: fc.boolean(),
    },
    ['type', 'voice_id'],
  ),
  some({ type: fc.constant('voice_vocode'), voice_id: fc.constant('joe') }, ['type', 'voice_id']),
];

const byFunction: fc.Arbitrary<Value> = fc.constant({ type: 'action_trigger_function_call' });
const trigger: fc.Arbitrary<Value> = fc.oneof(
  byFunction,
  word.map((phrase) => ({
    type: 'action_trigger_phrase_based',
    config: { phrase_triggers: [{ phrase, conditions: ['phrase_condition_type_contains'] }] },
  })),
);
const external = some(
  {
    name: word,
    description: word,
    url: fc.webUrl(),
    input_schema: fc.dictionary(letter, fc.constant('x'), { maxKeys: 2 }).map((map) => ({ type: 'object', ...map })),
    speak_on_send: fc.boolean(),
    speak_on_receive: fc.boolean(),
  },
  ['name', 'description', 'url', 'input_schema', 'speak_on_send', 'speak_on_receive'],
);

const action: fc.Arbitrary<Value> = fc.oneof(
  some(
    {
      type: fc.constant('action_transfer_call'),
      config: some({ phone_number: phone }, ['phone_number']),
      action_trigger: trigger,
    },
    ['type', 'config'],
  ),
  some({ type: fc.constantFrom('action_end_conversation', 'action_set_hold'), action_trigger: trigger }, ['type']),
  some({ type: fc.constant('action_dtmf'), config: fc.constant({}), action_trigger: byFunction }, ['type']),
  some(
    {
      type: fc.constant('action_add_to_conference'),
      config: some({ phone_number: phone, place_primary_on_hold: fc.boolean() }, ['phone_number']),
    },
    ['type', 'config'],
  ),
  some({ type: fc.constant('action_external'), config: external }, ['type', 'config']),
  uuid,
);

const webhook: fc.Arbitrary<Value> = some(
  {
    url: fc.webUrl(),
    subscriptions: fc.uniqueArray(fc.constantFrom('event_message', 'event_recording', 'event_transcript')),
    method: fc.constantFrom('GET', 'POST'),
  },
  ['url', 'subscriptions'],
);

const pinecone: fc.Arbitrary<Value> = some(
  { type: fc.constant('vector_database_pinecone'), index: word, api_key: word, api_environment: word },
  ['type', 'index', 'api_key', 'api_environment'],
);

const prompt: fc.Arbitrary<Value> = some({
  content: fc.tuple(word, word).map(([text, variable]) => ({ $text: [text, { variable }] })),
  collect_fields: orNull(
    some({ field_type: fc.constant('field_type_email'), label: word, name: word, description: orNull(word) }, [
      'field_type',
      'label',
      'name',
    ]).map((field) => [field]),
  ),
  context_endpoint: orNull(fc.webUrl()),
  prompt_template: orNull(uuid),
});

const changeable: Readonly<Record<string, fc.Arbitrary<Value>>> = {
  name: orNull(word),
  language: fc.constantFrom('en', 'de', 'ko'),
  // Of one that is listed twice both places are the same object: the schema has each once.
  actions: fc.uniqueArray(action, { maxLength: 4, selector: (one) => JSON.stringify(one) }),
  initial_message: orNull(word),
  webhook: fc.oneof(webhook, uuid, fc.constant(null)),
  vector_database: fc.oneof(pinecone, uuid, fc.constant(null)),
  interrupt_sensitivity: fc.constantFrom('low', 'high'),
  context_endpoint: orNull(fc.webUrl()),
  noise_suppression: fc.boolean(),
  endpointing_sensitivity: fc.constantFrom('auto', 'relaxed', 'sensitive'),
  ivr_navigation_mode: fc.constantFrom('default', 'off'),
  conversation_speed: fc.constantFrom(0.5, 1, 2),
  initial_message_delay: fc.nat(3),
  openai_model_name_override: orNull(word),
  ask_if_human_present_on_idle: fc.boolean(),
  openai_account_connection: orNull(uuid),
  run_do_not_call_detection: fc.boolean(),
  llm_fallback: orNull(
    some({ provider: fc.constantFrom('openai', 'azure'), model_name: word }, ['provider', 'model_name']),
  ),
  deepgram_keywords: orNull(fc.dictionary(letter, fc.constant(1), { minKeys: 1 })),
  idle_time_seconds: orNull(fc.nat(60)),
};

/** Two of a campaign's agents, the second such that an update can make it of the first. */
const agents: fc.Arbitrary<readonly [Fields, Fields]> = fc
  .oneof(...voices.map((voice) => fc.constant(voice)))
  .chain((voice) =>
    fc.tuple(
      some({ ...changeable, prompt: fc.oneof(prompt, uuid), voice, llm_temperature: number }, ['prompt', 'voice']),
      some({ ...changeable, prompt: fc.oneof(prompt, uuid), voice }, ['prompt', 'voice']),
    ),
  );

test('a plan right after apply is empty, for every field of an agent, after creating it and after changing the file', async () => {
  await fc.assert(
    fc.asyncProperty(agents, async ([first, second]) => {
      const remote = sandboxed();
      if (!isAble(resource.create)) throw new Error('Vocode creates agents');
      const created = await remote.perform(resource.create, { fields: wireFields(first, resource), mark });
      expect(changes(first, created)).toEqual([]);
      const fields = wireFields(second, resource, created.fields);
      const updated = await remote.perform(resource.update, { id: created.id, live: created, fields, mark });
      expect(changes(second, updated)).toEqual([]);
      expect(await remote.perform(resource.read, created.id)).toEqual(updated);
      const again = resource.update.request({ id: created.id, live: updated, fields, mark });
      expect(Object.keys(Object(again.body))).toEqual(['name']);
    }),
    { numRuns: 200 },
  );
});

function changes(declared: Fields, live: Live): readonly unknown[] {
  const { defaults, whole = [] } = resource;
  const context = { defaults, whole, secrets: new Map(), last: { kind: 'never' }, places: {} } as const;
  return diffFields(wireFields(declared, resource, live.fields), live.fields, context);
}

function sandboxed(): Remote {
  const clock = virtualClock(Date.UTC(2026, 10, 23, 15));
  const random = seededRandom(1);
  const { http } = vocodeSandbox({ clock, random });
  return connect({ http, clock, random, account, credential: 'key', secrets: new Map(), access: 'write' });
}
