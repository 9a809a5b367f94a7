import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { seededRandom } from '../../src/sandbox/seeded-random.ts';
import { openSqlite } from '../../src/store/sqlite/open.ts';
import { syncFile } from '../../src/system/sync-file.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { runChild } from './children.ts';
import { Ledger, listOf, patient } from './ledger.ts';

const total = 12_000;

test('an enrolment that is killed has changed nothing, or is whole', async () => {
  await using folder = await temporaryFolder();
  const original = join(folder.path, 'original.db');
  const store = await openSqlite(original, { create: true, random: seededRandom(1), syncFile });
  const ledger = await Ledger.open(store);
  await ledger.enrol(patient(1), patient(2, { number: 99_999 }), patient(total + 1));
  await ledger.admit({ max: 1 });
  const before = await store.counts(ledger.scope.waveId);
  const after = await store.compare(ledger.scope.waveId, all(), ledger.enrolOptions);
  await store.close();
  const kills = [
    { line: 'staging', ms: 0 },
    { line: 'merging', ms: 0 },
    { line: 'merging', ms: 60 },
    { line: 'merging', ms: 140 },
  ];
  const children = await Promise.all(
    kills.map(async ({ line, ms }) => {
      const path = join(folder.path, `${line}-${String(ms)}.db`);
      await copyFile(original, path);
      const ended = await runChild('enrol-child.ts', [path, String(total)], (said) => (said === line ? ms : undefined));
      return { path, ended };
    }),
  );
  // Only now: what SQLite does here would keep the signals waiting.
  const found = [];
  for (const { path, ended } of children) {
    const reopened = await openSqlite(path, { create: false, random: seededRandom(1), syncFile });
    const counts = await reopened.counts(ledger.scope.waveId);
    const again = await Ledger.open(reopened);
    const compared = await reopened.enrol(again.scope, all(), { ...again.enrolOptions, nowMs: 3 });
    const final = await reopened.counts(ledger.scope.waveId);
    await reopened.close();
    found.push({ ended, counts, compared, final, sound: isSound(path) });
  }
  for (const { ended, counts, compared, final, sound } of found) {
    expect([ended.stderr, sound]).toEqual(['', 'ok']);
    expect([before.recipients, final.recipients]).toContain(counts.recipients);
    if (counts.recipients === before.recipients) {
      expect(counts).toEqual(before);
      expect(compared).toEqual(after);
    }
    expect(final).toMatchObject({ recipients: total + 1, states: { pending: total - 1, intent: 1, skipped: 1 } });
  }
  expect(found[0]?.ended.signal).toBe('SIGKILL');
  expect(found[0]?.counts).toEqual(before);
}, 20_000);

test('two processes make one store at once, and call the same people without meeting', async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, '.callplan', 'callplan.db');
  const people = 40;
  const [clinic, garage] = await Promise.all(
    ['clinic-reminders', 'garage-recall'].map((campaign) =>
      runChild('call-child.ts', [path, campaign, String(people)]),
    ),
  );
  expect([clinic?.stderr, garage?.stderr]).toEqual(['', '']);
  const said = [clinic, garage].map((child) => child?.lines[0]?.split(' ') ?? []);
  expect(said.map(([kind]) => kind)).toEqual(expect.arrayContaining(['busy', 'held']));
  expect(said[0]?.[1]).toBe(said[1]?.[1]);
  expect(said.map(([, , states]) => states)).toEqual([`{"done":${String(people)}}`, `{"done":${String(people)}}`]);
  const database = new DatabaseSync(path);
  const calls = database.prepare('SELECT count(*) AS n, count(DISTINCT phone) AS phones FROM attempt').get();
  expect(calls).toEqual({ n: 2 * people, phones: people });
  database.close();
}, 20_000);

test('a store that another process is just making is waited for', async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'callplan.db');
  await writeFile(path, '');
  let opened: Promise<unknown> | undefined;
  const ended = await runChild('making-child.ts', [path], () => {
    opened ??= openSqlite(path, { create: true, random: seededRandom(1), syncFile }).then((store) => store.close());
    return undefined;
  });
  await expect(opened).resolves.toBeUndefined();
  expect(ended.stderr).toBe('');
}, 20_000);

test('writes no intent of a wave after the commit of its pause, whatever another process is about', async () => {
  await using folder = await temporaryFolder();
  for (const afterMs of [0, 20]) {
    const path = join(folder.path, `${String(afterMs)}.db`);
    const store = await openSqlite(path, { create: true, random: seededRandom(1), syncFile });
    const ledger = await Ledger.open(store);
    await store.release(ledger.scope.address, ledger.scope.fence);
    let atPause: number | undefined;
    const child = await runChild('admit-child.ts', [path], (said) => {
      if (said !== 'calling') return undefined;
      setTimeout(() => {
        void store
          .stopWave(ledger.scope.waveId, { kind: 'paused', atMs: 1, by: 'amina' })
          .then(() => store.counts(ledger.scope.waveId))
          .then(({ attempts }) => (atPause = attempts));
      }, afterMs);
      return undefined;
    });
    const { attempts, recipients } = await store.counts(ledger.scope.waveId);
    await store.close();
    expect(child.stderr).toBe('');
    expect(child.lines).toEqual(['calling', `paused by amina after ${String(atPause)}`]);
    expect(attempts).toBe(atPause);
    expect(attempts).toBeLessThan(recipients);
  }
}, 20_000);

function all(): ReturnType<typeof listOf> {
  return listOf(...Array.from({ length: total }, (_, index) => patient(index)));
}

function isSound(path: string): unknown {
  const database = new DatabaseSync(path);
  try {
    const bad = database.prepare('PRAGMA foreign_key_check').all();
    return bad.length > 0 ? bad : database.prepare('PRAGMA integrity_check').get()?.['integrity_check'];
  } finally {
    database.close();
  }
}
