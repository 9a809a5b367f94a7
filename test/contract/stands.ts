import type { Stand } from '../../src/provider-kit/stand.ts';
import { intronSandbox } from '../../src/sandbox/intron.ts';

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
  },
};
