/** What a plan says of what the write of a list takes away. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { seededRandom } from '../../src/sandbox/seeded-random.ts';
import { voiceosSandbox } from '../../src/sandbox/voiceos.ts';
import type { FakeWorld, WorldOptions } from '../support/world.ts';
import { edit } from './sandboxed.ts';
import { transcript } from './transcript.ts';

const env = { VOICEOS_API_KEY: 'sk-live-0f9a8b7c6d5e', SURVEY_TOKEN: 'sk-survey-41b', NEW_TOKEN: 'sk-survey-97c' };
const token = '        x-survey-token: ${env.SURVEY_TOKEN}\n';

test('a header that somebody added goes with the next write of the webhooks, and the plan says so', async () => {
  const text = await transcript(
    [
      ['apply', '.', '-e', 'prod', '--auto-approve'],
      (world) => webhook(world, { 'x-survey-token': env.SURVEY_TOKEN, 'x-desk': 'sk-desk-8e1' }),
      ['plan', '.', '-e', 'prod'],
      edit('campaign.yaml', 'max_duration_seconds: 240', 'max_duration_seconds: 300'),
      ['plan', '.', '-e', 'prod'],
      ['apply', '.', '-e', 'prod', '--auto-approve'],
      ['plan', '.', '-e', 'prod'],
    ],
    survey(),
  );
  expect(text).not.toContain('sk-desk');
  await expect(text).toMatchFileSnapshot('snapshots/removals-drift.md');
});

test('a header that the file drops is taken away by the next apply', async () => {
  const text = await transcript(
    [
      edit('campaign.yaml', token, `${token}        x-new-token: \${env.NEW_TOKEN}\n`),
      ['apply', '.', '-e', 'prod', '--auto-approve'],
      edit('campaign.yaml', token, ''),
      ['plan', '.', '-e', 'prod', '--detailed-exitcode'],
      ['apply', '.', '-e', 'prod', '--auto-approve'],
      ['plan', '.', '-e', 'prod'],
    ],
    survey(),
  );
  await expect(text).toMatchFileSnapshot('snapshots/removals-config.md');
});

/** What somebody writes in the dashboard. */
async function webhook({ http, sent }: FakeWorld, headers: Readonly<Record<string, string>>): Promise<void> {
  const bodies = sent.flatMap(({ exchange }) => (exchange.kind === 'answered' ? [exchange.body] : []));
  const id = bodies.flatMap((body) => /"id":"([\w-]+)"/.exec(body)?.[1] ?? [])[0] ?? '';
  const url = `https://api.voiceos.io/agents/${id}`;
  const events = ['function_call:triggered', 'conversation:ended'];
  const webhooks = [{ events, url: 'https://survey.larkfield.example/voiceos', method: 'POST', headers }];
  const answer = await http(
    {
      method: 'PATCH',
      url,
      headers: { authorization: `Bearer ${env.VOICEOS_API_KEY}` },
      body: JSON.stringify({ webhooks }),
    },
    new AbortController().signal,
  );
  if (answer.kind !== 'answered' || answer.status >= 300) throw new Error(`PATCH ${url}: ${JSON.stringify(answer)}`);
}

function survey(): WorldOptions {
  return {
    folder: join(import.meta.dirname, '..', '..', 'campaigns', 'renewal-survey'),
    env,
    http: ({ clock }) => voiceosSandbox({ clock, random: seededRandom(7) }).http,
  };
}
