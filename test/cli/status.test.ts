import { expect, test } from 'vitest';
import { openSqlite } from '../../src/store/sqlite/open.ts';
import type { FakeWorld } from '../support/world.ts';
import { edit, inDashboard, sandboxed, write } from './sandboxed.ts';
import { transcript } from './transcript.ts';

const address = 'clinic-reminders/default';

test('shows a campaign that nobody has applied or run yet', async () => {
  const text = await transcript([['status'], ['status', '--format', 'json']], sandboxed('clinic'));
  await expect(text).toMatchFileSnapshot('snapshots/status-new.md');
});

test('shows how a wave stands, who waits for what, and whom a person has to decide about', async () => {
  const text = await transcript(
    [
      ['apply', '--auto-approve'],
      ['run', '.', '--approve', '4', '--max-duration', '3s'],
      ['status'],
      ['status', '.', '--format', 'json'],
    ],
    sandboxed('clinic'),
  );
  const status = text.slice(text.indexOf('## callplan status'));
  expect(status).not.toMatch(/803\s?123\s?450/);
  await expect(status).toMatchFileSnapshot('snapshots/status-running.md');
});

test('shows who may have been called, with a masked number', async () => {
  const text = await transcript(
    [
      ['apply', '--auto-approve'],
      ['run', '.', '--approve', '4', '--max-duration', '3s'],
      ['status'],
      ['status', '--show-numbers'],
    ],
    sandboxed('clinic', { faults: { 'lose-response': 1 } }),
  );
  const status = text.slice(text.indexOf('## callplan status'));
  await expect(status).toMatchFileSnapshot('snapshots/status-doubt.md');
});

test('says when the window opens for those who wait, one by one and all of them', async () => {
  const rows = Array.from(
    { length: 13 },
    (_, n) => `A-${String(2000 + n)},Ada,Obi,0803123${String(5000 + n)},2026-11-26T09:30\n`,
  ).join('');
  const text = await transcript(
    [
      write('recipients.csv', `appointment_id,first_name,last_name,mobile,appointment\n${rows}`),
      ['run', '.', '--apply', '--approve', '13', '--max-duration', '3s'],
      (made) => made.clock.sleep(10 * 3_600_000),
      ['status', '.'],
      ['status', '.', '--all'],
    ],
    sandboxed('clinic', { life: { shares: { replied: 1 } } }),
  );
  await expect(text.slice(text.indexOf('## callplan status'))).toMatchFileSnapshot('snapshots/status-window.md');
});

test('says which statuses hold calls open, while a run waits and afterwards', async () => {
  const text = await transcript(
    [
      ['run', '.', '--apply', '--approve', '4', '--max-duration', '1m'],
      ['status'],
      edit('campaign.yaml', 'type: intron', 'type: intron\n  statuses: {ESCALATED: failed}'),
      ['run', '.', '--max-duration', '1m'],
    ],
    sandboxed('clinic', { faults: { 'unknown-status': 1 } }),
  );
  await expect(text).toMatchFileSnapshot('snapshots/status-unknown.md');
});

test('tells times in the zone of the campaign, and says that a run is under way', async () => {
  const status = await besideRunOf('2026-11-24');
  expect(status).toContain('A run is under way since 2026-11-24 10:00 +01:00');
  expect(status).toContain('"since": "2026-11-24T10:00:');
  expect(status).toContain('The run under way (process 7 on another)');
  expect(status).not.toContain('callplan run');
});

test('does not take a run that was killed for one under way while another wave is run', async () => {
  const status = await besideRunOf('2026-11-25');
  expect(status).toContain('works on it');
  expect(status).toContain('"since": null');
  expect(status).not.toContain('under way');
});

/** `status` and `pause` of a wave whose last run did not end, while a process runs this wave. */
async function besideRunOf(wave: string): Promise<string> {
  const text = await transcript(
    [
      ['apply', '--auto-approve'],
      async (made) => {
        const store = await openSqlite(`${made.cwd}/.callplan/callplan.db`, { ...made, create: false });
        const self = { hostname: 'another', pid: 7, started: 'then', command: 'run', wave };
        const lease = await store.acquire(address, self, made.clock.now());
        if (lease.kind !== 'held') throw new Error('held by somebody else');
        const scope = await store.openWave(address, '2026-11-24', lease.fence, made.clock.now());
        const definition = '0'.repeat(64);
        await store.recordRun(scope, { run: 'r', startedMs: made.clock.now(), definition, toolVersion: '0' });
        await store.close();
      },
      ['status', '.'],
      ['status', '.', '--format', 'json'],
      ['pause', '.'],
    ],
    sandboxed('clinic'),
  );
  return text.slice(text.indexOf('## callplan status'));
}

test('shows drift, who works on it, and other waves', async () => {
  const text = await transcript(
    [
      ['apply', '--auto-approve'],
      async (made) => {
        const listed = JSON.stringify(await inDashboard(made, 'GET', '/workflows'));
        const id = /"id":"(?<id>[^"]+)"/.exec(listed)?.groups?.['id'] ?? '';
        await inDashboard(made, 'PUT', `/workflows/${id}`, { option_one: 'Yes' });
      },
      holding({ hostname: 'another', pid: 7, started: 'then', command: 'run' }),
      edit('campaign.yaml', 'wave: "2026-11-24"', 'wave: "2026-11-25"'),
      ['status'],
    ],
    sandboxed('clinic'),
  );
  await expect(text.slice(text.indexOf('## callplan status'))).toMatchFileSnapshot('snapshots/status-drift.md');
});

test('does not name a holder of this machine that is gone', async () => {
  const text = await transcript(
    [['apply', '--auto-approve'], holding({ hostname: 'test', pid: 7, started: 'then', command: 'run' }), ['status']],
    sandboxed('clinic'),
  );
  expect(text).not.toContain('works on it');
});

test('shows what the store knows where the provider cannot be asked', async () => {
  const text = await transcript([['status']], sandboxed('clinic', { env: {} }));
  await expect(text).toMatchFileSnapshot('snapshots/status-without-key.md');
});

test('shows the findings of files, and asks for the environment', async () => {
  const text = await transcript(
    [edit('clinic/campaign.yaml', 'rate: 1/s', 'rate: fast'), ['status', 'clinic'], ['status', 'garage']],
    sandboxed('.'),
  );
  await expect(text).toMatchFileSnapshot('snapshots/status-findings.md');
});

/** Another process holds the address, in a wave of its own. */
function holding(holder: {
  readonly hostname: string;
  readonly pid: number;
  readonly started: string;
  readonly command: string;
}): (made: FakeWorld) => Promise<void> {
  return async (made) => {
    const path = `${made.cwd}/.callplan/callplan.db`;
    const store = await openSqlite(path, { ...made, create: false });
    const lease = await store.acquire(address, holder, made.clock.now());
    if (lease.kind !== 'held') throw new Error('held by somebody else');
    await store.openWave(address, '2026-11-24', lease.fence, made.clock.now());
    await store.close();
  };
}

test('goes on with the list that the last run was given', async () => {
  const rows = ['W-1,Ada,Obi,08031234531', 'W-2,Ugo,Obi,08031234532'].map((row) => `${row},2026-11-25T09:30\n`);
  const text = await transcript(
    [
      write('ward.csv', `appointment_id,first_name,last_name,mobile,appointment\n${rows.join('')}`),
      ['apply', '--auto-approve'],
      ['run', '.', '--recipients', 'ward.csv', '--approve', '2', '--limit', '1'],
      ['status', '.'],
      ['plan', '.'],
      ['plan', '.', '--recipients', 'ward.csv'],
    ],
    sandboxed('clinic'),
  );
  const next = text.split('## callplan ').map((part) => /Next: ([^]*?)```/.exec(part)?.[1]);
  expect(next.slice(3)).toEqual([
    'callplan run . --recipients ward.csv\n',
    'the last run had another list; to go on with that one, plan it:\n      callplan plan . --recipients ward.csv\n      or call this one:\n      callplan run .\n',
    'callplan run . --recipients ward.csv\n',
  ]);
});
