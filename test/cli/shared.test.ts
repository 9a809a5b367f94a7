/** What a plan says where others point to an object that an update would change. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { seededRandom } from '../../src/sandbox/seeded-random.ts';
import { vocodeSandbox } from '../../src/sandbox/vocode.ts';
import type { FakeWorld, WorldOptions } from '../support/world.ts';
import { edit } from './sandboxed.ts';
import { transcript } from './transcript.ts';

const env = { VOCODE_API_KEY: 'sk-live-0f9a8b7c6d5e' };

test('names the other agents that a changed prompt is of, before and while it is applied', async () => {
  const text = await transcript(
    [
      ['apply', '.', '--auto-approve'],
      (made) => agent(made, { name: 'Front desk', prompt: prompt(made).id, voice: azure }),
      (made) => agent(made, { prompt: prompt(made).id, voice: azure }),
      edit('campaign.yaml', 'a quote for a solar roof.', 'a quote for a solar roof. Be brief.'),
      ['plan'],
      ['plan', '.', '--format', 'json'],
      ['apply', '.', '--auto-approve'],
      ['plan', '.', '--detailed-exitcode'],
    ],
    solar(),
  );
  await expect(text).toMatchFileSnapshot('snapshots/shared.md');
});

const azure = { type: 'voice_azure', voice_name: 'en-US-AriaNeural' };

/** The prompt that the first agent of the sandbox points to. */
function prompt({ sent }: FakeWorld): { readonly id: string } {
  const bodies = sent.flatMap(({ exchange }) => (exchange.kind === 'answered' ? [exchange.body] : []));
  const id = bodies.flatMap((body) => /"prompt":\{"id":"([\w-]+)"/.exec(body)?.[1] ?? [])[0];
  if (id === undefined) throw new Error('no agent was answered');
  return { id };
}

/** What somebody makes in the dashboard. */
async function agent({ http }: FakeWorld, fields: Readonly<Record<string, unknown>>): Promise<void> {
  const headers = { authorization: `Bearer ${env.VOCODE_API_KEY}` };
  const url = 'https://api.vocode.dev/v1/agents/create';
  const answer = await http(
    { method: 'POST', url, headers, body: JSON.stringify(fields) },
    new AbortController().signal,
  );
  if (answer.kind !== 'answered' || answer.status >= 300) throw new Error('no agent was made');
}

function solar(): WorldOptions {
  return {
    folder: join(import.meta.dirname, 'fixtures', 'solar'),
    env,
    http: ({ clock }) => vocodeSandbox({ clock, random: seededRandom(7) }).http,
  };
}
