/**
 * What an agent's configuration may hold: pages agents and create-phone-call, with the voices and the transcriber that
 * only the vendor's SDK has (read 2026-11-21). Models, languages and voices are open: any name is taken.
 */
import { anything, byProvider, list, mapOf, nullable, number, object, oneOf, text, truth } from './shape.ts';
import type { Member } from './shape.ts';

const events = oneOf(
  'phone_call:connection_requested',
  'phone_call:rejected',
  'phone_call:accepted',
  'function_call:triggered',
  'conversation:started',
  'conversation:ended',
  'conversation:duration',
  'speech:started',
  'speech:ended',
  'message:sent',
  'message:generated',
);

const credential_id: Member = { shape: nullable(text()), fallback: null };

const tool = object({
  type: { shape: oneOf('function') },
  function: {
    shape: object({
      name: { shape: text({ atMost: 63 }) },
      description: { shape: nullable(text()), fallback: null },
      parameters: { shape: nullable(anything()), fallback: null },
    }),
  },
});

const languageModel = byProvider({
  openai: {
    credential_id,
    model: { shape: text() },
    tools: { shape: list(tool), fallback: [] },
    temperature: { shape: number({ atLeast: 0, atMost: 2 }), fallback: 0 },
    max_tokens: { shape: number({ atLeast: 1, whole: true }), fallback: 300 },
  },
});

const voice = byProvider({
  playht: {
    credential_id,
    model: { shape: text() },
    speed: { shape: number({ atLeast: 0, atMost: 5 }), fallback: 1 },
    temperature: { shape: nullable(number({ atLeast: 0, atMost: 2 })), fallback: null },
    text_guidance: { shape: nullable(number({ atLeast: 1, atMost: 2 })), fallback: null },
    style_guidance: { shape: nullable(number({ atLeast: 1, atMost: 30 })), fallback: null },
  },
  elevenlabs: {
    credential_id,
    voice_id: { shape: text() },
    model_id: { shape: nullable(text()), fallback: null },
    optimize_latency: { shape: number({ whole: true }), fallback: 3 },
    use_speaker_boost: { shape: truth(), fallback: false },
    similarity_boost: { shape: number(), fallback: 0.5 },
    stability: { shape: number(), fallback: 0.5 },
  },
  azure: {
    credential_id,
    model: { shape: text() },
    pitch: { shape: number(), fallback: 0 },
    rate: { shape: number(), fallback: 0 },
  },
  deepgram: { credential_id, model: { shape: text() } },
  rime: {
    credential_id,
    speaker: { shape: text() },
    speed_alpha: { shape: number(), fallback: 1 },
    reduce_latency: { shape: truth(), fallback: false },
  },
});

const transcriber = byProvider({
  deepgram: {
    credential_id,
    model: { shape: text(), fallback: 'nova-2' },
    language: { shape: text(), fallback: 'en' },
    keywords: { shape: list(text()), fallback: [] },
  },
  azure: { credential_id, languages: { shape: list(text()), fallback: ['en-US'] } },
});

const webhook = object({
  events: { shape: list(events) },
  url: { shape: text() },
  method: { shape: oneOf('GET', 'POST') },
  headers: { shape: nullable(mapOf(text())), fallback: null },
  filter: { shape: nullable(text()), fallback: null },
});

const hook = object({
  events: { shape: list(events) },
  filter: { shape: nullable(text()), fallback: null },
  instructions: { shape: list(object({ instruction: { shape: oneOf('hang_up') } })) },
});

/** All are optional. What an agent without a prompt, a voice or a model does is not documented: null here. */
export const agentConfiguration: Readonly<Record<string, Member>> = {
  initial_message: { shape: nullable(text()), fallback: null },
  prompt: { shape: nullable(text()), fallback: null },
  voice: { shape: nullable(voice), fallback: null },
  language_model: { shape: nullable(languageModel), fallback: null },
  transcriber: { shape: nullable(transcriber), fallback: null },
  max_duration_seconds: { shape: nullable(number({ atLeast: 1, whole: true })), fallback: 600 },
  webhooks: { shape: list(webhook), fallback: [] },
  hooks: { shape: list(hook), fallback: [] },
  metadata: { shape: mapOf(text()), fallback: {} },
};
