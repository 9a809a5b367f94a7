import type { CampaignCodes } from '../../model/codes/campaign.ts';
import type { Wordings } from '../wording.ts';
import { example, wrongAndRight } from './example.ts';
import { listed } from './quote.ts';

/** Findings about how and when calls are made. */
export type ExecutionCode =
  | 'WINDOW_EMPTY'
  | 'END_BEFORE_START'
  | 'CONSENT_MISSING'
  | 'POLICY_HOURS'
  | 'RETRY_WITHOUT_MAX'
  | 'MAX_WITHOUT_RETRY'
  | 'ANOTHER_TIME_WITHOUT_RETRY'
  | 'ANOTHER_TIME_ROOM'
  | 'STOP_WHEN_EMPTY'
  | 'BUDGET_WITHOUT_PRICE'
  | 'BUDGET_CURRENCY'
  | 'BUDGET_ROOM'
  | 'FOLLOW_UP_SHORT'
  | 'SETTLE_SHORT';

/** Findings about fields of `execution` that do not go together. */
export const executionWords: Wordings<Pick<CampaignCodes, ExecutionCode>> = {
  WINDOW_EMPTY: {
    severity: 'error',
    title: 'A window ends when it begins',
    say: ({ at }) => `the window begins and ends at ${at}`,
    help: () => 'write from: "00:00", to: "24:00" for a whole day',
    about:
      'A window from a time to the same time is either empty or a whole day. Say which: `from: "00:00", to: "24:00"` is a whole day.',
  },
  END_BEFORE_START: {
    severity: 'error',
    title: 'Calling ends before it starts',
    say: ({ start, end }) => `end_at ${end} is not after start_at ${start}`,
    help: () => 'change one of them',
    about: 'Calls are made from `execution.start_at` to `execution.end_at`, so there is no time for any.',
  },
  CONSENT_MISSING: {
    severity: 'error',
    title: 'A policy asks for consent',
    say: ({ policy }) => `${policy} asks who has agreed to be called by an artificial voice, and nothing says it`,
    help: () => 'name the column: recipients.consent: "{{agreed_on}}"',
    about: `The policy demands that everybody who is called has agreed to it. \`recipients.consent\` says by which column: \`yes\`, \`true\`, \`1\` or the
ISO 8601 date of the agreement. Rows that say anything else are invalid; leave them out with a filter of the source:

${example('recipients:\n  from:\n    - csv: recipients.csv\n      only: {consent: "yes"}\n  consent: "{{consent}}"')}`,
  },
  POLICY_HOURS: {
    severity: 'error',
    title: 'The windows share no hour with the policy',
    say: ({ policy }) => `the windows are closed whenever ${policy} lets people be called`,
    help: ({ policy }) => `move the windows into its hours, which docs/windows.md lists; or remove policy: ${policy}`,
    about: `A policy narrows \`execution.windows\`: people are called while both are open. Where they share no hour, everybody would be
skipped.`,
  },
  RETRY_WITHOUT_MAX: {
    severity: 'error',
    title: 'Retries without room for them',
    say: ({ max }) =>
      max === undefined
        ? 'retries are listed, but not how many attempts there may be'
        : 'retries are listed, but only one attempt is allowed',
    help: () => 'set execution.attempts.max to 2 or more',
    about: `\`max\` bounds all attempts of a recipient, the first included. Without it there is one.

${example('execution:\n  attempts:\n    max: 3\n    retry: {no_answer: [30m, 2h]}')}`,
  },
  MAX_WITHOUT_RETRY: {
    severity: 'error',
    title: 'Room for attempts that nothing asks for',
    say: ({ max }) => `${String(max)} attempts are allowed, but nothing says after which outcome to try again`,
    help: () => 'add execution.attempts.retry, for example {no_answer: [30m]}; or remove max',
    about:
      'Only outcomes listed under `retry` are tried again, each after its delays. Without a list there is one attempt, whatever `max` says.',
  },
  ANOTHER_TIME_WITHOUT_RETRY: {
    severity: 'error',
    title: 'A time for retries that nothing asks for',
    say: () => 'retries are to keep to another time of day, but nothing says after which outcome to try again',
    help: () =>
      'add max and retry to execution.attempts, for example max: 2, retry: {no_answer: [2h]}; or remove another_time',
    about: `\`another_time\` moves retries; only outcomes listed under \`retry\` are tried again.

${example('execution:\n  attempts:\n    max: 3\n    retry: {no_answer: [2h]}\n    another_time: 3h')}`,
  },
  ANOTHER_TIME_ROOM: {
    severity: 'error',
    title: 'The windows have no other time of day',
    say: ({ distance }) => `the windows do not always have a time that is ${distance} from the call before`,
    help: ({ longest }) =>
      longest === undefined
        ? 'widen the windows, or remove another_time'
        : `make it ${longest} or shorter, or widen the windows`,
    about: `A retry keeps at least \`another_time\` by the clock from the time of day at which the call before began, and it needs a quarter of an
hour in which it may be made. After a call in the middle of the windows there is the least room: in 09:00–19:00, for a call at 14:00,
4 h 45 min on either side. Windows are those of the campaign, narrowed by its policy.

${wrongAndRight('execution:\n  windows: [{from: "09:00", to: "13:00"}]\n  attempts: {max: 2, retry: {no_answer: [2h]}, another_time: 3h}', 'execution:\n  windows: [{from: "09:00", to: "13:00"}]\n  attempts: {max: 2, retry: {no_answer: [2h]}, another_time: 90m}')}`,
  },
  STOP_WHEN_EMPTY: {
    severity: 'error',
    title: 'A condition to stop that names no outcome',
    say: ({ path }) => `${path} names no outcome, so it would never stop anything`,
    help: ({ path, known }) =>
      `name a share, for example ${path.slice(path.lastIndexOf('.') + 1)}: {failed: 20%}, or remove it; the outcomes are ${listed(known, 'and')}`,
    about: `A wave stops when a share of its calls ended in a way that it should not. \`failed\` counts calls that failed and those that the provider
refused.

${example('execution:\n  canary: {calls: 10, stop_when: {failed: 20%}}\n  stop_when: {failed: 25%, voicemail: 60%, of_last: 100}')}`,
  },
  BUDGET_WITHOUT_PRICE: {
    severity: 'error',
    title: 'A budget of money without a price',
    say: ({ cost }) => `budget.cost is ${cost}, but nothing says what a minute costs`,
    help: ({ currency }) =>
      `add what your provider charges for a minute, for example execution.price: 0.09 ${currency}/min`,
    about: `A call is made only while there is room for all that it may cost: \`max_call\` times \`price\`. Without a price nobody could tell. Once the
call has ended, what the provider reports counts instead, or its own length times the price.

${example('execution:\n  budget: {cost: 150 USD}\n  price: 0.09 USD/min')}`,
  },
  BUDGET_CURRENCY: {
    severity: 'error',
    title: 'A budget and a price in two currencies',
    say: ({ cost, price }) => `budget.cost is in ${cost}, but the price is in ${price}`,
    help: ({ cost }) => `write the price in ${cost}, for example 0.09 ${cost}/min`,
    about: 'callplan knows no rates of exchange. Write `execution.price` in the currency of `execution.budget.cost`.',
  },
  BUDGET_ROOM: {
    severity: 'error',
    title: 'A budget that is too small for one call',
    say: ({ path, budget, needed, call }) =>
      `${path} is ${budget}, but a call of ${call} at most reserves ${needed} before it is made`,
    help: ({ needed }) => `make it ${needed} or more, or make execution.max_call shorter`,
    about: `Before a call is made, nobody knows how long it will last, so it reserves \`max_call\` (15 minutes, unless the file says otherwise) of the
budget; when it has ended, its own length counts. A budget below one such reservation lets nobody be called.

${wrongAndRight('execution:\n  budget: {minutes: 10}', 'execution:\n  budget: {minutes: 10}\n  max_call: 5m')}`,
  },
  FOLLOW_UP_SHORT: {
    severity: 'error',
    title: 'Following up ends before it begins',
    say: (args) => `calls are asked about every ${args.every}, but only for ${args.for}`,
    help: () => 'make follow_up.for longer than follow_up.every',
    about:
      'A call whose end is not seen within `follow_up.for` counts as `unknown`. If that is shorter than `follow_up.every`, none is ever seen.',
  },
  SETTLE_SHORT: {
    severity: 'error',
    title: 'A settle time that is shorter than the provider needs',
    say: ({ settle, least, provider }) => `look_up.settle is ${settle}, but ${provider} needs ${least}`,
    help: ({ least }) => `leave it out, or make it ${least} or longer`,
    about: `After a request that got no answer, callplan looks whether the call was placed. For the settle time a placed call may still be
missing from the provider's lists; looking earlier could call somebody twice. Only where all hosts are on this machine, as with a
sandbox, may it be shorter.`,
  },
};
