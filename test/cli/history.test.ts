import { expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { world } from '../support/world.ts';
import { edit, sandboxed } from './sandboxed.ts';
import { transcript } from './transcript.ts';

const life = { shares: { replied: 1 } };
const run = ['run', '.', '--apply', '--approve', '4'];

test('tells all that happened to one recipient, in every wave, by id or by number', async () => {
  const text = await transcript(
    [
      run,
      edit('campaign.yaml', 'wave: "2026-11-24"', 'wave: "2026-11-25"'),
      [...run, '--max-duration', '2s'],
      ['suppress', 'add', '+2348031234501', '--because', 'asked at the desk, from 08031234501'],
      ['history', '.', 'A-1001'],
      ['history', '.', '0803 123 4504', '--wave', '2026-11-24', '--show-numbers'],
      ['history', '.', 'A-1007', '--wave', '2026-11-25', '--format', 'json'],
    ],
    sandboxed('clinic', { life, env: { INTRON_API_KEY: 'sk-live-0f9a8b7c6d5e', USER: 'amina' } }),
  );
  const history = text.slice(text.indexOf('## callplan history'));
  expect(history.slice(0, history.indexOf('## callplan history', 1))).not.toMatch(/803\s?123\s?450/);
  await expect(history).toMatchFileSnapshot('snapshots/history.md');
});

test('tells how somebody came to be in doubt, and what came of it', async () => {
  const text = await transcript(
    [
      [...run, '--max-duration', '3s'],
      ['history', '.', 'A-1001'],
      ['history', '.', 'A-1006'],
      [...run, '--max-duration', '40m'],
      ['history', '.', 'A-1001'],
    ],
    sandboxed('clinic', {
      faults: { 'lose-response': 1, 'no-echo': true },
      env: { INTRON_API_KEY: 'sk-live-0f9a8b7c6d5e', USER: 'amina' },
    }),
  );
  const history = text.slice(text.indexOf('## callplan history'));
  await expect(history.replaceAll(/## callplan r[^]*?(?=## callplan h)/g, '')).toMatchFileSnapshot(
    'snapshots/history-doubt.md',
  );
});

test('tells times in the zone of the number, where the row has none', async () => {
  const text = await transcript(
    [
      edit('campaign.yaml', '  timezone: Africa/Lagos\n', ''),
      [...run, '--max-duration', '3s', '--limit', '1'],
      ['history', '.', 'A-1004'],
      ['status', '.'],
    ],
    sandboxed('clinic', { life }),
  );
  expect(text).toContain('A-1004  +234********04  times of Africa/Lagos');
  expect(text).toMatch(/A-1001 .* under way since 2026-11-24 10:\d\d \+01:00/);
});

test.each<readonly [string, readonly string[]]>([
  ['nobody of that id', ['.', 'A-9999']],
  ['a number that nobody has', ['.', '+2348031239999']],
  ['a wave in which nobody is', ['.', 'A-1001', '--wave', 'another']],
])('does not know %s', async (_, argv) => {
  await using made = await world(sandboxed('clinic', { life }));
  await main(run, made);
  made.terminal.clear();
  expect(await main(['history', ...argv], made)).toBe(3);
  expect(made.terminal.stderrText()).toContain('nobody with this id or number');
  expect(made.terminal.stderrText()).not.toContain('9999');
});

test('knows nobody without a store, and says what is wrong with the files', async () => {
  await using made = await world(sandboxed('clinic'));
  expect(await main(['history', '.', 'A-1001'], made)).toBe(3);
  expect(made.terminal.stderrText()).toContain('nobody with this id or number');
  await edit('campaign.yaml', 'rate: 1/s', 'rates: 1/s')(made);
  expect(await main(['history', '.', 'A-1001'], made)).toBe(3);
  expect(made.terminal.stdoutText()).toContain('KEY_UNKNOWN');
});
