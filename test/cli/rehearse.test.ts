import { join } from 'node:path';
import { expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { world } from '../support/world.ts';
import { edit, sandboxed, write } from './sandboxed.ts';
import { transcript } from './transcript.ts';

const example = { folder: join(import.meta.dirname, '../../campaigns/clinic-reminders') };
const at = ['--at', '2026-11-24T08:00:00+01:00'];
const header = 'appointment_id,first_name,last_name,mobile,appointment\n';

test('rehearses the example without a key, and gives equal bytes for equal inputs', { timeout: 20_000 }, async () => {
  const argv = ['rehearse', '.', ...at, '--seed', '3'];
  const text = await transcript([argv, [...argv, '--format', 'json']], example);
  expect(await transcript([argv, [...argv, '--format', 'json']], { ...example, at: '2026-12-01T00:00:00Z' })).toBe(
    text,
  );
  expect(await transcript([['rehearse', '.', ...at, '--seed', '4']], example)).not.toBe(text);
  expect(text).not.toContain('requests\n');
  await expect(text).toMatchFileSnapshot('snapshots/rehearse.md');
});

test('says when it would end where calls wait for a window and for another attempt', async () => {
  const text = await transcript(
    [
      edit(
        'campaign.yaml',
        'api_key: ${env.INTRON_API_KEY}',
        'api_key: ${env.INTRON_API_KEY}\n  statuses: {TIMEOUT: no_answer, BUSY: busy, FAILED: failed}',
      ),
      edit('campaign.yaml', 'rate: 1/s', 'rate: 1/h'),
      ['rehearse', '.', '--at', '2026-11-24T17:30:00+01:00'],
    ],
    sandboxed('clinic'),
  );
  await expect(text).toMatchFileSnapshot('snapshots/rehearse-long.md');
});

test('tells on a terminal how far its clock has come, and takes that away in the end', async () => {
  await using made = await world(sandboxed('clinic', { tty: true }));
  expect(await main(['rehearse', '.', ...at], made)).toBe(0);
  const told = made.terminal.stderrText();
  expect(told).toContain('Rehearsing: the clock has come to Tue 24 Nov 09:0');
  expect(told.endsWith(' Africa/Lagos\r\u001B[J')).toBe(true);
  expect(made.terminal.stdoutText()).not.toContain('Rehearsing');
});

test('shows findings of files and of lists instead', async () => {
  const text = await transcript(
    [
      edit('campaign.yaml', 'rate: 1/s', 'rates: 1/s'),
      ['rehearse', '.'],
      edit('campaign.yaml', 'rates: 1/s', 'rate: 1/s'),
      edit('campaign.yaml', '{{clinic}}', '{{clinik}}'),
      ['rehearse', '.'],
      edit('campaign.yaml', '{{clinik}}', '{{clinic}}'),
      edit('campaign.yaml', 'max_invalid: 3', 'max_invalid: 0'),
      ['rehearse', '.'],
      ['rehearse', '.', '--at', 'tomorrow'],
    ],
    sandboxed('clinic', { env: {} }),
  );
  expect(text.match(/exit \d+/g)).toEqual(['exit 3', 'exit 3', 'exit 3', 'exit 64']);
  await expect(text).toMatchFileSnapshot('snapshots/rehearse-findings.md');
});

test('shows the first five of many invalid rows, without their numbers', async () => {
  const bad = Array.from({ length: 25 }, (_, index) => `X-${String(index)},Ada,Obi,0803123,2026-11-25T09:30\n`);
  const good = 'A-1,Ada,Obi,08031234501,2026-11-25T09:30\n';
  const text = await transcript(
    [
      edit('campaign.yaml', 'max_invalid: 3', 'max_invalid: 100%'),
      write('recipients.csv', header + good + bad.join('')),
      ['rehearse', '.', ...at],
    ],
    sandboxed('clinic'),
  );
  expect(text).not.toContain('0803123');
  await expect(text).toMatchFileSnapshot('snapshots/rehearse-invalid.md');
});

test('rehearses a workflow that is named by its id alone', async () => {
  const text = await transcript(
    [
      async (made) => {
        const path = join(made.cwd, 'campaign.yaml');
        const file = new TextDecoder().decode(await made.files.read(path));
        const block = file.slice(file.indexOf('workflow:'), file.indexOf('variables:'));
        await write(
          'campaign.yaml',
          file.replace(block, 'workflow: {id: 7ab0b2a1-75f4-4e9f-8f8e-31a7ac0d3bd1}\n\n'),
        )(made);
      },
      ['rehearse', '.', ...at],
    ],
    sandboxed('clinic', { env: {} }),
  );
  expect(text).toContain('exit 0');
  await expect(text).toMatchFileSnapshot('snapshots/rehearse-id.md');
});

test('begins before the first not_after where all of them are over', async () => {
  const text = await transcript(
    [
      edit('campaign.yaml', '  timezone: Africa/Lagos', '  timezone: Africa/Lagos\n  not_after: "{{appointment}}"'),
      ['rehearse', '.'],
    ],
    sandboxed('clinic', { at: '2027-01-01T09:00:00Z' }),
  );
  await expect(text).toMatchFileSnapshot('snapshots/rehearse-past.md');
});

test('rehearses nobody', async () => {
  const text = await transcript(
    [write('recipients.csv', `${header}A-1007,Gbenga,Ali,08031234507,2026-11-25T13:00\n`), ['rehearse', '.', ...at]],
    sandboxed('clinic'),
  );
  await expect(text).toMatchFileSnapshot('snapshots/rehearse-nobody.md');
});

test('names the first of those who are skipped, and everybody if asked', async () => {
  const people = Array.from(
    { length: 6 },
    (_, index) => `A-${String(index)},Ada,Obi,0803123450${String(index)},2026-11-20T09:30\n`,
  );
  const steps = [
    edit('campaign.yaml', '  timezone: Africa/Lagos', '  timezone: Africa/Lagos\n  not_after: "{{appointment}}"'),
    edit('campaign.yaml', 'execution:', 'execution:\n  price: 0.09 USD/min'),
    write('recipients.csv', `${header}${people.join('')}B-1,Ada,Obi,08031234521,2026-11-25T09:30\n`),
  ];
  const text = await transcript(
    [...steps, ['rehearse', '.', ...at], ['rehearse', '.', ...at, '--all']],
    sandboxed('clinic'),
  );
  await expect(text).toMatchFileSnapshot('snapshots/rehearse-skipped.md');
});

test('tells the first call, before a run as well, by the clock of those who may be called first', async () => {
  const rows = [
    'A-1,Ada,Obi,08031234501,2026-11-25T09:30,Pacific/Honolulu\n',
    'A-2,Bola,Ade,08031234502,2026-11-25T10:00,Pacific/Honolulu\n',
    'A-3,Chi,Eze,08031234503,2026-11-25T10:30,Africa/Lagos\n',
  ];
  const text = await transcript(
    [
      edit('campaign.yaml', 'timezone: Africa/Lagos', 'timezone: "{{zone}}"'),
      edit('campaign.yaml', 'rate: 1/s', 'rate: 1/s\n  per_person: {calls: 1, per: 24h}'),
      write('recipients.csv', header.replace('\n', ',zone\n') + rows.join('')),
      ['rehearse', '.', '--at', '2026-11-24T07:00:00Z'],
      ['run', '.', '--apply'],
    ],
    sandboxed('clinic', { at: '2026-11-24T07:00:00Z' }),
  );
  expect(text.match(/first call .*/g)).toEqual([
    'first call  Tue 24 Nov 09:00 Africa/Lagos',
    'first call  Tue 24 Nov 09:00 Africa/Lagos',
  ]);
  expect(text).toContain('last call   about Tue 24 Nov 09:00 Pacific/Honolulu');
  expect(text).toContain('  Calls by the hour, Pacific/Honolulu\n');
  expect(text).toContain('- begins with an empty store: earlier calls, which per_person counts, ');
  await expect(text).toMatchFileSnapshot('snapshots/rehearse-zones.md');
});
