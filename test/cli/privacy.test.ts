import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { widthOf } from '../../src/report/width.ts';
import { world } from '../support/world.ts';
import type { FakeWorld } from '../support/world.ts';
import { edit, sandboxed } from './sandboxed.ts';

/** National digits of every number of the fixture, however it is written there. */
const numbers = ['8031234501', '8031234502', '8031234504', '8031234505', '8031234506', '8031234507', '2.34803E'];
const key = 'sk-live-0f9a8b7c6d5e';
const life = { shares: { replied: 1 } };
const wave = 'runs/clinic-reminders/default/2026-11-24';
const commands = [
  ['validate', '.'],
  ['preview', '.'],
  ['rehearse', '.'],
  ['plan', '.'],
  ['apply', '.', '--auto-approve'],
  ['run', '.', '--approve', '4', '--limit', '2'],
  ['pause', '.'],
  ['status', '.'],
  ['plan', '.'],
  ['run', '.', '--no-wait', '--max-duration', '1s'],
  ['resume', '.'],
  ['run', '.', '--approve', '4', '--max-duration', '10m'],
  ['run', '.', '--approve', '4', '--store', 'other.db', '--take-over', '--max-duration', '10m'],
  ['status', '.'],
  ['call', '.', '--to', '+2348031234502', '--auto-approve', '--outside-windows'],
  ['history', '.', '+2348031234501'],
  ['results', '.', '--out', 'results.csv'],
  ['resolve', '.', '--as', 'called'],
  ['resume', '.'],
  ['rerun', wave, '--only', 'answered,rejected,failed,skipped', '--approve', '4', '--max-duration', '10m'],
  ['rerun', wave, '--only', 'busy'],
  ['diff', wave, wave],
  ['history', '.', '+2348031234501'],
  ['cancel', '.', '--approve', '4'],
  ['cancel', '.'],
  ['status', '.'],
  ['suppress', 'add', '+2348031234501', '08031234502', '--country', 'NG', '--because', 'it was +234 803 123 4501'],
  ['suppress', 'list'],
  ['suppress', 'remove', '+2348031234501'],
  ['suppress', 'list'],
];

test.each([
  { name: 'all goes well', faults: {} },
  { name: 'answers are lost', faults: { 'lose-response': 1 } },
  { name: 'requests are quoted and refused', faults: { refuse: 1 } },
  { name: 'nothing is echoed', faults: { 'no-echo': true } },
  { name: 'the key is refused', faults: { unauthorized: true } },
] as const)('prints and keeps no number and no key where $name', async ({ faults }) => {
  for (const format of ['text', 'json']) {
    await using made = await world(sandboxed('clinic', { faults, life }));
    await edit('campaign.yaml', 'id: "{{appointment_id}}"', 'id: "{{mobile}}"')(made);
    for (const argv of commands) await main([...argv, '--format', format], made);
    const seen = made.terminal.stdoutText() + made.terminal.stderrText() + (await records(made));
    const digits = seen.replaceAll(/[\s()-]/g, '');
    for (const secret of [...numbers, key]) expect(digits).not.toContain(secret);
  }
});

test.each([true, false])('prints no line that is wider than 80 columns, on a terminal: %s', async (tty) => {
  await using made = await world(
    sandboxed('clinic', { tty, life, env: { INTRON_API_KEY: key, NO_COLOR: '1', TERM: 'dumb' } }),
  );
  for (const argv of commands.filter(([name]) => name !== 'preview')) await main(argv, made);
  const tables = made.terminal
    .stderrText()
    .split('\n')
    .filter((line) => /^ |^[+~=!]/.test(line));
  const lines = [...made.terminal.stdoutText().split('\n'), ...tables];
  const wide = lines.filter((line) => widthOf(line) > 80 && !/^(?:Next:)? +callplan /.test(line));
  expect(wide).toEqual([]);
});

/** What stands in runs/, but for the rejected rows, which are the owner's own. */
async function records({ cwd }: FakeWorld): Promise<string> {
  const folder = join(cwd, 'runs');
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const files = names.filter((name) => /\.jsonl?$/.test(name)).map((name) => readFile(join(folder, name), 'utf8'));
  return (await Promise.all(files)).join('');
}
