import type { Stand } from '../../src/provider-kit/stand.ts';
import { voiceosSandbox } from '../../src/sandbox/voiceos.ts';

export const voiceos: Stand = {
  options: { base_url: 'http://127.0.0.1:4010' },
  sandbox: ({ clock, random, faults }) =>
    voiceosSandbox({
      clock,
      random,
      faults,
      life: { shares: { replied: 1 }, numbers: { '+2348030000002': 'no_answer', '+2348030000003': 'failed' } },
    }).http,
  resources: {
    talkative: {
      prompt: 'You ask {{name}} three questions.',
      initial_message: 'Good morning, {{name}}.',
      language_model: { provider: 'openai', model: 'gpt-4o', credential_id: null, temperature: 0.2 },
      voice: { provider: 'playht', model: 'susan', speed: 1.1 },
      transcriber: { provider: 'deepgram', model: 'nova-2-phonecall', language: 'en', keywords: ['Larkfield'] },
      max_duration_seconds: 240,
      webhooks: [
        {
          events: ['conversation:ended'],
          url: 'https://insurer.example/voiceos',
          method: 'POST',
          headers: { 'x-token': 'secret' },
        },
      ],
      hooks: [{ events: ['function_call:triggered'], instructions: [{ instruction: 'hang_up' }] }],
      metadata: { team: 'renewals' },
    },
    waiting: { prompt: 'You wait for {{name}} to speak.', initial_message: null, max_duration_seconds: null },
  },
  // Its texts are rendered before they are sent.
  asks: [],
  call: { from_number: '+15005550006' },
  // A call that nobody takes and one that cannot be made end alike.
  outcomes: ['answered', 'no_answer', 'no_answer'],
  change: {
    prompt: 'Changed for {{name}}',
    initial_message: 'Good day',
    language_model: { provider: 'openai', model: 'gpt-4-turbo', max_tokens: 120 },
    voice: { provider: 'elevenlabs', voice_id: '21m00Tcm4TlvDq8ikWAM', stability: 0.4 },
    transcriber: { provider: 'azure', languages: ['en-GB'] },
    max_duration_seconds: 90,
    webhooks: [],
    hooks: [],
    metadata: { team: 'claims' },
  },
};
