import { expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { openSqlite } from '../../src/store/sqlite/open.ts';
import { answers } from '../support/answers.ts';
import { world } from '../support/world.ts';
import { edit, inDashboard, sandboxed, write } from './sandboxed.ts';
import { transcript } from './transcript.ts';

test('asks on a terminal, and changes nothing without a yes', async () => {
  const text = await transcript(
    [['apply'], ['apply'], ['apply'], ['plan', '.', '--format', 'json']],
    sandboxed('clinic', { answers: ['no', 'yes'] }),
  );
  await expect(text).toMatchFileSnapshot('snapshots/apply-asks.md');
});

test('needs an approval where there is no terminal, and says so to programs as well', async () => {
  const text = await transcript([['apply'], ['apply', '--format', 'json']], sandboxed('clinic'));
  await expect(text).toMatchFileSnapshot('snapshots/apply-no-terminal.md');
});

test('never asks when there is nothing to do', async () => {
  const text = await transcript(
    [['apply', '.', '--auto-approve', '--format', 'json'], ['apply'], ['apply', '--store', 'another.db']],
    sandboxed('clinic'),
  );
  await expect(text).toMatchFileSnapshot('snapshots/apply-nothing.md');
});

test('shows in colour on a terminal, unless NO_COLOR is set', async () => {
  const coloured = await transcript([['apply', '--auto-approve']], sandboxed('clinic', { tty: true }));
  await expect(coloured).toMatchFileSnapshot('snapshots/apply-colour.md');
  const options = sandboxed('clinic', { tty: true });
  const plain = await transcript([['apply', '--auto-approve']], { ...options, env: { ...options.env, NO_COLOR: '1' } });
  expect(plain).not.toContain('␛');
});

test('tells fields that the provider did not keep', async () => {
  const text = await transcript(
    [
      ['apply', '.', '--auto-approve'],
      ['apply', '.', '--auto-approve', '--format', 'json'],
    ],
    sandboxed('clinic', { faults: { 'drop-field': ['option_two'] } }),
  );
  await expect(text).toMatchFileSnapshot('snapshots/apply-not-persisted.md');
});

test('does not create twice when the answer is lost, and stops where the key is refused', async () => {
  const lost = await transcript(
    [
      ['apply', '.', '--auto-approve'],
      ['plan', '.', '--detailed-exitcode'],
    ],
    sandboxed('clinic', { faults: { 'cut-body': 1 } }),
  );
  expect(lost).toContain('exit 8');
  const refused = await transcript([['apply', '.', '--auto-approve']], sandboxed('clinic', { validKey: 'another' }));
  expect(refused).toContain('exit 8');
  expect(refused).not.toContain('POST');
  const down = await transcript(
    [['apply', '.', '--auto-approve']],
    sandboxed('clinic', { http: () => answers.html() }),
  );
  expect(down).toContain('exit 8');
});

test('will not apply a text with a name that no column brings, but needs no list at hand', async () => {
  const text = await transcript(
    [
      edit('campaign.yaml', '{{clinic}}', '{{clinik}}'),
      ['apply', '.', '--auto-approve'],
      edit('campaign.yaml', '{{clinik}}', '{{clinic}}'),
      (made) => made.files.remove(`${made.cwd}/recipients.csv`),
      ['apply', '.', '--auto-approve'],
    ],
    sandboxed('clinic'),
  );
  await expect(text).toMatchFileSnapshot('snapshots/apply-names.md');
});

test('wants many changes at once acknowledged', async () => {
  const campaigns = Array.from({ length: 10 }, (_, index) => `many/c${String(index)}.campaign.yaml`);
  const text = await transcript(
    [
      ...campaigns.map((file, index) => write(file, campaign(`reminder-${String(index)}`, 'Hello'))),
      ['apply', 'many', '--auto-approve'],
      ...campaigns.slice(0, 4).map((file) => edit(file, 'Hello', 'Good morning')),
      ['apply', 'many', '--auto-approve'],
      ['apply', 'many', '--auto-approve', '--allow-changes', '3'],
      ['apply', 'many', '--auto-approve', '--allow-changes', '4'],
      ['plan', 'many'],
    ],
    sandboxed('clinic'),
  );
  const last = text.slice(text.indexOf('--allow-changes 3'));
  await expect(last).toMatchFileSnapshot('snapshots/apply-many.md');
});

test('waits for nobody: an address that another process works on is left alone', async () => {
  await using made = await world(sandboxed('clinic'));
  expect(await main(['apply', '--auto-approve'], made)).toBe(0);
  await edit('campaign.yaml', 'option_two: Cancel', 'option_two: No')(made);
  const store = await openSqlite(`${made.cwd}/.callplan/callplan.db`, { ...made, create: false });
  const holder = { hostname: 'another', pid: 7, started: 'then', command: 'run' };
  const lease = await store.acquire('clinic-reminders/default', holder, made.clock.now());
  expect(lease.kind).toBe('held');
  const beating = new AbortController();
  const beats = (async (): Promise<void> => {
    while (!beating.signal.aborted) {
      await made.clock.sleep(2000, beating.signal);
      if (lease.kind === 'held') await store.beat('clinic-reminders/default', lease.fence, made.clock.now());
    }
  })();
  made.terminal.clear();
  expect(await main(['apply', '--auto-approve'], made)).toBe(6);
  expect(made.terminal.stderrText()).toContain('clinic-reminders/default is held by "run", process 7 on another');
  beating.abort();
  await beats;
  await store.close();
});

test('finishes what is under way when it is interrupted', async () => {
  await using made = await world(sandboxed('clinic', { faults: { slow: 2000 } }));
  const ended = main(['apply', '--auto-approve'], made);
  while (made.asked() < 1) await new Promise(setImmediate);
  made.interrupt('SIGINT');
  expect(await ended).toBe(130);
  const listed = JSON.stringify(await inDashboard(made, 'GET', '/workflows'));
  expect(listed).not.toContain('Clinic reminder');
});

function campaign(name: string, greeting: string): string {
  return `version: 1
campaign: ${name}
wave: "1"
provider: {type: intron, api_key: "\${env.INTRON_API_KEY}"}
workflow: {name: "${name}", workflow_type: ROBOCALL, message: "${greeting} {{name}}"}
recipients:
  from: [{rows: [{name: Ada, phone: "+2348031234501"}]}]
  phone: "{{phone}}"
execution: {windows: always}
`;
}
