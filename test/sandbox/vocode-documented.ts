/**
 * What answers of Vocode hold, as the OpenAPI description of its hosted API has it (2024-08-27, read 2026-11-21): members
 * with their types, `?` before one that may be missing. Written down apart from the sandbox, to hold it to.
 */
import { isObject } from '../../src/model/json.ts';

const documented: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  AddToConferenceAction: {
    id: 'uuid',
    user_id: 'uuid',
    type: "'action_add_to_conference'",
    config: 'AddToConferenceConfig',
    action_trigger: '? FunctionCallActionTrigger|PhraseBasedActionTrigger',
  },
  AddToConferenceConfig: {
    phone_number: 'text',
    place_primary_on_hold: '? flag',
  },
  Agent: {
    id: 'uuid',
    user_id: 'uuid',
    name: '? text|null',
    prompt: 'Prompt',
    language: "? 'en'|'es'|'de'|'hi'|'pt'|'fr'|'nl'|'id'|'it'|'ja'|'ko'",
    actions: '[TransferCallAction|EndConversationAction|DTMFAction|AddToConferenceAction|SetHoldAction|ExternalAction]',
    voice: 'AzureVoice|RimeVoice|ElevenLabsVoice|PlayHtVoice|VocodeVoice',
    initial_message: '? text|null',
    webhook: '? Webhook|null',
    vector_database: '? PineconeVectorDatabase|null',
    interrupt_sensitivity: "? 'low'|'high'",
    context_endpoint: '? text|null',
    noise_suppression: '? flag',
    endpointing_sensitivity: "? 'auto'|'relaxed'|'sensitive'",
    ivr_navigation_mode: "? 'default'|'off'",
    conversation_speed: '? number',
    initial_message_delay: '? number',
    openai_model_name_override: '? text|null',
    ask_if_human_present_on_idle: '? flag',
    openai_account_connection: '? OpenAIAccountConnection|null',
    run_do_not_call_detection: '? flag',
    llm_fallback: '? InternalLLMFallback|null',
    deepgram_keywords: '? {whole|number}|null',
    idle_time_seconds: '? whole|null',
    llm_temperature: '? number',
  },
  AgentPage: {
    items: '[NormalizedAgent]',
    page: 'whole',
    size: 'whole',
    has_more: 'flag',
    total: 'whole',
    total_is_estimated: 'flag',
  },
  AzureVoice: {
    id: 'uuid',
    user_id: 'uuid',
    type: "'voice_azure'",
    voice_name: 'text',
    pitch: '? whole',
    rate: '? whole',
  },
  Call: {
    id: 'uuid',
    user_id: 'uuid',
    status: "? 'not_started'|'in_progress'|'error'|'ended'",
    error_message: '? text|null',
    recording_available: '? flag',
    transcript: '? text|null',
    human_detection_result: "? 'human'|'no_human'|null",
    do_not_call_result: '? flag|null',
    telephony_id: '? text|null',
    stage: "? 'created'|'picked_up'|'transfer_started'|'transfer_successful'|null",
    stage_outcome:
      "? 'human_unanswered'|'call_did_not_connect'|'human_disconnected'|'bot_disconnected'|'transfer_unanswered'|'transfer_disconnected'|null",
    telephony_metadata: '? VonageTelephonyMetadata|TwilioTelephonyMetadata|null',
    start_time: '? text|null',
    end_time: '? text|null',
    to_number: 'text',
    from_number: 'text',
    agent: 'Agent',
    telephony_provider: "'vonage'|'twilio'",
    agent_phone_number: 'text',
    hipaa_compliant: '? flag',
    on_no_human_answer: "? 'continue'|'hangup'|null",
    context: '? {text}|null',
    run_do_not_call_detection: '? flag|null',
    telephony_account_connection: '? TwilioAccountConnection|null',
    telephony_params: '? {text}|null',
  },
  CallPage: {
    items: '[NormalizedCall]',
    page: 'whole',
    size: 'whole',
    has_more: 'flag',
    total: 'whole',
    total_is_estimated: 'flag',
  },
  CollectField: {
    field_type: "'field_type_email'",
    label: 'text',
    name: 'text',
    description: '? text|null',
  },
  DTMFAction: {
    id: 'uuid',
    user_id: 'uuid',
    type: "'action_dtmf'",
    config: '? EmptyActionConfig',
    action_trigger: '? FunctionCallActionTrigger',
  },
  ElevenLabsVoice: {
    id: 'uuid',
    user_id: 'uuid',
    type: "'voice_eleven_labs'",
    voice_id: 'text',
    stability: '? number|null',
    similarity_boost: '? number|null',
    api_key: '? text|null',
    optimize_streaming_latency: '? whole|null',
    model_id: '? text|null',
    experimental_input_streaming: '? flag',
  },
  EmptyActionConfig: {},
  EndConversationAction: {
    id: 'uuid',
    user_id: 'uuid',
    type: "'action_end_conversation'",
    config: '? EmptyActionConfig',
    action_trigger: '? FunctionCallActionTrigger|PhraseBasedActionTrigger',
  },
  ExternalAction: {
    id: 'uuid',
    user_id: 'uuid',
    type: "'action_external'",
    config: 'ExternalActionConfig',
    action_trigger: '? FunctionCallActionTrigger',
  },
  ExternalActionConfig: {
    processing_mode: "? 'muted'",
    name: 'text',
    description: 'text',
    url: 'text',
    input_schema: '{any}',
    speak_on_send: 'flag',
    speak_on_receive: 'flag',
    signature_secret: '? text',
  },
  FunctionCallActionTrigger: {
    type: "'action_trigger_function_call'",
    config: '? FunctionCallActionTriggerConfig',
  },
  FunctionCallActionTriggerConfig: {},
  HTTPValidationError: {
    detail: '? [ValidationError]',
  },
  InternalLLMFallback: {
    provider: "'openai'|'azure'",
    model_name: 'text',
  },
  NormalizedAgent: {
    id: 'uuid',
    user_id: 'uuid',
    name: '? text|null',
    prompt: 'uuid|PromptParams',
    language: "? 'en'|'es'|'de'|'hi'|'pt'|'fr'|'nl'|'id'|'it'|'ja'|'ko'",
    actions: '[uuid]',
    voice: 'uuid',
    initial_message: '? text|null',
    webhook: '? uuid|null',
    vector_database: '? uuid|PineconeVectorDatabaseParams|null',
    interrupt_sensitivity: "? 'low'|'high'",
    context_endpoint: '? text|null',
    noise_suppression: '? flag',
    endpointing_sensitivity: "? 'auto'|'relaxed'|'sensitive'",
    ivr_navigation_mode: "? 'default'|'off'",
    conversation_speed: '? number',
    initial_message_delay: '? number',
    openai_model_name_override: '? text|null',
    ask_if_human_present_on_idle: '? flag',
    openai_account_connection: '? OpenAIAccountConnection|uuid|null',
    run_do_not_call_detection: '? flag',
    llm_fallback: '? InternalLLMFallback|null',
    deepgram_keywords: '? {whole|number}|null',
    idle_time_seconds: '? whole|null',
    llm_temperature: '? number',
  },
  NormalizedCall: {
    id: 'uuid',
    user_id: 'uuid',
    status: "? 'not_started'|'in_progress'|'error'|'ended'",
    error_message: '? text|null',
    recording_available: '? flag',
    transcript: '? text|null',
    human_detection_result: "? 'human'|'no_human'|null",
    do_not_call_result: '? flag|null',
    telephony_id: '? text|null',
    stage: "? 'created'|'picked_up'|'transfer_started'|'transfer_successful'|null",
    stage_outcome:
      "? 'human_unanswered'|'call_did_not_connect'|'human_disconnected'|'bot_disconnected'|'transfer_unanswered'|'transfer_disconnected'|null",
    telephony_metadata: '? VonageTelephonyMetadata|TwilioTelephonyMetadata|null',
    start_time: '? number|null',
    end_time: '? number|null',
    to_number: 'text',
    from_number: 'text',
    agent: 'uuid',
    telephony_provider: "'vonage'|'twilio'",
    agent_phone_number: 'text',
    hipaa_compliant: '? flag',
    on_no_human_answer: "? 'continue'|'hangup'|null",
    context: '? {text}|null',
    run_do_not_call_detection: '? flag|null',
    telephony_account_connection: '? uuid|TwilioAccountConnection|null',
    telephony_params: '? {text}|null',
  },
  OpenAIAccountConnection: {
    id: 'uuid',
    user_id: 'uuid',
    credentials: 'OpenAICredentials',
    type: "'account_connection_openai'",
  },
  OpenAICredentials: {
    openai_api_key: 'text',
  },
  PhraseBasedActionTrigger: {
    type: "'action_trigger_phrase_based'",
    config: 'PhraseBasedActionTriggerConfig',
  },
  PhraseBasedActionTriggerConfig: {
    phrase_triggers: '[PhraseTrigger]',
  },
  PhraseTrigger: {
    phrase: 'text',
    conditions: "['phrase_condition_type_contains']",
  },
  PineconeVectorDatabase: {
    id: 'uuid',
    user_id: 'uuid',
    type: "'vector_database_pinecone'",
    index: 'text',
    api_key: 'text',
    api_environment: 'text',
  },
  PineconeVectorDatabaseParams: {
    type: "'vector_database_pinecone'",
    index: 'text',
    api_key: 'text',
    api_environment: 'text',
  },
  PlayHtVoice: {
    id: 'uuid',
    user_id: 'uuid',
    type: "'voice_play_ht'",
    voice_id: 'text',
    api_user_id: '? text|null',
    api_key: '? text|null',
    version: "? '1'|'2'",
    speed: '? number|null',
    quality: "? 'faster'|'draft'|'low'|'medium'|'high'|'premium'|null",
    temperature: '? number|null',
    top_p: '? number|null',
    text_guidance: '? number|null',
    voice_guidance: '? number|null',
    experimental_remove_silence: '? flag',
  },
  Prompt: {
    id: 'uuid',
    user_id: 'uuid',
    content: '? text',
    collect_fields: '? [CollectField]|null',
    context_endpoint: '? text|null',
    prompt_template: '? PromptTemplate|null',
  },
  PromptParams: {
    content: '? text',
    collect_fields: '? [CollectField]|null',
    context_endpoint: '? text|null',
    prompt_template: '? uuid|PromptTemplate|null',
  },
  PromptTemplate: {
    id: 'uuid',
    user_id: 'uuid',
    label: '? text',
    required_context_keys: '[text]',
  },
  RimeVoice: {
    id: 'uuid',
    user_id: 'uuid',
    type: "'voice_rime'",
    speaker: 'text',
    speed_alpha: '? number|null',
    model_id: "? 'mist'|'v1'|null",
  },
  SetHoldAction: {
    id: 'uuid',
    user_id: 'uuid',
    type: "'action_set_hold'",
    config: '? EmptyActionConfig',
    action_trigger: '? FunctionCallActionTrigger|PhraseBasedActionTrigger',
  },
  TransferCallAction: {
    id: 'uuid',
    user_id: 'uuid',
    type: "'action_transfer_call'",
    config: 'TransferCallConfig',
    action_trigger: '? FunctionCallActionTrigger|PhraseBasedActionTrigger',
  },
  TransferCallConfig: {
    phone_number: 'text',
  },
  TwilioAccountConnection: {
    id: 'uuid',
    user_id: 'uuid',
    credentials: 'TwilioCredentials',
    type: "'account_connection_twilio'",
    steering_pool: '? [text]',
    account_supports_any_caller_id: '? flag',
  },
  TwilioCredentials: {
    twilio_account_sid: 'text',
    twilio_auth_token: 'text',
  },
  TwilioTelephonyMetadata: {
    type: "? 'telephony_metadata_twilio'",
    call_sid: '? text|null',
    call_status: '? text|null',
    transfer_call_sid: '? text|null',
    transfer_call_status: '? text|null',
    conference_sid: '? text|null',
  },
  ValidationError: {
    loc: '[text|whole]',
    msg: 'text',
    type: 'text',
  },
  VocodeVoice: {
    id: 'uuid',
    user_id: 'uuid',
    type: "'voice_vocode'",
    voice_id: "'joe'",
  },
  VonageTelephonyMetadata: {
    type: "? 'telephony_metadata_vonage'",
  },
  Webhook: {
    id: 'uuid',
    user_id: 'uuid',
    subscriptions:
      "['event_message'|'event_action'|'event_phone_call_connected'|'event_phone_call_ended'|'event_phone_call_did_not_connect'|'event_transcript'|'event_recording'|'event_human_detection']",
    url: 'text',
    method: "? 'GET'|'POST'",
  },
};

/** What an answer has that is not as documented, as `Call.agent.voice: …`; nothing if it keeps to it. */
export function strayOf(value: unknown, type: string, at: string = type): readonly string[] {
  const members = documented[type];
  if (members === undefined) throw new Error(`${type} is not documented`);
  if (!isObject(value)) return [`${at}: no object`];
  const unknown = Object.keys(value).filter((name) => !Object.hasOwn(members, name));
  const wrong = Object.entries(members).flatMap(([name, written]) => {
    const types = written.replace(/^\? /, '');
    if (value[name] === undefined) return written.startsWith('? ') ? [] : [`${at}.${name}: missing`];
    return isOneOf(value[name], types) ? [] : [`${at}.${name}: ${JSON.stringify(value[name])} is not ${types}`];
  });
  return [...unknown.map((name) => `${at}.${name}: not documented`), ...wrong];
}

/** Alternatives are parted by bars outside of brackets. */
function isOneOf(value: unknown, types: string): boolean {
  return (types.match(/\[[^\]]*\]|\{[^}]*\}|[^|]+/g) ?? []).some((type) => isOf(value, type));
}

function isOf(value: unknown, type: string): boolean {
  if (type.startsWith('[')) return Array.isArray(value) && value.every((item) => isOneOf(item, type.slice(1, -1)));
  if (type.startsWith('{'))
    return isObject(value) && Object.values(value).every((one) => isOneOf(one, type.slice(1, -1)));
  if (type.startsWith("'")) return value === type.slice(1, -1);
  switch (type) {
    case 'any':
      return true;
    case 'null':
      return value === null;
    case 'text':
      return typeof value === 'string';
    case 'uuid':
      return typeof value === 'string' && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value);
    case 'flag':
      return typeof value === 'boolean';
    case 'number':
      return typeof value === 'number';
    case 'whole':
      return Number.isInteger(value);
    default:
      return strayOf(value, type).length === 0;
  }
}
