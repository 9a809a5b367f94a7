import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { providerNames } from '../../src/providers/registry.ts';
import { world } from '../support/world.ts';

/** Everything that a campaign says of its provider. */
const blocks: Readonly<Record<string, string>> = {
  intron: `provider: {type: intron, api_key: "\${env.KEY}"}
workflow: {name: Recall, workflow_type: ROBOCALL, message: "Hello {{name}}, {{plate}} is to be checked."}
call: {tts_voice_gender: female}`,
  happyrobot: `provider: {type: happyrobot, api_key: "\${env.KEY}"}
use_case: {id: 65f2c01e9a4b7d3308e1f6c2, name: Recall}
call: {number_id: 65f2c01e9a4b7d3308e1f6d1, params: {name: "{{name}}", plate: "{{plate}}"}}`,
  voiceos: `provider: {type: voiceos, api_key: "\${env.KEY}"}
agent: {prompt: "You tell {{name}} that {{plate}} is to be checked.", initial_message: "Hello {{upper name}}."}
call: {from_number: "+15550100199"}`,
  vocode: `provider: {type: vocode, api_key: "\${env.KEY}"}
agent:
  name: Recall
  prompt: {content: "You tell {{name}} that {{plate}} is to be checked."}
  voice: {type: voice_azure, voice_name: en-US-AriaNeural}
call: {from_number: "15550100199"}`,
};

const rest = `version: 1
campaign: garage-recall
wave: "2026-11"
recipients:
  from: [{csv: cars.csv}]
  id: "{{plate}}"
  phone: "{{phone}}"
  country: NG
  timezone: Africa/Lagos
  variables: {name: "{{first}} {{last}}"}
  max_invalid: 1
execution: {concurrency: 3, attempts: {max: 2, retry: {no_answer: [1h]}}}
guards: {max_recipients: 10}
`;

const cars = `plate,first,last,phone
GR-1,Ada,Obi,08030000001
GR-2,Chidi,Eze,+234 803 000 0002
GR-3,Bola,Ade,2.34803E+12
GR-4,Ngozi,Uche,0803-000-0004
GR-1,Ada,Obi,08030000001
`;

test('a campaign moves to another provider by its provider, resource and call blocks alone', async () => {
  expect(Object.keys(blocks).toSorted()).toEqual([...providerNames].toSorted());
  const rehearsed = await Promise.all(providerNames.map((name) => rehearse(blocks[name] ?? '')));
  for (const { exit, people } of rehearsed) {
    expect(exit).toBe(0);
    expect(people).toEqual({ recipients: 3, dialled: 3, repeated: 1, invalid: 1 });
  }
});

async function rehearse(provider: string): Promise<{ readonly exit: number; readonly people: object }> {
  await using made = await world();
  await writeFile(join(made.cwd, 'campaign.yaml'), rest + provider);
  await writeFile(join(made.cwd, 'cars.csv'), cars);
  const exit = await main(['rehearse', '.', '--format', 'json'], made);
  const output = JSON.parse(made.terminal.stdoutText()) as {
    readonly counts: { readonly recipients: number };
    readonly dialled: number;
    readonly recipients: { readonly repeated: number; readonly invalid: { readonly rows: number } };
  };
  const { counts, dialled, recipients } = output;
  return {
    exit,
    people: {
      recipients: counts.recipients,
      dialled,
      repeated: recipients.repeated,
      invalid: recipients.invalid.rows,
    },
  };
}
