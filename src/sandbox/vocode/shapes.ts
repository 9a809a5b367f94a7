/** The objects of Vocode's hosted API as its OpenAPI description has them (2024-08-27, read 2026-11-21). */
import type { Member, Members, Shape } from './shape.ts';

const text: Shape = { kind: 'text' };
const textOrNull: Member = { shape: text, nullable: true };
const numberOrNull: Member = { shape: { kind: 'number' }, nullable: true };
const wholeOrNull: Member = { shape: { kind: 'whole' }, nullable: true };
const required: Member = { shape: text, required: true };

function flag(fallback: boolean): Member {
  return { shape: { kind: 'flag' }, fallback };
}

function word(words: readonly string[], fallback?: string): Member {
  return { shape: { kind: 'word', words }, ...(fallback === undefined ? { required: true } : { fallback }) };
}

function wordOrNull(words: readonly string[]): Member {
  return { shape: { kind: 'word', words }, nullable: true };
}

function members(all: Members['members']): Members {
  return { kind: 'members', members: all };
}

function typed(types: Readonly<Record<string, Members['members']>>): Shape & { readonly kind: 'typed' } {
  const own = Object.entries(types).map(([type, all]) => [type, members({ type: word([type]), ...all })]);
  return { kind: 'typed', types: Object.fromEntries(own) };
}

const prompt = members({
  content: { shape: text, fallback: '' },
  collect_fields: {
    shape: {
      kind: 'list',
      of: members({
        field_type: word(['field_type_email']),
        label: required,
        name: required,
        description: textOrNull,
      }),
    },
    nullable: true,
  },
  context_endpoint: textOrNull,
  prompt_template: {
    shape: {
      kind: 'nested',
      of: members({
        id: { shape: { kind: 'uuid' }, required: true },
        user_id: { shape: { kind: 'uuid' }, required: true },
        label: { shape: text, fallback: '' },
        required_context_keys: { shape: { kind: 'list', of: text }, required: true },
      }),
    },
    nullable: true,
  },
});

const voice = typed({
  voice_azure: {
    voice_name: required,
    pitch: { shape: { kind: 'whole' }, fallback: 0 },
    rate: { shape: { kind: 'whole' }, fallback: 15 },
  },
  voice_rime: { speaker: required, speed_alpha: numberOrNull, model_id: wordOrNull(['mist', 'v1']) },
  voice_eleven_labs: {
    voice_id: required,
    stability: numberOrNull,
    similarity_boost: numberOrNull,
    api_key: textOrNull,
    optimize_streaming_latency: wholeOrNull,
    model_id: textOrNull,
    experimental_input_streaming: flag(false),
  },
  voice_play_ht: {
    voice_id: required,
    api_user_id: textOrNull,
    api_key: textOrNull,
    version: word(['1', '2'], '2'),
    speed: numberOrNull,
    quality: wordOrNull(['faster', 'draft', 'low', 'medium', 'high', 'premium']),
    temperature: numberOrNull,
    top_p: numberOrNull,
    text_guidance: numberOrNull,
    voice_guidance: numberOrNull,
    experimental_remove_silence: flag(false),
  },
  voice_vocode: { voice_id: word(['joe']) },
});

const byFunction = { type: 'action_trigger_function_call', config: {} };
const nothing: Member = { shape: members({}), fallback: {} };
const functionTrigger: Member = {
  shape: members({ type: word(['action_trigger_function_call']), config: nothing }),
  fallback: byFunction,
};
const trigger: Member = {
  shape: typed({
    action_trigger_function_call: { config: nothing },
    action_trigger_phrase_based: {
      config: {
        shape: members({
          phrase_triggers: {
            shape: {
              kind: 'list',
              of: members({
                phrase: required,
                conditions: {
                  shape: { kind: 'list', of: { kind: 'word', words: ['phrase_condition_type_contains'] } },
                  required: true,
                },
              }),
            },
            required: true,
          },
        }),
        required: true,
      },
    },
  }),
  fallback: byFunction,
};

function config(all: Members['members']): Member {
  return { shape: members(all), required: true };
}

const action = typed({
  action_transfer_call: { config: config({ phone_number: required }), action_trigger: trigger },
  action_end_conversation: { config: nothing, action_trigger: trigger },
  action_dtmf: { config: nothing, action_trigger: functionTrigger },
  action_add_to_conference: {
    config: config({ phone_number: required, place_primary_on_hold: flag(true) }),
    action_trigger: trigger,
  },
  action_set_hold: { config: nothing, action_trigger: trigger },
  action_external: {
    config: config({
      processing_mode: word(['muted'], 'muted'),
      name: required,
      description: required,
      url: required,
      input_schema: { shape: { kind: 'any_map' }, required: true },
      speak_on_send: { shape: { kind: 'flag' }, required: true },
      speak_on_receive: { shape: { kind: 'flag' }, required: true },
      signature_secret: { shape: text },
    }),
    action_trigger: functionTrigger,
  },
});

const webhook = members({
  subscriptions: {
    shape: {
      kind: 'list',
      of: {
        kind: 'word',
        words: [
          'event_message',
          'event_action',
          'event_phone_call_connected',
          'event_phone_call_ended',
          'event_phone_call_did_not_connect',
          'event_transcript',
          'event_recording',
          'event_human_detection',
        ],
      },
    },
    required: true,
  },
  url: required,
  method: word(['GET', 'POST'], 'POST'),
});

const vectorDatabase = typed({
  vector_database_pinecone: { index: required, api_key: required, api_environment: required },
});

const accountConnection = typed({
  account_connection_openai: { credentials: config({ openai_api_key: required }) },
  account_connection_twilio: {
    credentials: config({ twilio_account_sid: required, twilio_auth_token: required }),
    steering_pool: { shape: { kind: 'list', of: text }, fallback: [] },
    account_supports_any_caller_id: flag(false),
  },
});

/** What stands on its own, so that an agent may name it by uuid; the word is its path. */
export type Kind = 'prompts' | 'voices' | 'actions' | 'webhooks' | 'vector_databases' | 'account_connections';

export const kinds: Readonly<Record<Kind, Members | (Shape & { readonly kind: 'typed' })>> = {
  prompts: prompt,
  voices: voice,
  actions: action,
  webhooks: webhook,
  vector_databases: vectorDatabase,
  account_connections: accountConnection,
};

/** The members of an agent that are objects on their own, and of which kind. */
export const nestedIn: Readonly<Record<string, Kind>> = {
  prompt: 'prompts',
  voice: 'voices',
  webhook: 'webhooks',
  vector_database: 'vector_databases',
  openai_account_connection: 'account_connections',
};

function nested(kind: Kind): Shape {
  return { kind: 'nested', of: kinds[kind] };
}

export const agent: Members = members({
  name: textOrNull,
  prompt: { shape: nested('prompts'), required: true },
  language: word(['en', 'es', 'de', 'hi', 'pt', 'fr', 'nl', 'id', 'it', 'ja', 'ko'], 'en'),
  actions: { shape: { kind: 'list', of: nested('actions') }, fallback: [] },
  voice: { shape: nested('voices'), required: true },
  initial_message: textOrNull,
  webhook: { shape: nested('webhooks'), nullable: true },
  vector_database: { shape: nested('vector_databases'), nullable: true },
  interrupt_sensitivity: word(['low', 'high'], 'low'),
  context_endpoint: textOrNull,
  noise_suppression: flag(false),
  endpointing_sensitivity: word(['auto', 'relaxed', 'sensitive'], 'auto'),
  ivr_navigation_mode: word(['default', 'off'], 'off'),
  conversation_speed: { shape: { kind: 'number' }, fallback: 1 },
  initial_message_delay: { shape: { kind: 'number' }, fallback: 0 },
  openai_model_name_override: textOrNull,
  ask_if_human_present_on_idle: flag(false),
  openai_account_connection: { shape: nested('account_connections'), nullable: true },
  run_do_not_call_detection: flag(false),
  llm_fallback: {
    shape: members({ provider: word(['openai', 'azure']), model_name: required }),
    nullable: true,
  },
  deepgram_keywords: { shape: { kind: 'map', of: { kind: 'number' } }, nullable: true },
  idle_time_seconds: wholeOrNull,
  llm_temperature: { shape: { kind: 'number' }, fallback: 0 },
});

const { llm_temperature: _createOnly, ...updatable } = agent.members;

/** An update has no `llm_temperature`. */
export const agentUpdate: Members = members(updatable);

const ownVoice = { type: 'voice_vocode', voice_id: 'joe' };

const texts: Member = { shape: { kind: 'map', of: text }, nullable: true };

/** Only the prompt is needed of an agent that is written out in a call; whose voice it then has is not documented. */
export const call: Members = members({
  from_number: { shape: { kind: 'phone' }, required: true },
  to_number: { shape: { kind: 'phone' }, required: true },
  agent: {
    shape: {
      kind: 'nested',
      of: members({ ...agent.members, voice: { shape: nested('voices'), fallback: ownVoice } }),
    },
    required: true,
  },
  on_no_human_answer: word(['continue', 'hangup'], 'continue'),
  run_do_not_call_detection: { shape: { kind: 'flag' }, nullable: true },
  hipaa_compliant: flag(false),
  context: texts,
  telephony_params: texts,
});
