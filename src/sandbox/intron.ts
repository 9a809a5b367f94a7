/**
 * A stand-in for Intron's voicebot API, written from its pages (workflow, robocall-call, conversation-call; read
 * 2026-11-21). What the pages leave open had to be chosen, and stands where it is done: all statuses but COMPLETED, the
 * bodies and statuses of answers that are no success, which values are refused, the order of listings. Not there: the
 * callback to `call_back_url`, whose body is documented in part only.
 *
 * Paths are matched below `/v1`, so that both hosts and any `base_url` reach the same account.
 */
import type { Fields } from '../model/value.ts';
import type { Http } from '../ports.ts';
import type { Workflow } from './intron/account.ts';
import { newAccount } from './intron/account.ts';
import { problemBody } from './intron/envelope.ts';
import { callItem, listCalls, listRequests, requestItem } from './intron/listings.ts';
import { placeCalls } from './intron/place.ts';
import { statsCounter } from './intron/stats.ts';
import { createWorkflow, deleteWorkflow, listWorkflows, readWorkflow, updateWorkflow } from './intron/workflows.ts';
import { sandboxHttp } from './frame.ts';
import type { Api, Endpoint, FrameOptions } from './frame.ts';
import { lives } from './life.ts';
import type { LifeScript } from './life.ts';
import { openLines } from './lines.ts';

/** Left out: five requests to place calls a second, lives by `usualShares`, no faults, any key, no log. */
export type IntronSandboxOptions = FrameOptions & {
  readonly life?: LifeScript;
  /** Length of every call; 0 ends calls at once. */
  readonly callMs?: number;
  /** A workflow that is there from the start; of its fields only `workflow_type` is looked at. */
  readonly resource?: { readonly id: string; readonly fields: Fields };
};

/** What the sandbox holds, for tests, without any fault of listings but with the present status. */
export type IntronSnapshot = {
  readonly resources: readonly Workflow[];
  readonly requests: readonly Readonly<Record<string, unknown>>[];
  /** With `workflow_id`, `workflow_variables` and the `message` that was said. */
  readonly calls: readonly Readonly<Record<string, unknown>>[];
};

/** "Rate limit: 5 requests per second": https://docs.voice.intron.io/docs/voicebot/conversation-call, read 2026-11-21. */
const callsPerSecond = 5;

export function intronSandbox(options: IntronSandboxOptions): {
  readonly http: Http;
  readonly snapshot: () => IntronSnapshot;
} {
  const { clock, random, faults = {}, life = {}, callMs } = options;
  const account = newAccount(clock, random);
  if (options.resource !== undefined) account.workflows.set(options.resource.id, namedWorkflow(options.resource));
  const stats = statsCounter(clock);
  const lines = openLines(clock);
  const placing = { account, faults, random, lifeOf: lines.watch(lives(life, random, callMs)) };
  const call: Endpoint = { places: true, reply: (asked) => placeCalls(placing, asked) };
  const api: Api = {
    callsPerSecond,
    linesTaken: lines.taken,
    problem: problemBody,
    endpoints: {
      'POST /call': call,
      'POST /robocall/call': call,
      'POST /convobot/call': call,
      'POST /workflows': { places: false, reply: (asked) => createWorkflow(account, faults, asked) },
      'GET /workflows': { places: false, reply: () => listWorkflows(account, faults) },
      'GET /workflows/:id': { places: false, reply: (asked) => readWorkflow(account, faults, asked) },
      'PUT /workflows/:id': { places: false, reply: (asked) => updateWorkflow(account, faults, asked) },
      'DELETE /workflows/:id': { places: false, reply: (asked) => deleteWorkflow(account, asked) },
      'GET /workflows/:id/requests': { places: false, reply: (asked) => listRequests(account, faults, asked, stats) },
      'GET /workflows/:id/calls': { places: false, reply: (asked) => listCalls(account, faults, asked) },
    },
  };
  return { http: sandboxHttp(api, options), snapshot: () => snapshot(account) };
}

function namedWorkflow({ id, fields }: NonNullable<IntronSandboxOptions['resource']>): Workflow {
  return {
    id,
    name: 'Named by the campaign',
    description: null,
    workflow_type: fields['workflow_type'] === 'CONVERSATION' ? 'CONVERSATION' : 'ROBOCALL',
    message: 'What this workflow says is known to the provider alone.',
    include_reply: false,
    option_one: null,
    option_two: null,
    call_back_url: null,
  };
}

function snapshot(account: ReturnType<typeof newAccount>): IntronSnapshot {
  const batches = [...account.records.values()].flatMap((records) => records.batches);
  return {
    resources: [...account.workflows.values()],
    requests: batches.map((batch) => ({ ...requestItem(account, {}, batch), workflow_id: batch.workflow.id })),
    calls: batches.flatMap((batch) =>
      batch.calls.map((call) => ({
        ...callItem(account, {}, call),
        workflow_id: batch.workflow.id,
        workflow_variables: call.variables,
        message: call.message,
      })),
    ),
  };
}
