/**
 * Intron Health voicebot: a workflow is the resource, calls are placed in batches. What maps to what, and what nobody
 * knows of this API, is in docs/providers/intron.md.
 */
import { outcomes, type Outcome } from '../../model/attempt.ts';
import { isLoopback } from '../../model/loopback.ts';
import { printMark, takeMark } from '../../model/mark.ts';
import { referenceKey } from '../../model/reference.ts';
import { isFields, type Fields, type Value } from '../../model/value.ts';
import { isObject } from '../answer.ts';
import type { Account, Provider } from '../contract.ts';
import { calls } from './calls.ts';
import { hasPlaceholder, workflows, type WorkflowType } from './resource.ts';

const voicebot = 'https://voicebot.intron.health/voicebot/v1';
const convobotCall = 'https://convobot.intron.health/voicebot/v1/call';

export const intron: Provider = {
  name: 'intron',
  noun: 'workflow',
  credential: 'api_key',
  schema: 'providers/intron.schema.json',
  reserved: ['phone_number', 'user_tag_identifiers', 'workflow_variables', referenceKey],
  lowered: ['message'],
  rendered: [],
  secretMembers: [],
  facts: {
    title: 'Intron Health voicebot',
    placeholder: '[name] in a ROBOCALL, {{name}} in a CONVERSATION',
    reference: 'user_tag_identifiers of a ROBOCALL, a variable of a CONVERSATION; comes back with requests and calls',
    outcomes: [
      { sign: 'status COMPLETED', outcome: 'answered' },
      { sign: 'a status named under provider.statuses', outcome: 'named' },
      { sign: 'any other status', outcome: 'open' },
    ],
    replies: [{ sign: 'call_result_options_selected', becomes: 'option; labelled by option_one and option_two' }],
    webhook: 'workflow.call_back_url',
    unknown: [],
  },
  hasPlaceholder,
  check: ({ resource }) => checkDescription(resource?.['description']),
  open,
};

/** If our mark were taken away, a line like it would be read as ours. */
function checkDescription(description: Value | undefined): ReturnType<Provider['check']> {
  if (typeof description !== 'string') return [];
  const { mark } = takeMark(description);
  if (mark === undefined) return [];
  const path = 'description';
  const args = { path, found: printMark(mark), expected: 'no line that looks like an ownership mark of callplan' };
  return [{ path, diagnostic: { code: 'VALUE_FORM', args } }];
}

function open(options: Fields): Account {
  const baseUrl = (textOption(options, 'base_url') ?? voicebot).replace(/\/+$/, '');
  const callUrl = callUrlOf(baseUrl, textOption(options, 'call_url'));
  const urls = [baseUrl, callUrl('ROBOCALL'), callUrl('CONVERSATION')];
  return {
    origins: [...new Set(urls.map((url) => new URL(url).origin))],
    headers: (credential) => ({ authorization: `Bearer ${credential}` }),
    explain,
    resource: workflows(baseUrl),
    calls: calls({ baseUrl, callUrl, outcomes: outcomesOf(options['statuses']) }),
  };
}

/**
 * Where calls of each type are placed. The two types live on two hosts, so a base_url that is a proxy says nothing about
 * the second one; a loopback base_url is a sandbox, which serves both.
 */
function callUrlOf(baseUrl: string, set: string | undefined): (type: WorkflowType) => string {
  if (set !== undefined) return () => set;
  const own = `${baseUrl}/call`;
  const conversation = isLoopback(new URL(baseUrl).hostname) ? own : convobotCall;
  return (type) => (type === 'CONVERSATION' ? conversation : own);
}

/** COMPLETED is the only status that a page shows; `provider.statuses` names others and may say it otherwise. */
function outcomesOf(statuses: Fields[string] | undefined): ReadonlyMap<string, Outcome> {
  const named = statuses !== undefined && isFields(statuses) ? Object.entries(statuses) : [];
  return new Map<string, Outcome>([
    ['COMPLETED', 'answered'],
    ...named.flatMap(([status, value]) => {
      const outcome = outcomes.find((known) => known === value);
      return outcome === undefined ? [] : [[status.toUpperCase(), outcome] as const];
    }),
  ]);
}

/** No error body is documented; `message` is the envelope's, the others are what such services answer. */
function explain(body: unknown): string | undefined {
  if (!isObject(body)) return undefined;
  const texts = [body['message'], body['detail'], body['error']];
  return texts.find((text): text is string => typeof text === 'string' && text !== '');
}

function textOption(options: Fields, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}
