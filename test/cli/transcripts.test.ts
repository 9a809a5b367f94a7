/** What was said in calls, as a column of the table: by the providers that tell it. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import type { Http } from '../../src/ports.ts';
import { happyrobotSandbox } from '../../src/sandbox/happyrobot.ts';
import { seededRandom } from '../../src/sandbox/seeded-random.ts';
import { vocodeSandbox } from '../../src/sandbox/vocode.ts';
import { voiceosSandbox } from '../../src/sandbox/voiceos.ts';
import { world, type FakeWorld } from '../support/world.ts';
import { sandboxed, write } from './sandboxed.ts';

const key = 'sk-live-0f9a8b7c6d5e';
const useCase = '5a4db0000000000000000001';
const results = ['results', '.', '--out', 'results.csv', '--transcripts'];

const blocks = {
  voiceos: `agent:
  prompt: You ask about a policy.
  initial_message: Hello {{name}}.
  language_model: {provider: openai, model: gpt-4o}
  voice: {provider: playht, model: arthur}
  transcriber: {provider: deepgram, model: nova-2-phonecall}
call: {from_number: "+15005550006"}
`,
  vocode: `agent:
  name: survey
  prompt: {content: "Ask {{name}} about the policy."}
  voice: {type: voice_azure, voice_name: en-US-AriaNeural}
call: {from_number: "15550100199"}
`,
  happyrobot: `use_case: {id: ${useCase}}
call:
  number_id: 65f2c01e9a4b7d3308e1f6d1
  params: {name: "{{name}}"}
`,
} as const;

type Name = keyof typeof blocks;

const sandboxes = { voiceos: voiceosSandbox, vocode: vocodeSandbox, happyrobot: happyrobotSandbox } as const;

async function survey(name: Name, change: (http: Http) => Http = (http) => http): Promise<FakeWorld> {
  const made = await world({
    env: { API_KEY: key },
    http: ({ clock }) =>
      change(
        sandboxes[name]({
          clock,
          random: seededRandom(5),
          life: { numbers: { '+2348031234502': 'no_answer' }, shares: { replied: 1 } },
        }).http,
      ),
  });
  await write(
    'campaign.yaml',
    `version: 1
campaign: survey
wave: "2026-11"
provider: {type: ${name}, api_key: "\${env.API_KEY}"}
${blocks[name]}recipients:
  from:
    - rows:
        - {name: Ada, phone: "+2348031234501"}
        - {name: Bola, phone: "+2348031234502"}
        - {name: Chidi, phone: "+2348031234503"}
        - {name: Dayo, phone: "+2348031234504"}
  phone: "{{phone}}"
execution: {windows: always}
`,
  )(made);
  expect(await main(['run', '.', '--apply', '--approve', '4'], made), made.terminal.stderrText()).toBe(0);
  made.terminal.clear();
  return made;
}

test.each<readonly [Name, string]>([
  ['voiceos', 'agent: Hello Ada.\nuser: Yes, go ahead.\nagent: Thank you, goodbye.'],
  ['vocode', 'BOT: Hello.\nHUMAN: Hello.'],
  ['happyrobot', 'assistant: Hello, is this a good time?\nuser: Yes, go ahead.'],
])('asks %s what was said in the calls that were answered, and in no other', async (name, said) => {
  await using made = await survey(name);
  const before = made.sent.length;
  expect(await main(results, made), made.terminal.stderrText()).toBe(0);
  const table = (await readFile(join(made.cwd, 'results.csv'), 'utf8')).replaceAll(
    /Hello (?:Bola|Chidi|Dayo)\./g,
    'Hello Ada.',
  );
  expect(table.match(/,answered,/g)).toHaveLength(3);
  expect(table).toMatch(/,callplan_transcript\r\n/);
  expect(table.split(`,"${said}"\r\n`)).toHaveLength(4);
  expect(made.sent.slice(before).map(({ request }) => request.method)).not.toContain('POST');
});

test('leaves the cell empty where the provider has none any more, and writes nothing where it cannot be asked', async () => {
  let status = 0;
  await using made = await survey('happyrobot', (http) => async (request, signal) => {
    if (status === 0 || !request.url.endsWith('/transcript')) return http(request, signal);
    return { kind: 'answered', status, headers: {}, body: '{}' };
  });
  status = 403;
  expect(await main(results, made)).toBe(8);
  await expect(readFile(join(made.cwd, 'results.csv'))).rejects.toThrow('ENOENT');
  status = 404;
  expect(await main(results, made)).toBe(0);
  expect(await readFile(join(made.cwd, 'results.csv'), 'utf8')).not.toContain('assistant:');
});

test('says so where the provider tells none, where the key is missing, and where it is refused', async () => {
  await using made = await world(sandboxed('clinic', { life: { shares: { replied: 1 } } }));
  await main(['run', '.', '--apply', '--approve', '4'], made);
  expect(await main(results, made)).toBe(4);
  expect(made.terminal.stderrText().replaceAll(/\s+/g, ' ')).toContain('Intron documents no transcript of a call');
  expect(await main(results, { ...made, env: {} })).toBe(8);
  let isRefused = false;
  await using refused = await survey(
    'vocode',
    (http) => async (request, signal) =>
      request.method === 'GET' && isRefused
        ? { kind: 'answered', status: 401, headers: {}, body: '{}' }
        : http(request, signal),
  );
  isRefused = true;
  expect(await main(results, refused)).toBe(8);
});
