import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { world, type FakeWorld } from '../support/world.ts';
import { edit, sandboxed, write } from './sandboxed.ts';
import { transcript, type Step } from './transcript.ts';

const life = { shares: { replied: 1 } };
const run = ['run', '.', '--apply', '--approve', '4'];

/** The table as the file holds it; what it says of times and costs is the sandbox's. */
async function table({ cwd }: FakeWorld, file = 'results.csv'): Promise<string> {
  return readFile(join(cwd, file), 'utf8');
}

test('writes the columns of the recipients with what became of each, for the owner only', async () => {
  const seen = { mode: 0, table: '' };
  const look: Step = async (made) => {
    seen.mode = (await stat(join(made.cwd, 'results.csv'))).mode & 0o777;
    seen.table = await table(made);
  };
  const text = await transcript(
    [run, ['results', '.', '--out', 'results.csv'], ['results', '.', '--out', 'results.csv', '--format', 'json'], look],
    sandboxed('clinic', { life }),
  );
  expect(seen.mode).toBe(0o600);
  const shown = `${text.slice(text.indexOf('## callplan results'))}\nresults.csv\n\`\`\`csv\n${seen.table.replaceAll('\r', '')}\`\`\`\n`;
  await expect(shown).toMatchFileSnapshot('snapshots/results.md');
});

test('writes those who wait and those who may have been called, as the ledger has them', async () => {
  await using made = await world(sandboxed('clinic', { faults: { 'lose-response': 1 } }));
  await main([...run, '--max-duration', '3s'], made);
  expect(await main(['results', '.', '--out', 'out/table.csv'], made)).toBe(0);
  const rows = (await table(made, 'out/table.csv')).split('\r\n').map((line) => line.split(','));
  const column = rows[0]?.indexOf('callplan_state') ?? -1;
  expect(rows.slice(1, -1).map((row) => [row[0], row[column]])).toEqual([
    ['A-1001', 'in_doubt'],
    ['A-1002', 'in_doubt'],
    ['A-1004', 'in_doubt'],
    ['A-1006', 'pending'],
    ['A-1007', 'skipped'],
  ]);
});

test('lets no cell be run as a formula, and gives a column that is there already another name', async () => {
  await using made = await world(sandboxed('clinic'));
  await write(
    'recipients.csv',
    'appointment_id,first_name,last_name,mobile,appointment,callplan_state\n' +
      'A-1001,=HYPERLINK(1),"Obi, Ada",08031234501,2026-11-25T09:30,done\n',
  )(made);
  await main([...run, '--max-duration', '3s'], made);
  made.terminal.clear();
  expect(await main(['results', '.', '--out', 'results.csv'], made)).toBe(0);
  expect(made.terminal.stdoutText().replaceAll(/\s+/g, ' ')).toContain(
    'the recipients have a column callplan_state: the new one is called callplan_state_2',
  );
  const [head, row] = (await table(made)).split('\r\n');
  expect(head).toMatch(/^appointment_id,first_name,last_name,mobile,appointment,callplan_state,callplan_id,/);
  expect(head).toContain(',callplan_state_2,');
  expect(row).toMatch(/^A-1001,'=HYPERLINK\(1\),"Obi, Ada",08031234501,2026-11-25T09:30,done,A-1001,\+2348031234501,/);
});

test('prints the table where it is asked to, and nothing else', async () => {
  await using made = await world(sandboxed('clinic', { life }));
  await main(run, made);
  made.terminal.clear();
  expect(await main(['results', '.', '--out', '-'], made)).toBe(0);
  const printed = made.terminal.stdoutText();
  await main(['results', '.', '--out', 'results.csv'], made);
  expect(printed).toBe(await table(made));
});

test.each<readonly [string, readonly string[], number, string]>([
  ['without a file', ['.'], 64, 'results needs --out FILE'],
  ['as data where the table is printed', ['.', '--out', '-', '--format', 'json'], 64, 'Name a file'],
  ['over the recipients', ['.', '--out', 'recipients.csv'], 64, 'a file that the campaign reads'],
  ['over the campaign', ['.', '--out', './campaign.yaml'], 64, 'a file that the campaign reads'],
  ['over a do-not-call list', ['.', '--out', 'do-not-call.csv'], 64, 'a file that the campaign reads'],
  ['of a wave that was never run', ['.', '--out', 'results.csv'], 3, 'was never run from this store'],
])('writes nothing %s', async (_, argv, code, told) => {
  await using made = await world(sandboxed('clinic'));
  const before = await table(made, 'recipients.csv');
  expect(await main(['results', ...argv], made)).toBe(code);
  expect(made.terminal.stderrText().replaceAll(/\s+/g, ' ')).toContain(told);
  expect(await table(made, 'recipients.csv')).toBe(before);
  await expect(table(made)).rejects.toThrow('ENOENT');
});

test('says what is wrong with the files', async () => {
  await using made = await world(sandboxed('clinic'));
  await edit('campaign.yaml', 'rate: 1/s', 'rates: 1/s')(made);
  expect(await main(['results', '.', '--out', 'results.csv'], made)).toBe(3);
  expect(made.terminal.stdoutText()).toContain('KEY_UNKNOWN');
});
