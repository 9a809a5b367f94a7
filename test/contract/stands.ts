import type { Clock, Http, Random } from '../../src/ports.ts';
import type { Fields } from '../../src/model/value.ts';
import { intronSandbox } from '../../src/sandbox/intron.ts';
import type { Faults } from '../../src/sandbox/faults.ts';

/** What the contract suite needs to know of a provider: a stand-in, and something to declare. */
export type Stand = {
  /** As in `provider`, without the credential; loopback, so that it is the stand-in's. */
  readonly options: Fields;
  readonly sandbox: (world: { readonly clock: Clock; readonly random: Random; readonly faults: Faults }) => Http;
  /** Declared fields, one set for each kind of resource that the provider has. Their texts use `name` and no other variable. */
  readonly resources: Readonly<Record<string, Fields>>;
  /** Fields that change all that can be changed of each. */
  readonly change: Fields;
};

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
