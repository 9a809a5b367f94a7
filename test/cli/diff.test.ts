import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { sha256 } from '../../src/model/digest.ts';
import type { FakeWorld, WorldOptions } from '../support/world.ts';
import { world } from '../support/world.ts';
import { edit, sandboxed } from './sandboxed.ts';
import { transcript, type Step } from './transcript.ts';

const phone = (id: number): string => `+23480312345${String(id).padStart(2, '0')}`;
const life = {
  shares: { replied: 1 },
  numbers: {
    [phone(1)]: ['no_answer', 'replied'],
    [phone(2)]: ['no_answer', 'no_answer', 'replied'],
    [phone(4)]: ['busy', 'no_answer', 'replied'],
  },
} as const;

const clinic = (options: Parameters<typeof sandboxed>[1] = {}): WorldOptions =>
  sandboxed('clinic', { life, ...options });

const statuses = edit(
  'campaign.yaml',
  'api_key: ${env.INTRON_API_KEY}',
  'api_key: ${env.INTRON_API_KEY}\n  statuses: {TIMEOUT: no_answer, BUSY: busy}',
);
const runs = 'runs/clinic-reminders/default';
const run = ['run', '.', '--apply', '--approve', '4'];

/** A wave, and another one of the same people on the next day. */
const twice: readonly Step[] = [
  statuses,
  run,
  edit('campaign.yaml', 'wave: "2026-11-24"', 'wave: "2026-11-25"'),
  edit('campaign.yaml', 'concurrency: 5', 'concurrency: 4'),
  run,
];

async function ranTwice(options: Parameters<typeof sandboxed>[1] = {}): Promise<FakeWorld> {
  const made = await world(clinic(options));
  for (const step of twice) {
    if (typeof step === 'function') await step(made);
    else expect(await main(step, made)).toBe(0);
  }
  made.terminal.clear();
  return made;
}

function said(made: FakeWorld): string {
  return `${made.terminal.stdoutText()}${made.terminal.stderrText()}`.replaceAll(/\s+/g, ' ');
}

test('says in its help when it ends with 2', async () => {
  await using made = await world();
  expect(await main(['diff', '--help'], made)).toBe(0);
  expect(said(made)).toContain('exit 2 where the waves differ in anything but times and ids');
});

test('tells what differs, and how many of the same people ended otherwise', async () => {
  const argv = ['diff', `${runs}/2026-11-24`, `${runs}/2026-11-25`];
  const text = await transcript([...twice, argv, [...argv, '--format', 'json', '--detailed-exitcode']], clinic());
  await expect(text.slice(text.indexOf('## callplan diff'))).toMatchFileSnapshot('snapshots/diff.md');
});

test('finds no difference between a manifest and its copy, whatever the times are', async () => {
  await using made = await ranTwice();
  await cp(join(made.cwd, runs, '2026-11-24'), join(made.cwd, 'copy'), { recursive: true });
  const path = join(made.cwd, 'copy/manifest.json');
  const text = await readFile(path, 'utf8');
  await writeFile(path, text.replaceAll(/"started_at": "[^"]*"/g, '"started_at": "2026-12-01T09:00:00.000Z"'));
  expect(await main(['diff', `${runs}/2026-11-24`, 'copy', '--detailed-exitcode'], made)).toBe(0);
  expect(said(made)).toContain('No difference');
  expect(said(made)).toContain('5 recipients in both, none only in A, none only in B');
});

test('compares a wave with what repeats some of it', async () => {
  await using made = await ranTwice();
  await main(['rerun', `${runs}/2026-11-25`, '--only', 'no_answer', '--approve', '2'], made);
  const [wave = ''] = /2026-11-25-r[0-9a-f]{8}/.exec(made.terminal.stdoutText()) ?? [];
  made.terminal.clear();
  expect(await main(['diff', `${runs}/2026-11-25`, `${runs}/${wave}`], made)).toBe(0);
  expect(said(made)).toContain('repeats no answer of wave 2026-11-25');
  expect(said(made)).toContain('2 recipients in both, 3 only in A, none only in B 2 no answer → answered (');
});

test('cannot tell people again where the keys are others, or there are no results', async () => {
  await using made = await ranTwice();
  const path = join(made.cwd, runs, '2026-11-24/manifest.json');
  const text = await readFile(path, 'utf8');
  await writeFile(path, text.replace(/"recipient_key_id": "[^"]*"/, '"recipient_key_id": "00000000"'));
  expect(await main(['diff', `${runs}/2026-11-24`, `${runs}/2026-11-25`], made)).toBe(0);
  expect(said(made)).toContain('cannot be told: they name recipients by different keys (00000000 and');
  made.terminal.clear();
  await writeFile(path, text.replace(/ *"results_sha256": "[^"]*",\n/, ''));
  expect(await main(['diff', `${runs}/2026-11-24`, `${runs}/2026-11-25`], made)).toBe(0);
  expect(said(made)).toContain('2026-11-24/manifest.json was written before there were results');
});

/** Changes the results of the first wave, and what the manifest says of them. */
async function forge(made: FakeWorld, change: (text: string) => string): Promise<void> {
  const folder = join(made.cwd, runs, '2026-11-24');
  const results = change(await readFile(join(folder, 'results.jsonl'), 'utf8'));
  await writeFile(join(folder, 'results.jsonl'), results);
  const manifest = await readFile(join(folder, 'manifest.json'), 'utf8');
  const forged = manifest.replace(/"results_sha256": "[^"]*"/, `"results_sha256": "${sha256(results)}"`);
  await writeFile(join(folder, 'manifest.json'), forged);
}

test('refuses results that are not those of their manifest', async () => {
  await using made = await ranTwice();
  const path = join(made.cwd, runs, '2026-11-24/results.jsonl');
  await writeFile(path, `${await readFile(path, 'utf8')}{}\n`);
  expect(await main(['diff', `${runs}/2026-11-24`, `${runs}/2026-11-25`], made)).toBe(3);
  expect(said(made)).toContain('is not what its manifest was written with: the SHA-256 is another');
  await forge(made, (text) => text.replace(/\{\}\n$/, 'no result\n'));
  made.terminal.clear();
  expect(await main(['diff', `${runs}/2026-11-24`, `${runs}/2026-11-25`], made)).toBe(3);
  expect(said(made)).toContain('results.jsonl:6 is no result');
  await forge(made, (text) => text.replace('no result\n', '').replace('"outcome":"busy"', '"outcome":"failed"'));
  made.terminal.clear();
  expect(await main(['diff', `${runs}/2026-11-24`, `${runs}/2026-11-25`, '--format', 'json'], made)).toBe(3);
  expect(said(made)).toContain('count differently: outcomes');
});
