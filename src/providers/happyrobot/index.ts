/**
 * HappyRobot, the API at app.happyrobot.ai: a use case is the resource, calls are placed one by one or as an array. What
 * maps to what, and what nobody knows of this API, is in docs/providers/happyrobot.md.
 */
import type { Fields, Value } from '../../model/value.ts';
import { isObject } from '../answer.ts';
import type { Account, Provider } from '../contract.ts';
import { calls } from './calls.ts';
import { useCases } from './resource.ts';
import { documentedStatuses, statusesOf } from './statuses.ts';

const app = 'https://app.happyrobot.ai/api/v1';

export const happyrobot: Provider = {
  name: 'happyrobot',
  noun: 'use_case',
  credential: 'api_key',
  schema: 'providers/happyrobot.schema.json',
  reserved: [],
  lowered: [],
  rendered: [],
  secretMembers: ['headers'],
  facts: {
    title: 'HappyRobot',
    placeholder: 'none: what a prompt asks for is given by name under call.params',
    reference: 'metadata of a call; comes back with it as metadata.custom',
    outcomes: [
      { sign: 'a status named under provider.statuses', outcome: 'named' },
      ...Object.entries(documentedStatuses).map(([status, outcome]) => ({ sign: `status ${status}`, outcome })),
      { sign: 'any other status', outcome: 'open' },
    ],
    replies: [
      { sign: 'classification.tag', becomes: 'classification' },
      { sign: 'extraction', becomes: 'extraction, where a value in it is neither null nor empty' },
    ],
    webhook: 'use_case.hooks',
    unknown: [
      'Which statuses are final is inferred from their names; Transferred is followed on, since a person may be talking.',
      'Whether Abandoned is a call that was answered is not said: its outcome is unknown.',
      'GET /calls/{id} is taken to answer what a list of calls has for it.',
      'Whether a use case is answered to a PATCH is not said: it is read back in any case.',
      'How the names in a prompt and params of a use case are written is not said: names under call.params go as they are.',
      'Whether extraction and classification are there as soon as a call has its last status is not said: they are read once.',
      'How numbers are searched for is not said: an absence is read off the list of the use case as well.',
      'Errors, limits, the most calls of a batch, how late a list may be: not documented.',
    ],
  },
  hasPlaceholder: () => false,
  check: ({ resource }) => checkHooks(resource?.['hook'], resource?.['hooks']),
  open,
};

/** Two forms of one thing: nobody could say which of them holds. */
function checkHooks(hook: Value | undefined, hooks: Value | undefined): ReturnType<Provider['check']> {
  if (hook === undefined || hooks === undefined) return [];
  const args = { key: 'hook', path: 'use_case', why: 'hooks says the same; leave one of them out' };
  return [{ path: 'hook', diagnostic: { code: 'KEY_REFUSED', args } }];
}

function open(options: Fields): Account {
  const baseUrl = (textOption(options, 'base_url') ?? app).replace(/\/+$/, '');
  return {
    origins: [new URL(baseUrl).origin],
    headers: (credential) => ({ authorization: `Bearer ${credential}` }),
    explain,
    resource: useCases(baseUrl),
    calls: calls({
      baseUrl,
      statuses: statusesOf(options['statuses']),
      dialling: options['dialling'] === 'batched' ? 'batched' : 'single',
    }),
  };
}

/** No error body is documented; these are what such services answer. */
function explain(body: unknown): string | undefined {
  if (!isObject(body)) return undefined;
  const texts = [body['message'], body['error'], body['detail']];
  return texts.find((text): text is string => typeof text === 'string' && text !== '');
}

function textOption(options: Fields, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}
