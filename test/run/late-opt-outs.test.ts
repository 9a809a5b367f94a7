/** Whoever asks in a call not to be called again is heeded, whenever the provider tells it. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import type { Http } from '../../src/ports.ts';
import { seededRandom } from '../../src/sandbox/seeded-random.ts';
import { vocodeSandbox } from '../../src/sandbox/vocode.ts';
import { world, type FakeWorld } from '../support/world.ts';

/** When the provider tells what it heard in calls. */
type Told = { at: 'never' | 'while they last' | 'later' };

async function survey(told: Told, between: (http: Http) => Http = (http) => http): Promise<FakeWorld> {
  const made = await world({
    env: { API_KEY: 'made-up' },
    http: ({ clock }) => {
      const { http } = vocodeSandbox({
        clock,
        random: seededRandom(5),
        life: { shares: { replied: 1 }, talkMs: [40_000, 40_000] },
      });
      return between(async (request, signal) => {
        const exchange = await http(request, signal);
        if (exchange.kind !== 'answered') return exchange;
        const isTold =
          told.at === 'later' || (told.at === 'while they last' && exchange.body.includes('"in_progress"'));
        const said = `"do_not_call_result":${isTold ? 'true' : 'null'}`;
        return { ...exchange, body: exchange.body.replaceAll(/"do_not_call_result":\w+/g, said) };
      });
    },
  });
  await writeFile(
    join(made.cwd, 'campaign.yaml'),
    `version: 1
campaign: survey
wave: "2026-11"
provider: {type: vocode, api_key: "\${env.API_KEY}"}
agent:
  name: survey
  prompt: {content: "Ask {{name}} about the policy."}
  voice: {type: voice_azure, voice_name: en-US-AriaNeural}
call: {from_number: "15550100199"}
recipients:
  from: [{rows: [{name: Ada, phone: "+2348031234501"}]}]
  phone: "{{phone}}"
execution: {windows: always}
`,
  );
  return made;
}

async function run(made: FakeWorld): Promise<number> {
  made.terminal.clear();
  return main(['run', '.', '--apply', '--approve', '1'], made);
}

async function addRow(made: FakeWorld, row: string): Promise<void> {
  const file = join(made.cwd, 'campaign.yaml');
  await writeFile(file, (await readFile(file, 'utf8')).replace('}]}]', `}, ${row}]}]`));
}

async function listed(made: FakeWorld): Promise<string> {
  made.terminal.clear();
  await main(['suppress', 'list', '--show-numbers'], made);
  return made.terminal.stdoutText();
}

test('heeds at the next start what was told of a call after it had ended, once', async () => {
  const told: Told = { at: 'never' };
  await using made = await survey(told);
  expect(await run(made)).toBe(0);
  expect(await listed(made)).not.toContain('+2348031234501');
  told.at = 'later';
  expect(await run(made)).toBe(0);
  expect(await listed(made)).toContain('+2348031234501');
  await main(['suppress', 'remove', '+2348031234501'], made);
  expect(await run(made)).toBe(0);
  expect(await listed(made)).not.toContain('+2348031234501');
});

test('heeds what was told of a call while it lasted, and no more at its end', async () => {
  await using made = await survey({ at: 'while they last' });
  expect(await run(made)).toBe(0);
  expect(await listed(made)).toContain('+2348031234501');
});

test('heeds what a look-up shows of a call that is over', async () => {
  const told: Told = { at: 'never' };
  let placed = 0;
  await using made = await survey(told, (http) => async (request, signal) => {
    const exchange = await http(request, signal);
    if (request.method !== 'POST' || !request.url.endsWith('/calls/create')) return exchange;
    placed += 1;
    return placed === 1 ? exchange : { kind: 'unanswered', cause: new Error('reset') };
  });
  expect(await run(made)).toBe(0);
  await addRow(made, '{name: Bola, phone: "+2348031234502"}');
  const later: FakeWorld = {
    ...made,
    http: (request, signal) => {
      // The listing at the start is over.
      if (placed === 2) told.at = 'later';
      return made.http(request, signal);
    },
  };
  expect(await run(later)).toBe(0);
  expect(placed).toBe(2);
  expect(await listed(made)).toContain('+2348031234501');
});
