/** A list that changes while a person is asked whether to call: what it says at the first call counts. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { keptRows } from '../../src/cli/run/kept-rows.ts';
import type { Recipient } from '../../src/model/recipient.ts';
import { world, type FakeWorld } from '../support/world.ts';
import { askedMeanwhile, runWhile, waveIn } from './run-while.ts';
import { edit, sandboxed, type Happening } from './sandboxed.ts';

const life = { shares: { replied: 1 } };

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
