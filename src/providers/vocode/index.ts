/**
 * Vocode's hosted API: an agent is the resource, calls are placed one by one. What maps to what, and what nobody knows of
 * this API, is in docs/providers/vocode.md.
 */
import { outcomes, type Outcome } from '../../model/attempt.ts';
import { printMark } from '../../model/mark.ts';
import { referenceKey } from '../../model/reference.ts';
import { isFields, isText, namesOf, type Fields } from '../../model/value.ts';
import { isObject } from '../answer.ts';
import type { Account, Provider } from '../contract.ts';
import { agents } from './agents.ts';
import { calls } from './calls.ts';
import { takeName } from './name.ts';
import { replySigns, rules } from './outcomes.ts';
import { hasPlaceholder } from './prompt.ts';

const production = 'https://api.vocode.dev';

export const vocode: Provider = {
  name: 'vocode',
  noun: 'agent',
  credential: 'api_key',
  schema: 'providers/vocode.schema.json',
  reserved: [referenceKey],
  lowered: ['prompt.content'],
  rendered: [],
  secretMembers: ['api_key', 'openai_api_key', 'twilio_account_sid', 'twilio_auth_token', 'signature_secret'],
  facts: {
    title: 'Vocode hosted API',
    placeholder: '${name}',
    reference: 'context; comes back with the call and in the listing',
    outcomes: [
      { sign: 'a status named under provider.statuses', outcome: 'named' },
      ...rules.map(({ sign, outcome }) => ({ sign, outcome })),
    ],
    replies: replySigns,
    webhook: 'agent.webhook',
    unknown: [
      'How signs of the end of a call go together: each is read by itself, in the order of the table.',
      'Whether a number may have a plus: it is called without, as the samples write it, and compared by its digits.',
      'Whether a context may hold a key that the prompt does not ask for: the reference stands there.',
      'What an update does with fields of an action that the agent does not have yet: it is sent whole, and read back.',
      'By what the listing of calls is ordered, and how late it may be: it is read whole, five minutes later.',
      'How long a name may be: one that was cut loses its mark, which shows when it is read back.',
      'Whether the total of a listing is exact: where it is said to be an estimate, the end is where there is no more.',
    ],
  },
  hasPlaceholder,
  check: ({ resource }) => (resource === undefined ? [] : [...checkName(resource), ...checkNames(resource)]),
  open,
};

type Findings = ReturnType<Provider['check']>;

/** If our mark were taken away, one like it would be read as ours. */
function checkName({ name }: Fields): Findings {
  const { mark } = takeName(typeof name === 'string' ? name : '');
  if (mark === undefined) return [];
  const path = 'name';
  const args = { path, found: printMark(mark), expected: 'nothing that looks like an ownership mark of callplan' };
  return [{ path, diagnostic: { code: 'VALUE_FORM', args } }];
}

/** Only plain names are shown in placeholders; another would be said as it stands, to everybody. */
function checkNames({ prompt }: Fields): Findings {
  const fields: Fields = prompt !== undefined && isFields(prompt) ? prompt : {};
  const { content } = fields;
  if (content === undefined || !isText(content)) return [];
  const path = 'prompt.content';
  const expected =
    'names of letters, digits and _ alone, as Vocode fills them in; rename it under recipients.variables';
  return namesOf(content.$text)
    .filter((name) => !/^[A-Za-z_]\w*$/.test(name))
    .map((name) => ({
      path,
      diagnostic: { code: 'VALUE_FORM', args: { path, found: JSON.stringify(name), expected } },
    }));
}

function open(options: Fields): Account {
  const { base_url: set } = options;
  const baseUrl = (typeof set === 'string' ? set : production).replace(/\/+$/, '');
  return {
    origins: [new URL(baseUrl).origin],
    headers: (credential) => ({ authorization: `Bearer ${credential}` }),
    explain,
    resource: agents(baseUrl),
    calls: calls({ baseUrl, named: statusesOf(options['statuses']) }),
  };
}

function statusesOf(statuses: Fields[string] | undefined): ReadonlyMap<string, Outcome> {
  const named = statuses !== undefined && isFields(statuses) ? Object.entries(statuses) : [];
  return new Map(
    named.flatMap(([status, value]) => {
      const outcome = outcomes.find((known) => known === value);
      return outcome === undefined ? [] : [[status.toUpperCase(), outcome] as const];
    }),
  );
}

/** `{detail: "text"}`, or `{detail: [{loc, msg, type}]}` of an answer 422. */
function explain(body: unknown): string | undefined {
  const detail = isObject(body) ? body['detail'] : undefined;
  if (typeof detail === 'string') return detail === '' ? undefined : detail;
  if (!Array.isArray(detail)) return undefined;
  const texts = detail.filter(isObject).flatMap(({ loc, msg }) => {
    const path = Array.isArray(loc) ? loc.filter((step) => step !== 'body' && step !== 'query').join('.') : '';
    if (typeof msg !== 'string') return [];
    return [path === '' ? msg : `${path}: ${msg}`];
  });
  return texts.length === 0 ? undefined : texts.join('; ');
}
