/**
 * VoiceOS (Wako AI): an agent is the resource, each call is a conversation with a copy of it. What maps to what, and what
 * nobody knows of this API, is in docs/providers/voiceos.md.
 */
import { outcomes, type Outcome } from '../../model/attempt.ts';
import { isFields, type Fields } from '../../model/value.ts';
import { isObject } from '../answer.ts';
import type { Account, Provider } from '../contract.ts';
import { calls, rendered } from './calls.ts';
import { endings } from './outcome.ts';
import { agents } from './resource.ts';

const hosted = 'https://api.voiceos.io';

export const voiceos: Provider = {
  name: 'voiceos',
  noun: 'agent',
  credential: 'api_key',
  schema: 'providers/voiceos.schema.json',
  reserved: [],
  lowered: [],
  rendered,
  // Headers authenticate requests to the user's own service; the others come with phone numbers.
  secretMembers: ['headers', 'auth_token', 'account_sid'],
  facts: {
    title: 'VoiceOS (Wako AI)',
    placeholder: 'none: prompt and initial_message are rendered before they are sent',
    reference: 'metadata of the agent_config that goes with a call; comes back with the conversation',
    outcomes: [
      { sign: 'status queued or started', outcome: 'open' },
      { sign: 'ended:talked: ended, the user said something', outcome: endings['ended:talked'] },
      { sign: 'ended:not_started: ended, no started_at, no message', outcome: endings['ended:not_started'] },
      { sign: 'ended:talked: ended by the user, or by the agent with a message', outcome: endings['ended:talked'] },
      { sign: 'ended:unknown: ended in any other way', outcome: endings['ended:unknown'] },
      { sign: 'a status named under provider.statuses', outcome: 'named' },
      { sign: 'any other status', outcome: 'open' },
    ],
    replies: [],
    webhook: 'agent.webhooks',
    unknown: [
      'Whether a call that never started was not answered, busy, declined or impossible: all are no_answer, unless provider.statuses says otherwise.',
      'Whether an answering machine was on the line: such calls are answered.',
      'Whether PATCH merges or replaces metadata, the voice and the like: each part that changes is sent whole.',
      'Whether created_after means the creation of a conversation, and the order of listings: listings begin ten minutes early and are read to their end.',
      'How late a listing may be: five minutes are waited before an absence counts.',
      'What webhooks are told: an event only wakes the poll.',
      'Rate limits and the bodies of errors but 422.',
    ],
  },
  hasPlaceholder: () => false,
  check: () => [],
  open,
};

function open(options: Fields): Account {
  const { base_url: set } = options;
  const baseUrl = (typeof set === 'string' ? set : hosted).replace(/\/+$/, '');
  return {
    origins: [new URL(baseUrl).origin],
    headers: (credential) => ({ authorization: `Bearer ${credential}` }),
    explain,
    resource: agents(baseUrl),
    calls: calls({ baseUrl, outcomes: outcomesOf(options['statuses']) }),
  };
}

function outcomesOf(statuses: Fields[string] | undefined): ReadonlyMap<string, Outcome> {
  const named = statuses !== undefined && isFields(statuses) ? Object.entries(statuses) : [];
  return new Map<string, Outcome>([
    ...Object.entries(endings),
    ...named.flatMap(([status, value]) => {
      const outcome = outcomes.find((known) => known === value);
      return outcome === undefined ? [] : [[status.toLowerCase(), outcome] as const];
    }),
  ]);
}

/** `{"detail": [{loc, msg, type}]}` of a 422; a plain text elsewhere, as services of that make answer. */
function explain(body: unknown): string | undefined {
  const detail = isObject(body) ? body['detail'] : undefined;
  if (typeof detail === 'string' && detail !== '') return detail;
  if (!Array.isArray(detail)) return undefined;
  const issues = detail.filter(isObject).flatMap(issueOf);
  return issues.length === 0 ? undefined : issues.join('; ');
}

function issueOf({ loc, msg }: Readonly<Record<string, unknown>>): readonly string[] {
  if (typeof msg !== 'string' || msg === '') return [];
  const place = Array.isArray(loc) ? loc.filter((step) => step !== 'body').join('.') : '';
  return [place === '' ? msg : `${place}: ${msg}`];
}
