import { expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { world } from '../support/world.ts';
import { edit, sandboxed, write } from './sandboxed.ts';
import { transcript } from './transcript.ts';

test('shows what the first recipients would be sent, without their numbers', async () => {
  const text = await transcript(
    [
      ['preview', 'campaign.yaml'],
      ['preview', '.', '--limit', '1', '--format', 'json'],
    ],
    sandboxed('clinic'),
  );
  expect(text).not.toMatch(/803\s?123\s?450/);
  await expect(text).toMatchFileSnapshot('snapshots/preview.md');
});

test('shows the numbers to those who ask, and who is on a do-not-call list', async () => {
  const text = await transcript([['preview', '.', '--limit', '100', '--show-numbers']], sandboxed('clinic'));
  expect(text).toContain('+2348031234501');
  await expect(text).toMatchFileSnapshot('snapshots/preview-numbers.md');
});

test('masks a number wherever a row holds it: as the id, in a variable, in the text', async () => {
  const rows = [
    'name,mobile,note',
    'Ada,0803 123 4501,call back on 0803-123-4501',
    'Bola,+234 (803) 123 4502,8031234502 or 12345',
  ].join('\n');
  const text = await transcript(
    [
      edit('campaign.yaml', '  id: "{{appointment_id}}"\n', ''),
      edit('campaign.yaml', 'patient_name: "{{first_name}} {{last_name}}"', 'patient_name: "{{name}}, {{note}}"'),
      edit('campaign.yaml', `    date: "{{formatDate appointment 'd MMMM'}}"\n`, '    date: "{{mobile}}"\n'),
      edit('campaign.yaml', `    time: "{{formatDate appointment 'HH:mm'}}"\n`, '    time: "{{upper name}}"\n'),
      write('recipients.csv', `${rows}\n`),
      ['preview', '.'],
    ],
    sandboxed('clinic'),
  );
  expect(text.replaceAll(/\D/g, '')).not.toMatch(/803123450/);
  await expect(text).toMatchFileSnapshot('snapshots/preview-masked.md');
});

test('needs no secret, and one campaign', async () => {
  const text = await transcript(
    [
      ['preview', 'clinic', '--limit', '1'],
      ['preview', '.'],
      ['preview'],
      ['preview', 'clinic', '--limit', '0'],
      ['preview', 'clinic', '--limit', 'all'],
      ['preview', 'garage', '-e', 'staging', '--limit', '1'],
    ],
    sandboxed('.', { env: {} }),
  );
  await expect(text).toMatchFileSnapshot('snapshots/preview-usage.md');
});

test('shows findings instead where there are some', async () => {
  const text = await transcript(
    [
      edit('campaign.yaml', '{{clinic}}', '{{clinik}}'),
      ['preview', '.'],
      edit('campaign.yaml', 'rate: 1/s', 'rate: fast'),
      ['preview', '.'],
    ],
    sandboxed('clinic'),
  );
  await expect(text).toMatchFileSnapshot('snapshots/preview-findings.md');
});

test('shows the line of a name in a template file, whatever else is wrong', async () => {
  await using made = await world(sandboxed('clinic'));
  const steps = [
    write('message.hbs', 'Hello {{patient_name}}, this is {{clinik}}.\n'),
    edit('campaign.yaml', 'date: "{{formatDate', 'note: {file: message.hbs}\n    date: "{{formatDate'),
    edit('campaign.yaml', 'rate: 1/s', 'rate: fast'),
  ];
  for (const step of steps) await step(made);
  expect(await main(['preview', '.'], made)).toBe(3);
  expect(made.terminal.stdoutText()).toContain(' 1 | Hello {{patient_name}}, this is {{clinik}}.');
});

test('writes secrets as stars, and calls by an object that is only used without its text', async () => {
  const text = await transcript(
    [
      write(
        'campaign.yaml',
        `version: 1
campaign: garage-recall
wave: "1"
provider: {type: intron, api_key: "\${env.INTRON_API_KEY}"}
workflow: {id: fa169e5e-b2f3-4b96-857d-6fe767d044f4}
recipients:
  from: [{rows: [{car: Corolla, owner: "+2348031234511"}]}]
  phone: "{{owner}}"
  variables: {model: "{{car}}"}
execution: {windows: always}
`,
      ),
      ['preview', '.'],
    ],
    sandboxed('clinic'),
  );
  await expect(text).toMatchFileSnapshot('snapshots/preview-used.md');
});
