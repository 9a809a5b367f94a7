import { describe, expect, test } from 'vitest';
import { notesAt } from '../../src/campaign/schema-notes.ts';
import { campaign, edited, found, read } from './clinic.ts';

const uuid = '3c90c3cc-0d44-4b50-8888-8dd25736052a';
const voice = 'voice: {type: voice_azure, voice_name: A}';
const action = '{type: action_end_conversation}';

const callBack = `version: 1
campaign: lead-call-back
wave: "2026-11"
provider: {type: vocode, api_key: "\${env.INTRON_API_KEY}"}
agent:
  name: Leads
  prompt: {content: "You call {{name}} back."}
  ${voice}
  actions:
    - ${action}
  language: en
recipients:
  from: [{csv: recipients.csv}]
  phone: "{{mobile}}"
  timezone: America/New_York
call: {from_number: "15550100199"}
`;

test('keeps what the prompt asks for by name, and secrets wherever they stand', () => {
  const written = edited(
    callBack,
    voice,
    `voice: {type: voice_play_ht, voice_id: v, api_key: "\${env.LIST}"}
  openai_account_connection: {id: ${uuid}, user_id: ${uuid}, type: account_connection_openai, credentials: {openai_api_key: "\${env.LIST}"}}`,
  );
  const { resource, secrets } = campaign(written);
  expect(resource.fields).toMatchObject({
    prompt: { content: { $text: ['You call ', { variable: 'name' }, ' back.'] } },
    voice: { api_key: { $secret: '${env.LIST}' } },
    openai_account_connection: { credentials: { openai_api_key: { $secret: '${env.LIST}' } } },
  });
  expect(secrets.get('${env.LIST}')).toBe('monday');
});

describe('an agent may have', () => {
  test.each([
    ['a prompt by uuid', '{content: "You call {{name}} back."}', uuid],
    ['a prompt template by uuid', 'back."}', `back.", prompt_template: ${uuid}}`],
    ['a voice by uuid', voice, `voice: ${uuid}`],
    ['a voice of Rime', voice, 'voice: {type: voice_rime, speaker: a, speed_alpha: null, model_id: mist}'],
    ['a voice of ElevenLabs', voice, 'voice: {type: voice_eleven_labs, voice_id: a, api_key: null, stability: 0.4}'],
    ['a voice of PlayHT', voice, 'voice: {type: voice_play_ht, voice_id: a, version: "1", quality: high, top_p: 0.9}'],
    ["a voice of Vocode's", voice, 'voice: {type: voice_vocode, voice_id: joe}'],
    ['an action by uuid', action, uuid],
    ['a transfer', action, '{type: action_transfer_call, config: {phone_number: "15550100150"}}'],
    ['keys to press', action, '{type: action_dtmf, config: {}}'],
    [
      'a conference',
      action,
      '{type: action_add_to_conference, config: {phone_number: "1555", place_primary_on_hold: false}}',
    ],
    [
      'a hold at a phrase',
      action,
      '{type: action_set_hold, action_trigger: {type: action_trigger_phrase_based, config: {phrase_triggers: [{phrase: a, conditions: [phrase_condition_type_contains]}]}}}',
    ],
    [
      'an API of its own',
      action,
      '{type: action_external, config: {name: a, description: b, url: "https://a.example", input_schema: {type: object}, speak_on_send: true, speak_on_receive: false}}',
    ],
    ['no webhook', 'language: en', 'webhook: null'],
    ['a webhook by uuid', 'language: en', `webhook: ${uuid}`],
    ['a webhook', 'language: en', 'webhook: {url: "https://a.example", subscriptions: [event_recording], method: GET}'],
    [
      'a vector database',
      'language: en',
      'vector_database: {type: vector_database_pinecone, index: a, api_key: "${env.LIST}", api_environment: b}',
    ],
    ['a connection by uuid', 'language: en', `openai_account_connection: ${uuid}`],
    [
      'all the rest',
      'language: en',
      'interrupt_sensitivity: high\n  context_endpoint: null\n  noise_suppression: true\n  endpointing_sensitivity: relaxed\n  ivr_navigation_mode: default\n  conversation_speed: 0.5\n  initial_message_delay: 1.5\n  initial_message: null\n  openai_model_name_override: null\n  ask_if_human_present_on_idle: true\n  run_do_not_call_detection: true\n  llm_fallback: {provider: azure, model_name: a}\n  deepgram_keywords: {a: 1.5}\n  idle_time_seconds: 20\n  llm_temperature: 0.3',
    ],
    ['a status by name', 'type: vocode', 'type: vocode, statuses: {parked: failed}'],
    [
      'options of a call by row',
      'call: {',
      'call: {on_no_human_answer: "{{mobile}}", hipaa_compliant: "{{mobile}}", run_do_not_call_detection: null, context: {lead: "{{mobile}}"}, telephony_params: {a: 1}, ',
    ],
  ])('%s', (_, part, by) => {
    expect(found(edited(callBack, part, by))).toEqual([]);
  });

  test('nothing but an id, and is only used then', () => {
    const from = callBack.indexOf('agent:');
    const used = callBack.slice(0, from) + `agent: {id: ${uuid}}\n` + callBack.slice(callBack.indexOf('recipients:'));
    expect(campaign(used).resource).toMatchObject({ id: uuid });
    expect(campaign(used).resource.fields).toBeUndefined();
  });
});

describe('an agent may not have', () => {
  test.each([
    ['no prompt', '  prompt: {content: "You call {{name}} back."}\n', '', 'KEY_MISSING agent.prompt'],
    ['no voice', `  ${voice}\n`, '', 'KEY_MISSING agent.voice'],
    ['an empty prompt', '{content: "You call {{name}} back."}', '{}', 'VALUE_RANGE agent.prompt'],
    ['a prompt that is text', '{content: "You call {{name}} back."}', 'Hello', 'VALUE_FORM agent.prompt'],
    ['placeholders of its own', '{{name}}', '$${name}', 'TEMPLATE_PLACEHOLDER agent.prompt.content'],
    [
      'a template in its first words',
      'language: en',
      'initial_message: "{{mobile}}"',
      'TEMPLATE_NOT_HERE agent.initial_message',
    ],
    ['a voice of nobody', 'voice_azure', 'voice_parrot', 'VALUE_ENUM agent.voice.type'],
    ['a voice without its type', 'type: voice_azure, ', '', 'KEY_MISSING agent.voice.type'],
    ['a member of another voice', 'voice_name: A', 'voice_name: A, stability: 1', 'KEY_UNKNOWN agent.voice.stability'],
    ['a voice without its name', ', voice_name: A', '', 'KEY_MISSING agent.voice.voice_name'],
    ['a transfer to nobody', action, '{type: action_transfer_call}', 'KEY_MISSING agent.actions[0].config'],
    [
      'a secret that Vocode makes up',
      action,
      '{type: action_external, config: {name: a, description: b, url: "https://a.example", input_schema: {}, speak_on_send: true, speak_on_receive: false, signature_secret: a}}',
      'KEY_REFUSED agent.actions[0].config.signature_secret',
    ],
    [
      'keys to press at a phrase',
      action,
      '{type: action_dtmf, action_trigger: {type: action_trigger_phrase_based}}',
      'VALUE_ENUM agent.actions[0].action_trigger.type',
    ],
    [
      'an event that is none',
      'language: en',
      'webhook: {url: "https://a.example", subscriptions: [event_odd]}',
      'VALUE_ENUM agent.webhook.subscriptions[0]',
    ],
    [
      'a key written out',
      'language: en',
      'vector_database: {type: vector_database_pinecone, index: a, api_key: b, api_environment: c}',
      'SECRET_WRITTEN agent.vector_database.api_key',
    ],
    ['no keywords but a list of none', 'language: en', 'deepgram_keywords: {}', 'VALUE_RANGE agent.deepgram_keywords'],
    ['too fast a tongue', 'language: en', 'conversation_speed: 3', 'VALUE_RANGE agent.conversation_speed'],
    [
      'a name like our mark',
      'name: Leads',
      'name: "[callplan:1 a/b sha256:0123456789abcdef store:-]"',
      'VALUE_FORM name',
    ],
    ['no number to call from', '{from_number: "15550100199"}', '{}', 'KEY_MISSING call.from_number'],
    ['a number to call to', '{from_number', '{to_number: "1", from_number', 'KEY_REFUSED call.to_number'],
    ['an agent in a call', '{from_number', `{agent: ${uuid}, from_number`, 'KEY_REFUSED call.agent'],
    ['our reference', '{from_number', '{context: {callplan_ref: a}, from_number', 'KEY_NAME call.context.callplan_ref'],
    ['a workflow', 'agent:\n', 'workflow: {}\nagent:\n', 'KEY_NAME .workflow'],
  ])('%s', (_, part, by, finding) => {
    const { diagnostics } = read(edited(callBack, part, by));
    expect(diagnostics.map(({ code, args }) => `${code} ${placeOf(args)}`)).toEqual([finding]);
  });
});

test('an environment takes a webhook away with null, as null means something', () => {
  const hooked = edited(callBack, 'language: en', `webhook: ${uuid}`);
  const text = `${hooked}environments: {quiet: {agent: {webhook: null}}}\n`;
  expect(campaign(text, { environment: 'quiet' }).resource.fields).toMatchObject({ webhook: null });
});

test('the schema says where templates and secrets stand', () => {
  const notes = (...path: (string | number)[]) => notesAt(path, 'vocode');
  expect(notes('agent', 'prompt', 'content').template).toBe('lowered');
  expect(notes('agent', 'initial_message').template).toBe('literal');
  expect(notes('agent', 'voice', 'api_key').secret).toBe(true);
  expect(notes('agent', 'vector_database', 'api_key').secret).toBe(true);
  expect(notes('agent', 'webhook', 'url').url).toBe(false);
  expect(notes('call', 'context', 'lead').template).toBe('rendered');
  expect(notes('provider', 'base_url').url).toBe(true);
});

function placeOf(args: object): string {
  const { path, key } = { path: '', key: undefined, ...args };
  return key === undefined ? path : `${path}.${String(key)}`;
}
