/** Campaigns of the providers beside Intron, as far as dialling needs them: one call a request, a listing that lags. */
import type { SandboxOptions } from '../../src/sandbox/registry.ts';

export type OtherStory = {
  readonly about: string;
  /** Whose sandbox it is. */
  readonly provider: string;
  readonly blocks: (baseUrl: string) => string;
  readonly resource?: NonNullable<SandboxOptions['resource']>;
  readonly batchSize?: number;
  readonly faults: string;
};

const faults = 'lose-response=10%,fail-after-placing=10%,fail-before-placing=3%,list-lag=300ms,throttle=2%';
const useCase = '65f2c01e9a4b7d3308e1f6c2';

export const otherStories: readonly OtherStory[] = [
  {
    about: 'HappyRobot calls in arrays',
    provider: 'happyrobot',
    resource: { id: useCase, fields: {} },
    batchSize: 5,
    faults,
    blocks: (baseUrl) => `${account('happyrobot', baseUrl)}
  dialling: batched
use_case: {id: ${useCase}}
call: {number_id: 65f2c01e9a4b7d3308e1f6d1, params: {name: "{{name}}"}, metadata: {clinic: Garki}}`,
  },
  {
    about: 'VoiceOS calls with an agent of their own',
    provider: 'voiceos',
    faults,
    blocks: (baseUrl) => `${account('voiceos', baseUrl)}
agent: {prompt: "You remind {{name}}.", initial_message: "Hello {{upper name}}, this is Garki Hospital."}
call: {from_number: "+15550100199"}`,
  },
  {
    about: 'Vocode calls',
    provider: 'vocode',
    faults,
    blocks: (baseUrl) => `${account('vocode', baseUrl)}
agent:
  name: Reminder
  prompt: {content: "You remind {{name}}."}
  voice: {type: voice_azure, voice_name: en-US-AriaNeural}
call: {from_number: "15550100199"}`,
  },
];

function account(type: string, baseUrl: string): string {
  return `provider:
  type: ${type}
  api_key: \${env.PROVIDER_API_KEY}
  base_url: ${baseUrl}`;
}
