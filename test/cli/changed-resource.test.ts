/** A resource that changes while a person is asked whether to call: the rows are judged by what it is at the first call. */
import { expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { seededRandom } from '../../src/sandbox/seeded-random.ts';
import { voiceosSandbox } from '../../src/sandbox/voiceos.ts';
import { world, type WorldOptions } from '../support/world.ts';
import { runWhile, waveIn } from './run-while.ts';
import { edit, inDashboard, sandboxed, write } from './sandboxed.ts';

const life = { shares: { replied: 1 } };

/** One of the four rows is invalid by now: who is enrolled all the same would be refused by the provider. */
const withoutOne = { done: 3, skipped: 1 };

const workflow = { name: 'Clinic reminder', workflow_type: 'ROBOCALL', message: 'Hello [first_name]' };

test.each([
  ['asks for another name', 'Funmi,', { message: 'Hello [last_name]' }],
  ['has other placeholders', '{{Funmi}},Ojo', { workflow_type: 'CONVERSATION', message: 'Hello {{first_name}}' }],
])('rows are judged by a message that is only used and %s by now', async (_, name, changes) => {
  await using made = await world(sandboxed('clinic', { life }));
  const created = await inDashboard(made, 'POST', '/workflows', workflow);
  const { id } = (created as { readonly data: { readonly id: string } }).data;
  await edit('recipients.csv', 'Funmi,Ojo', name)(made);
  await write('campaign.yaml', campaign('intron', `workflow: {id: "${id}"}`))(made);
  const change = async (): Promise<void> => {
    await inDashboard(made, 'PUT', `/workflows/${id}`, { ...workflow, ...changes });
  };
  expect(await runWhile(change, made)).toBe(0);
  expect((await waveIn(made)).counts.states).toEqual(withoutOne);
});

test('rows are judged by a text that goes along with each call and is none of the file', async () => {
  const http: WorldOptions['http'] = ({ clock }) => voiceosSandbox({ clock, random: seededRandom(7), life }).http;
  await using made = await world(sandboxed('clinic', { http }));
  const agents = async (method: string, path: string, body: object): Promise<{ readonly id: string }> => {
    const headers = { authorization: 'Bearer key', 'content-type': 'application/json' };
    const request = { method, url: `https://api.voiceos.io/agents${path}`, headers, body: JSON.stringify(body) };
    const answer = await made.http(request, new AbortController().signal);
    if (answer.kind !== 'answered' || answer.status >= 300) throw new Error(JSON.stringify(answer));
    return JSON.parse(answer.body) as { readonly id: string };
  };
  const { id } = await agents('POST', '', agent);
  await edit('recipients.csv', 'Funmi,Ojo', 'Funmi,')(made);
  const declared = `agent: {id: "${id}", prompt: "You remind people of their appointment."}`;
  const call = 'call: {from_number: "+15005550006"}';
  await write('campaign.yaml', campaign('voiceos', `${declared}\n${call}`))(made);
  expect(await main(['apply', '.', '--auto-approve'], made)).toBe(0);
  const change = async (): Promise<void> => {
    await agents('PATCH', `/${id}`, { initial_message: 'Hello {{first_name}} {{last_name}}.' });
  };
  expect(await runWhile(change, made)).toBe(0);
  expect((await waveIn(made)).counts.states).toEqual(withoutOne);
});

const agent = {
  prompt: 'You ask.',
  initial_message: 'Hello {{first_name}}.',
  language_model: { provider: 'openai', model: 'gpt-4o' },
  voice: { provider: 'playht', model: 'arthur' },
  transcriber: { provider: 'deepgram', model: 'nova-2-phonecall' },
};

function campaign(provider: string, declared: string): string {
  return `version: 1
campaign: clinic-reminders
wave: "2026-11-24"
provider: {type: ${provider}, api_key: "\${env.INTRON_API_KEY}"}
${declared}
recipients:
  from:
    - csv: recipients.csv
  id: "{{appointment_id}}"
  phone: "{{mobile}}"
  country: NG
  timezone: Africa/Lagos
  not_after: "{{appointment}}"
  suppress:
    - csv: do-not-call.csv
  max_invalid: 3
`;
}
