import { expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { world } from '../support/world.ts';
import type { FakeWorld } from '../support/world.ts';
import { edit, inDashboard, sandboxed } from './sandboxed.ts';
import { transcript } from './transcript.ts';

const life = { shares: { replied: 1 } };
const rename = edit('campaign.yaml', 'campaign: clinic-reminders', 'campaign: clinic-visits');
const was = ['--renamed-from', 'clinic-reminders/default'];

test('moves object and record along, so that nobody is called again under the new name', async () => {
  const text = await transcript(
    [
      ['run', '.', '--apply', '--approve', '4'],
      rename,
      ['plan', '.'],
      ['plan', '.', ...was],
      ['run', '.', '--apply', ...was],
      ['run', '.'],
      ['run', '.', ...was],
      ['plan', '.', '--format', 'json'],
    ],
    sandboxed('clinic', { life }),
  );
  expect(dials(text)).toBe(4);
  expect(text.match(/POST \S+\/workflows /g)).toHaveLength(1);
  await expect(text.slice(text.indexOf('## callplan plan .'))).toMatchFileSnapshot('snapshots/rename.md');
});

test('moves the record by applying alone, also of an object that is only used', async () => {
  const text = await transcript(
    [
      ['run', '.', '--apply', '--approve', '4'],
      rename,
      ['apply', '.', '--auto-approve', ...was],
      ['apply', '.', '--auto-approve'],
      ['run', '.'],
    ],
    sandboxed('clinic', { life }),
  );
  expect(dials(text)).toBe(4);
  expect(exits(text)).toEqual([0, 0, 0, 0]);
  const apply = text.slice(text.indexOf('## callplan apply'), text.indexOf('## callplan run .\n'));
  await expect(apply).toMatchFileSnapshot('snapshots/rename-apply.md');
});

test.each([
  ['under way', {}],
  ['in doubt', { 'lose-response': 1 }],
])('goes on with calls that are %s, under the references that were sent', async (_, faults) => {
  const text = await transcript(
    [
      ['run', '.', '--apply', '--approve', '4', '--max-duration', '3s'],
      rename,
      ['run', '.', '--apply', '--approve', '4', ...was],
    ],
    sandboxed('clinic', { life, faults }),
  );
  expect(dials(text)).toBe(4);
  expect(text).toContain('Complete: everybody has a final outcome');
});

test('calls whom the list has gained under the new name', async () => {
  const row = 'A-1008,Hauwa,Sani,08031234508,2026-11-25T14:00\n';
  const text = await transcript(
    [
      ['run', '.', '--apply', '--approve', '4'],
      rename,
      edit('recipients.csv', 'A-1007', `${row}A-1007`),
      ['run', '.', '--apply', '--approve', '1', ...was],
    ],
    sandboxed('clinic', { life }),
  );
  expect(dials(text)).toBe(5);
});

test('refuses what cannot be moved', async () => {
  const text = await transcript(
    [
      ['run', '.', '--apply', '--approve', '4'],
      ['plan', '.', ...was],
      rename,
      ['plan', '.', '--renamed-from', 'clinic-reminder/default'],
      ['apply', '.', '--auto-approve', '--renamed-from', 'garage/default'],
      ['run', '.', '--approve', '4', '--renamed-from', 'clinic-reminder/default', '--format', 'json'],
      ['plan', '.', '--new-address', ...was],
      ['plan', '.', '--renamed-from', 'clinic-reminders'],
      ['run', '.', '--apply', '--approve', '4', '--new-address', '--limit', '1'],
      ['run', '.', ...was],
    ],
    sandboxed('clinic', { life }),
  );
  expect(exits(text)).toEqual([0, 64, 3, 3, 3, 64, 64, 10, 5]);
  expect(text.match(/RENAMED_FROM_UNKNOWN/g)).not.toBeNull();
  await expect(text.slice(text.indexOf('## callplan plan .'))).toMatchFileSnapshot('snapshots/rename-refused.md');
});

test('knows an object by any name that its campaign ever had', async () => {
  let description: unknown;
  const text = await transcript(
    [
      ['run', '.', '--apply', '--approve', '4'],
      async (made) => void (description = (await workflow(made)).description),
      rename,
      ['run', '.', '--apply', ...was],
      // As if the write had failed, after the record had moved.
      async (made) => void (await inDashboard(made, 'PUT', `/workflows/${(await workflow(made)).id}`, { description })),
      edit('campaign.yaml', 'campaign: clinic-visits', 'campaign: clinic-calls'),
      ['plan', '.', '--renamed-from', 'clinic-visits/default'],
      ['run', '.', '--apply', '--renamed-from', 'clinic-visits/default'],
      ['plan', '.', ...was],
      edit('campaign.yaml', 'campaign: clinic-calls', 'campaign: clinic-reminders'),
      ['run', '.', '--apply', '--renamed-from', 'clinic-calls/default'],
      ['plan', '.', '--detailed-exitcode'],
    ],
    sandboxed('clinic', { life }),
  );
  expect(exits(text)).toEqual([0, 0, 0, 0, 0, 0, 0]);
  expect(dials(text)).toBe(4);
  expect(text.match(/POST \S+\/workflows /g)).toHaveLength(1);
});

test('is about one campaign', async () => {
  const text = await transcript([['plan', ...was, '-e', 'default']], sandboxed('.'));
  expect(exits(text)).toEqual([64]);
});

test('leaves the record where it was when the number is not typed', async () => {
  await using made: FakeWorld = await world({ ...sandboxed('clinic', { life }), tty: true, answers: ['4', 'no'] });
  await main(['run', '.', '--apply'], made);
  await rename(made);
  await edit('recipients.csv', 'A-1007', 'A-1008,Hauwa,Sani,08031234508,2026-11-25T14:00\nA-1007')(made);
  expect(await main(['run', '.', '--apply', ...was], made)).toBe(5);
  await edit('campaign.yaml', 'campaign: clinic-visits', 'campaign: clinic-reminders')(made);
  made.terminal.clear();
  expect(await main(['plan', '.'], made)).toBe(0);
  expect(made.terminal.stdoutText()).toContain('4  already called');
});

async function workflow(made: FakeWorld): Promise<{ readonly id: string; readonly description: unknown }> {
  const { data } = Object(await inDashboard(made, 'GET', '/workflows'));
  return data[0];
}

function dials(text: string): number {
  return text.match(/^POST \S+\/call /gm)?.length ?? 0;
}

function exits(text: string): readonly number[] {
  return [...text.matchAll(/^exit (\d+)$/gm)].map(([, code]) => Number(code));
}

const environments =
  '\nenvironments: {prod: {guards: {max_recipients: 40}}, staging: {guards: {max_recipients: 30}}}\n';
const addEnvironments = edit('campaign.yaml', '\nguards:', `${environments}guards:`);

test('asks what is meant where a file gets its first environments, and calls nobody again', async () => {
  await using made = await world(sandboxed('clinic', { life }));
  const calls = (): number => made.sent.filter(({ request }) => request.url.endsWith('/call')).length;
  const run = (...more: readonly string[]): Promise<number> => {
    made.terminal.clear();
    return main(['run', '.', '--apply', '--approve', '4', ...more], made);
  };
  expect(await run()).toBe(0);
  const first = calls();
  await addEnvironments(made);
  expect([await run('-e', 'prod'), calls()]).toEqual([5, first]);
  expect(said(made)).toContain('is now clinic-reminders/prod; until now it was clinic-reminders/default');
  expect([await run('-e', 'prod', ...was), calls()]).toEqual([0, first]);
  // Nothing is left behind any more.
  expect([await main(['plan', '.', '-e', 'staging'], made), calls()]).toEqual([0, first]);
  await edit('campaign.yaml', environments, '\n')(made);
  expect([await run(), calls()]).toEqual([5, first]);
  expect([await run('--renamed-from', 'clinic-reminders/prod'), calls()]).toEqual([0, first]);
});

test('asks again for each environment while the record without one is there, and for none where nobody was called', async () => {
  await using made = await world(sandboxed('clinic', { life }));
  expect(await main(['apply', '.', '--auto-approve'], made)).toBe(0);
  await addEnvironments(made);
  expect(await main(['plan', '.', '-e', 'staging'], made)).toBe(0);
  await edit('campaign.yaml', environments, '\n')(made);
  expect(await main(['run', '.', '--approve', '4'], made)).toBe(0);
  await addEnvironments(made);
  const run = (environment: string, ...more: readonly string[]): Promise<number> =>
    main(['run', '.', '-e', environment, '--apply', '--approve', '4', ...more], made);
  expect(await run('staging')).toBe(5);
  expect(await run('staging', '--new-address')).toBe(0);
  expect(await run('staging')).toBe(0);
  expect(await run('prod')).toBe(5);
});

test('asks what is meant where an environment has another name, and not where there is one more', async () => {
  await using made = await world(sandboxed('clinic', { life }));
  const run = (environment: string, ...more: readonly string[]): Promise<number> =>
    main(['run', '.', '-e', environment, '--apply', '--approve', '4', ...more], made);
  await addEnvironments(made);
  expect(await run('prod')).toBe(0);
  expect(await run('staging')).toBe(0);
  await edit('campaign.yaml', '{prod:', '{production:')(made);
  const { length } = made.sent;
  expect(await run('production')).toBe(5);
  expect(await run('staging')).toBe(0);
  expect(await run('production', '--renamed-from', 'clinic-reminders/prod')).toBe(0);
  expect(made.sent.slice(length).filter(({ request }) => request.url.endsWith('/call'))).toEqual([]);
});

function said(made: FakeWorld): string {
  return `${made.terminal.stdoutText()}${made.terminal.stderrText()}`.replaceAll(/\s+/g, ' ');
}
