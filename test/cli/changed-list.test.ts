/** A list that changes while a person is asked whether to call: what it says at the first call counts. */
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { keptRows } from '../../src/cli/run/kept-rows.ts';
import type { Manifest } from '../../src/ledger/manifest.ts';
import type { Recipient } from '../../src/model/recipient.ts';
import { fakeTerminal, type FakeTerminal } from '../support/terminal.ts';
import { world, type FakeWorld } from '../support/world.ts';
import { edit, inDashboard, sandboxed, write, type Happening } from './sandboxed.ts';

const life = { shares: { replied: 1 } };

/** Exit code of a run in which that happened before the answer to its question. */
function runWhile(meanwhile: Happening, made: FakeWorld): Promise<number> {
  return main(['run', '.', '--apply'], { ...made, terminal: askedMeanwhile(made, meanwhile) });
}

function askedMeanwhile(made: FakeWorld, meanwhile: Happening): FakeTerminal {
  return {
    ...fakeTerminal({ answers: [] }),
    ask: async () => {
      await meanwhile(made);
      return '4';
    },
  };
}

function numbersIn({ sent }: FakeWorld): readonly string[] {
  const placings = sent.filter(({ request }) => request.method === 'POST' && request.url.endsWith('/call'));
  const numbers = placings.flatMap(({ request }) => request.body?.match(/\+234\d{10}/g) ?? []);
  return [...new Set(numbers)].toSorted();
}

const listed = ['+2348031234501', '+2348031234502', '+2348031234504', '+2348031234506'];

test.each<readonly [string, Happening, readonly string[]]>([
  ['as it was read where it did not change', () => Promise.resolve(), listed],
  [
    'with the number that it has by now',
    edit('recipients.csv', '0803 123 4506', '0803 123 4599'),
    [...listed.slice(0, 3), '+2348031234599'],
  ],
  [
    'but for whom it suppresses by now',
    edit('do-not-call.csv', '+2348031234507', '+2348031234507\n+2348031234506'),
    listed.slice(0, 3),
  ],
])('is called %s', async (_, meanwhile, numbers) => {
  await using made = await world(sandboxed('clinic', { life }));
  expect(await runWhile(meanwhile, made)).toBe(0);
  expect(numbersIn(made)).toEqual(numbers);
});

test.each<readonly [string, Happening]>([
  ['changed', edit('campaign.yaml', 'Hello', 'Good morning')],
  ['is gone', (made) => rm(join(made.cwd, 'campaign.yaml'))],
])('nobody is called where the campaign file %s while somebody was asked about it', async (_, meanwhile) => {
  await using made = await world(sandboxed('clinic'));
  const terminal = askedMeanwhile(made, meanwhile);
  expect(await main(['run', '.', '--apply'], { ...made, terminal })).toBe(4);
  expect(terminal.stderrText()).toContain('campaign.yaml changed after this run read it; nobody was called');
  expect(made.sent.filter(({ request }) => request.method !== 'GET')).toEqual([]);
});

test('is what the manifest tells', async () => {
  const change = edit('recipients.csv', '0803 123 4506', '0803 123 4599');
  await using changed = await world(sandboxed('clinic', { life }));
  await runWhile(change, changed);
  await using other = await world(sandboxed('clinic', { life }));
  await change(other);
  await runWhile(() => Promise.resolve(), other);
  const [told, expected] = await Promise.all([waveIn(changed), waveIn(other)]);
  expect(told.digests.recipients).toBe(expected.digests.recipients);
});

/** As its manifest tells it. */
async function waveIn({ cwd }: FakeWorld): Promise<Manifest['wave']> {
  const text = await readFile(join(cwd, 'runs/clinic-reminders/default/2026-11-24/manifest.json'), 'utf8');
  return (JSON.parse(text) as Manifest).wave;
}

test('is judged by what is sent where the message is only used, and asks for another name by now', async () => {
  await using made = await world(sandboxed('clinic', { life }));
  const created = await inDashboard(made, 'POST', '/workflows', { ...workflow, message: 'Hello [first_name]' });
  const id = (created as { readonly data: { readonly id: string } }).data.id;
  await edit('recipients.csv', 'Funmi,Ojo', 'Funmi,')(made);
  await write('campaign.yaml', usedCampaign(id))(made);
  const change = async (): Promise<void> => {
    await inDashboard(made, 'PUT', `/workflows/${id}`, { ...workflow, message: 'Hello [last_name]' });
  };
  expect(await runWhile(change, made)).toBe(0);
  // Who lacks the name is not enrolled, to be refused by the provider.
  expect((await waveIn(made)).counts.states).toEqual({ done: 3, skipped: 1 });
});

const workflow = { name: 'Clinic reminder', workflow_type: 'ROBOCALL' };

function usedCampaign(id: string): string {
  return `version: 1
campaign: clinic-reminders
wave: "2026-11-24"
provider: {type: intron, api_key: "\${env.INTRON_API_KEY}"}
workflow: {id: "${id}"}
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

test.each([
  ['keeps the recipients of a list that fits', 10_000, 10_000],
  ['keeps nobody of a longer one', 10_001, undefined],
])('%s', async (_, people, expected) => {
  const kept = keptRows();
  let passed = 0;
  for await (const batch of kept.keeping(batches(people))) passed += batch.length;
  expect(passed).toBe(people);
  expect(kept.all()?.flat().length).toBe(expected);
});

async function* batches(people: number): AsyncGenerator<readonly Recipient[]> {
  const one = {} as Recipient;
  for (let left = people; left > 0; left -= 1_000) {
    yield Array.from({ length: Math.min(left, 1_000) }, () => one);
  }
}
