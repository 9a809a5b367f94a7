import type { Stand } from '../../src/provider-kit/stand.ts';
import { happyrobotSandbox } from '../../src/sandbox/happyrobot.ts';
import { intronSandbox } from '../../src/sandbox/intron.ts';
import { vocodeSandbox } from '../../src/sandbox/vocode.ts';
import { voiceos } from './voiceos-stand.ts';

const text = { $text: ['Hello ', { variable: 'name' }] };

/** By the provider's name; every provider of the registry must be here. */
export const stands: Readonly<Record<string, Stand>> = {
  intron: {
    options: { base_url: 'http://127.0.0.1:4010/voicebot/v1', statuses: { TIMEOUT: 'no_answer', FAILED: 'failed' } },
    sandbox: ({ clock, random, faults }) =>
      intronSandbox({
        clock,
        random,
        faults,
        callsPerSecond: 0,
        life: { shares: { replied: 1 }, numbers: { '+2348030000002': 'no_answer', '+2348030000003': 'failed' } },
      }).http,
    resources: {
      ROBOCALL: {
        name: 'Reminder',
        workflow_type: 'ROBOCALL',
        message: text,
        include_reply: true,
        option_one: 'Yes',
        option_two: 'Yes',
      },
      CONVERSATION: {
        name: 'Survey',
        workflow_type: 'CONVERSATION',
        message: text,
        description: 'Three questions\nat most',
      },
    },
    change: {
      name: 'Renamed',
      description: 'Changed',
      message: 'Good day',
      include_reply: false,
      option_one: 'One',
      option_two: null,
      call_back_url: 'https://clinic.example/callback',
    },
    reply: ({ include_reply: asked }) => (asked === true ? { option: '1', label: 'Yes' } : undefined),
  },
  happyrobot: happyrobot('single'),
  voiceos,
  vocode: {
    options: { base_url: 'http://127.0.0.1:4010' },
    sandbox: ({ clock, random, faults }) =>
      vocodeSandbox({
        clock,
        random,
        faults,
        life: { shares: { replied: 1 }, numbers: { '+2348030000002': 'no_answer', '+2348030000003': 'failed' } },
      }).http,
    resources: {
      inline: {
        name: 'Lead call-back',
        prompt: { content: text, collect_fields: null },
        voice: { type: 'voice_azure', voice_name: 'en-US-AriaNeural', rate: 10 },
        actions: [
          { type: 'action_transfer_call', config: { phone_number: '15550100150' } },
          { type: 'action_end_conversation' },
        ],
        webhook: { subscriptions: ['event_phone_call_ended'], url: 'https://garage.example/vocode' },
        llm_temperature: 0.4,
      },
      nameless: {
        prompt: { content: text, prompt_template: '0d9f3a52-6d5c-4d5e-9a3b-5f2f8a1c7e10' },
        voice: { type: 'voice_azure', voice_name: 'en-GB-RyanNeural' },
        actions: ['1c2b7f5e-3b1a-4c9d-8f6e-2a9d0b7c4e11'],
        webhook: '2d3c8a6f-4c2b-4d0e-9a7f-3b0e1c8d5f12',
        vector_database: '3e4d9b70-5d3c-4e1f-8b80-4c1f2d9e6a13',
        openai_account_connection: '4f5e0c81-6e4d-4f20-9c91-5d203e0f7b14',
      },
    },
    call: { from_number: '15550100199', hipaa_compliant: 'false', context: { lead: 'L-1' } },
    // Who replies to an agent that transfers calls is put through.
    reply: ({ actions }) =>
      JSON.stringify(actions).includes('action_transfer_call') ? { classification: 'transfer_successful' } : undefined,
    change: {
      name: 'Renamed',
      language: 'de',
      voice: { type: 'voice_azure', pitch: 5 },
      actions: [{ type: 'action_end_conversation' }, '5a6f1d92-7f5e-4031-8da2-6e314f108c15'],
      initial_message: 'Good day',
      webhook: { url: 'https://garage.example/other' },
      vector_database: null,
      interrupt_sensitivity: 'high',
      context_endpoint: 'https://garage.example/context',
      noise_suppression: true,
      endpointing_sensitivity: 'relaxed',
      ivr_navigation_mode: 'default',
      conversation_speed: 1.5,
      initial_message_delay: 0.5,
      openai_model_name_override: 'gpt-4o',
      ask_if_human_present_on_idle: true,
      openai_account_connection: null,
      run_do_not_call_detection: true,
      llm_fallback: { provider: 'azure', model_name: 'gpt-4o-mini' },
      deepgram_keywords: { clutch: 2, gasket: 1.5 },
      idle_time_seconds: 20,
      prompt: { content: 'Good day' },
    },
  },
};

function happyrobot(dialling: string): Stand {
  const existing = '65f2c01e9a4b7d3308e1f6c2';
  return {
    options: { base_url: 'http://127.0.0.1:4010/api/v1', dialling },
    sandbox: ({ clock, random, faults }) =>
      happyrobotSandbox({
        clock,
        random,
        faults,
        life: { shares: { replied: 1 }, numbers: { '+2348030000002': 'no_answer', '+2348030000003': 'failed' } },
        resource: { id: existing, fields: {} },
      }).http,
    existing,
    asks: [],
    call: { number_id: '65f2c01e9a4b7d3308e1f6d1', params: { driver: 'Ada' } },
    resources: {
      plain: { name: 'Check call' },
      older: { name: 'Check call', hook: { url: 'https://freight.example/older' } },
      whole: {
        name: 'Check call',
        classification_tags: [{ name: 'on_time', description: 'The driver will be on time' }],
        extract_with_ai: [{ name: 'eta', description: 'When', type: 'string', example: '16:30', required: true }],
        hooks: [{ url: 'https://freight.example/hook' }],
      },
    },
    change: {
      name: 'Renamed',
      transfer_number: '+13125550100',
      extract_with_ai: [{ name: 'city', description: 'Where', type: 'string' }],
      classification_tags: [],
      language: 'es-MX',
      detailed_work_hours: { monday: { start: '08:00', end: '17:00' } },
      work_start: '08:00',
      work_end: '17:00',
      timezone: 'America/Chicago',
      generic_after_hours_message: 'We are back at eight.',
      enable_detailed_work_hours: true,
      keywords: ['reefer'],
      hooks: [{ url: 'https://freight.example/other', headers: [{ key: 'x-secret', value: 'shh' }] }],
      params: { carrier: 'the carrier' },
      amd: false,
      amd_behavior: 'Continue',
      amd_messages: { 'en-US': 'Please call us back.' },
      sample_labels: [{ name: 'late', color: 'slate' }],
      hidden: true,
      evaluation_models: ['65f2c01e9a4b7d3308e1f6e5'],
      max_duration_mins: 6,
      recorded_message_inbound: true,
      recorded_message_outbound: true,
      show_original_caller_id: true,
      disable_end_call_after_n_reminders: true,
      model: 'Fast',
    },
    reply: ({ classification_tags: tags }) =>
      Array.isArray(tags) && tags.length > 0 ? { classification: 'on_time', extraction: { eta: '16:30' } } : undefined,
  };
}
