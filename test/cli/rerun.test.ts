import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import type { FakeWorld, WorldOptions } from '../support/world.ts';
import { fakeTerminal } from '../support/terminal.ts';
import { world } from '../support/world.ts';
import { alone, printedSchema } from './printed-schema.ts';
import { edit, sandboxed, write } from './sandboxed.ts';
import { transcript } from './transcript.ts';

const phone = (id: number): string => `+23480312345${String(id).padStart(2, '0')}`;

/** The first does not answer at first, the second never, the third's line is busy once; the last answers. */
const life = {
  shares: { replied: 1 },
  numbers: {
    [phone(1)]: ['no_answer', 'replied'],
    [phone(2)]: ['no_answer', 'no_answer'],
    [phone(4)]: ['busy', 'replied'],
  },
} as const;

const folder = 'runs/clinic-reminders/default/2026-11-24';
const run = ['run', '.', '--apply', '--approve', '4'];
const clinic = (options: Parameters<typeof sandboxed>[1] = {}): WorldOptions =>
  sandboxed('clinic', { life, ...options });
const again = (only: string, ...more: readonly string[]): readonly string[] => [
  'rerun',
  folder,
  '--only',
  only,
  ...more,
];

/** What the API calls its endings; the words are not on its page. */
const statuses = edit(
  'campaign.yaml',
  'api_key: ${env.INTRON_API_KEY}',
  'api_key: ${env.INTRON_API_KEY}\n  statuses: {TIMEOUT: no_answer, BUSY: busy}',
);

/** A wave of four: two did not answer, one was busy, one replied; one was skipped. */
async function ran(options: Parameters<typeof sandboxed>[1] = {}): Promise<FakeWorld> {
  const made = await world(clinic(options));
  await statuses(made);
  expect(await main(run, made)).toBe(0);
  made.terminal.clear();
  return made;
}

/** The numbers that were dialled, in order. */
function dialled(made: FakeWorld): readonly string[] {
  return made.sent
    .filter(({ request }) => request.method === 'POST' && request.url.endsWith('/call'))
    .flatMap(({ request }) => (request.body ?? '').match(/\+234\d{10}/g) ?? []);
}

/** The numbers that a command dials. */
async function dials(made: FakeWorld, argv: readonly string[], code = 0): Promise<readonly string[]> {
  const before = dialled(made).length;
  made.terminal.clear();
  expect([await main(argv, made), made.terminal.stderrText()]).toEqual([code, expect.anything()]);
  return dialled(made).slice(before);
}

function said(made: FakeWorld): string {
  return `${made.terminal.stdoutText()}${made.terminal.stderrText()}`.replaceAll(/\s+/g, ' ');
}

test('calls again whom it names, with the inputs of then, and calls nobody when it is repeated', async () => {
  const text = await transcript(
    [
      statuses,
      run,
      edit('recipients.csv', 'Ada,Obi,08031234501', 'Adaeze,Eze,08031234599'),
      again('no_answer'),
      again('no_answer', '--approve', '2'),
      again('no_answer', '--format', 'json'),
      ['status', '.', '--wave', '2026-11-24-r66d8fa4c'],
    ],
    clinic(),
  );
  expect(text).not.toContain('234599');
  await expect(text.slice(text.indexOf('## callplan rerun'))).toMatchFileSnapshot('snapshots/rerun.md');
});

test('sends the values that were frozen, whatever the rows say now or whether they are there at all', async () => {
  await using made = await ran();
  await rm(join(made.cwd, 'recipients.csv'));
  expect(await dials(made, again('busy,no_answer', '--approve', '3'))).toEqual([1, 2, 4].map(phone));
  const names = made.sent.flatMap(({ request }) => (request.body ?? '').match(/Ada Obi|Bola Ade|Dayo Bello/g) ?? []);
  expect(names).toEqual(['Ada Obi', 'Bola Ade', 'Dayo Bello', 'Ada Obi', 'Bola Ade', 'Dayo Bello']);
});

test('calls nobody again whom another rerun of the wave has called, and says who was left out', async () => {
  await using made = await ran();
  expect(await dials(made, again('no_answer', '--approve', '2'))).toEqual([1, 2].map(phone));
  expect(await dials(made, again('no_answer,busy', '--approve', '3'))).toEqual([4].map(phone));
  expect(said(made)).toContain('2 people were called again by wave 2026-11-24-r');
  expect(await dials(made, again('answered,busy,no_answer', '--approve', '4'))).toEqual([6].map(phone));
  expect(await dials(made, again('no_answer,answered'))).toEqual([]);
  expect(said(made)).toContain('Nobody to call: 2 people were called again by wave');
});

test('goes on with the same rerun after the wave was run again and called nobody', async () => {
  await using made = await ran();
  await main(again('no_answer', '--approve', '2', '--limit', '1'), made);
  await main(['run', '.'], made);
  expect(await dials(made, again('no_answer', '--approve', '2'))).toEqual([phone(2)]);
});

test('takes whom the wave called since for what they are now, by an old manifest as well', async () => {
  await using made = await ran();
  const old = join(made.cwd, 'old');
  await cp(join(made.cwd, folder), old, { recursive: true });
  await edit('recipients.csv', 'A-1007', 'A-1008,Hauwa,Sani,08031234508,2026-11-25T14:00\nA-1007')(made);
  await main(['run', '.', '--approve', '1'], made);
  const first = await dials(made, ['rerun', 'old/manifest.json', '--only', 'no_answer', '--approve', '3']);
  expect(first).toEqual([1, 2].map(phone));
  expect(await dials(made, again('no_answer', '--approve', '3'))).toEqual([]);
});

test('is told by status and history, and what goes on with it', async () => {
  const text = await transcript(
    [
      statuses,
      run,
      again('no_answer', '--approve', '2', '--limit', '1'),
      ['status', '.', '--wave', '2026-11-24-r66d8fa4c'],
      ['status', '.'],
      ['history', '.', 'A-1001'],
    ],
    clinic(),
  );
  await expect(text.slice(text.indexOf('## callplan status'))).toMatchFileSnapshot('snapshots/rerun-status.md');
});

test('leaves a manifest and results that are as their schemas say', async () => {
  await using made = await ran();
  await main(again('no_answer', '--approve', '2'), made);
  const [wave = ''] = /2026-11-24-r[0-9a-f]{8}/.exec(made.terminal.stdoutText()) ?? [];
  const read = (file: string): Promise<string> =>
    readFile(join(made.cwd, 'runs/clinic-reminders/default', wave, file), 'utf8');
  const manifest: unknown = JSON.parse(await read('manifest.json'));
  expect(manifest).toMatchObject({
    record: { file: 'campaign.yaml', parent: { wave: '2026-11-24', only: ['no_answer'] } },
  });
  const isManifest = alone(await printedSchema('manifest'));
  expect([isManifest(manifest), isManifest.errors]).toEqual([true, null]);
  const isResult = alone(await printedSchema('result'));
  for (const line of (await read('results.jsonl')).trim().split('\n')) {
    expect([isResult(JSON.parse(line)), isResult.errors]).toEqual([true, null]);
  }
});

test('ends what it began before the wave itself was run again', async () => {
  const numbers = { [phone(1)]: ['no_answer', 'busy', 'replied'], [phone(6)]: ['no_answer', 'replied'] } as const;
  await using made = await world(clinic({ life: { shares: { replied: 1 }, numbers } }));
  await statuses(made);
  await edit('campaign.yaml', '  batch_size: 5', '  batch_size: 5\n  attempts: {max: 2, retry: {busy: [1h]}}')(made);
  await dials(made, [...run, '--limit', '2'], 10);
  const rerun = again('no_answer', '--approve', '2', '--no-wait');
  expect(await dials(made, rerun, 10)).toEqual([phone(1)]);
  expect(await dials(made, run)).toEqual([phone(4), phone(6)]);
  await made.clock.sleep(3_600_000);
  // Its retry, and whom the wave did not reach since.
  expect((await dials(made, rerun)).toSorted()).toEqual([phone(1), phone(6)]);
  expect(await dials(made, rerun)).toEqual([]);
  expect(await main(['history', '.', 'A-1001', '--format', 'json'], made)).toBe(0);
  expect(said(made)).not.toContain('"pending"');
});

test('stays paused, though the wave itself was run again', async () => {
  await using made = await world(clinic());
  await statuses(made);
  await dials(made, [...run, '--limit', '2'], 10);
  const rerun = again('no_answer', '--approve', '2');
  expect(await dials(made, [...rerun, '--limit', '1'], 10)).toEqual([phone(1)]);
  const [, wave = ''] = /wave (\S+-r\w+)/.exec(said(made)) ?? [];
  expect(await main(['pause', '.', '--wave', wave], made)).toBe(0);
  await dials(made, run);
  expect(await dials(made, rerun, 9)).toEqual([]);
});

test('is told to go on by the rerun, whatever was done to its wave', async () => {
  await using made = await ran();
  const first = await dials(made, again('no_answer', '--approve', '2', '--limit', '1'), 10);
  const wave = ['--wave', '2026-11-24-r66d8fa4c'];
  expect(await main(['pause', '.', ...wave], made)).toBe(0);
  made.terminal.clear();
  expect(await main(['resume', '.', ...wave], made)).toBe(0);
  expect(said(made)).toContain(
    `Next: callplan ${again('no_answer').join(' ').replace(folder, `${folder}/manifest.json`)}`,
  );
  expect(await main(['cancel', '.', ...wave, '--approve', '1'], made)).toBe(0);
  const next = `rerun ${folder}-r66d8fa4c/manifest.json --only skipped`;
  expect(said(made)).toContain(`and nobody else, in a wave of their own: callplan ${next}`);
  expect([...first, ...(await dials(made, [...next.split(' '), '--approve', '1']))]).toEqual([phone(1), phone(2)]);
});

test('hears from another process that it is paused and cancelled', async () => {
  await using made = await ran();
  const terminal = fakeTerminal();
  const other = { ...made, terminal, host: { ...made.host, pid: 2, mayBeAlive: () => true } };
  const wave = ['--wave', '2026-11-24-r66d8fa4c'];
  let codes: Promise<readonly number[]> | undefined;
  const tell = async (): Promise<readonly number[]> => [
    await main(['pause', '.', ...wave], other),
    await main(['cancel', '.', ...wave, '--approve', '1'], other),
  ];
  const http: typeof made.http = async (request, signal) => {
    const answer = await made.http(request, signal);
    if (request.url.endsWith('/call')) codes ??= tell();
    return answer;
  };
  expect(await main(again('no_answer', '--approve', '2'), { ...made, http })).toBe(9);
  expect(await codes).toEqual([0, 0]);
  const told = terminal.stdoutText().replaceAll(/\s+/g, ' ');
  expect(told).toContain('The run under way (process 1 on test) ends once its requests are answered.');
  expect(told).toContain('The run under way (process 1 on test) sees to the calls.');
});

test('reruns a rerun', async () => {
  await using made = await ran();
  await main(again('no_answer', '--approve', '2'), made);
  const [wave = ''] = /2026-11-24-r[0-9a-f]{8}/.exec(made.terminal.stdoutText()) ?? [];
  const argv = ['rerun', `runs/clinic-reminders/default/${wave}/manifest.json`, '--only', 'no_answer'];
  expect(await dials(made, [...argv, '--approve', '1'])).toEqual([phone(2)]);
  expect(await dials(made, [...argv, '--approve', '1'])).toEqual([]);
  expect(said(made)).toContain(`repeats no answer of wave ${wave}`);
});

test('keeps do-not-call lists, opt-outs and guards of now', async () => {
  await using made = await ran();
  await write('do-not-call.csv', `phone\n${phone(1)}\n${phone(7)}\n`)(made);
  await main(['suppress', 'add', phone(2)], made);
  expect(await dials(made, again('no_answer,busy', '--approve', '0'), 5)).toEqual([]);
  expect(said(made)).toContain('1 person is not yet called, and --approve allows 0');
  expect(await dials(made, again('no_answer,busy', '--approve', '1'))).toEqual([phone(4)]);
  expect(await dials(made, again('skipped', '--approve', '9'))).toEqual([]);
  await write('do-not-call.csv', 'phone\n+2348031234599\n')(made);
  expect(await dials(made, again('skipped', '--approve', '9'))).toEqual([phone(7)]);
});

test('is refused where the configuration is another one, until it is allowed', async () => {
  await using made = await ran();
  await edit('campaign.yaml', 'Press 1 to confirm', 'Press 1 to agree')(made);
  await edit('campaign.yaml', 'rate: 1/s', 'rate: 2/s')(made);
  expect(await dials(made, again('no_answer', '--approve', '2'), 4)).toEqual([]);
  expect(said(made)).toContain('is not the one that wave 2026-11-24 was called by (the workflow and rate: definition');
  expect(said(made)).toContain('--only no_answer --allow-changes');
  const allowed = again('no_answer', '--approve', '2', '--allow-changes');
  expect(await dials(made, allowed, 4)).toEqual([]);
  expect(said(made)).toContain('the workflow of clinic-reminders/default is not as the file says');
  expect(await dials(made, [...allowed, '--apply'])).toEqual([1, 2].map(phone));
});

test('calls by changed options, and nobody who lacks what the file asks for now', async () => {
  await using made = await ran();
  await edit('campaign.yaml', 'tts_voice_gender: female', 'tts_voice_gender: male')(made);
  await edit('campaign.yaml', 'Hello {{patient_name}}', 'Hello {{ward}}')(made);
  await edit(
    'campaign.yaml',
    'variables:\n    patient_name',
    'variables:\n    ward: "{{mobile}}"\n    patient_name',
  )(made);
  expect(await dials(made, again('no_answer', '--approve', '2', '--allow-changes', '--apply'))).toEqual([]);
  expect(said(made)).toContain('invalid 2 rows');
  await edit('campaign.yaml', 'Hello {{ward}}', 'Hello {{patient_name}}')(made);
  await main(again('no_answer', '--approve', '2', '--allow-changes', '--apply'), made);
  expect(made.sent.filter(({ request }) => request.body?.includes('"male"') === true)).toHaveLength(2);
});

test('says who cannot be chosen, as the wave is not over for them', async () => {
  await using made = await world(clinic());
  await statuses(made);
  await main([...run, '--limit', '1'], made);
  expect(await dials(made, again('no_answer', '--approve', '1'))).toEqual([phone(1)]);
  expect(said(made)).toContain('3 people of wave 2026-11-24 still to be called by that wave');
});

test('is refused while calls of the wave are not over', async () => {
  await using made = await world(clinic({ faults: { 'lose-response': 1 } }));
  await statuses(made);
  await main([...run, '--max-duration', '3s'], made);
  expect(await dials(made, again('no_answer', '--approve', '2'), 4)).toEqual([]);
  expect(said(made)).toContain('not over in wave 2026-11-24 of clinic-reminders/default; nobody was called');
});

test.each<readonly [string, readonly string[], number, string]>([
  ['without saying whom', ['rerun', folder], 64, 'rerun needs --only, such as --only failed,no_answer'],
  ['of the unresolved', again('unresolved'), 64, 'callplan resolve'],
  ['of what is no outcome', again('anwsered'), 64, 'Did you mean answered?'],
  [
    'of a file that is not there',
    ['rerun', 'nowhere.json', '--only', 'busy'],
    3,
    `MANIFEST_MISSING there is no manifest at nowhere.json help: there is ${folder}`,
  ],
  ['of a wave that is not there', ['rerun', 'runs/x/w9', '--only', 'busy'], 3, `help: there is ${folder}`],
  ['of another file', ['rerun', 'recipients.csv', '--only', 'busy'], 3, 'MANIFEST_INVALID'],
  ['with another store', again('busy', '--store', 'other.db'), 4, 'there is no store that knows of the wave'],
  ['about a wave that it is not', again('busy', '--nobody-called', '2026-11-24'), 64, 'is about wave 2026-11-24-r'],
])('calls nobody %s', async (_, argv, code, told) => {
  await using made = await ran();
  expect(await dials(made, argv, code)).toEqual([]);
  expect(said(made)).toContain(told);
});

/** Changes the manifest of the wave. */
async function damage(made: FakeWorld, change: (text: string) => string, file = 'manifest.json'): Promise<void> {
  const path = join(made.cwd, folder, file);
  await writeFile(path, change(await readFile(path, 'utf8')));
}

test.each<readonly [string, (text: string) => string, string]>([
  ['of a version to come', (text) => text.replace('"format_version": 1', '"format_version": 2'), 'MANIFEST_NEWER'],
  ['that was cut', (text) => text.slice(0, 200), 'MANIFEST_INVALID'],
  ['that lacks a member', (text) => text.replace('"definition"', '"definitoin"'), 'wave.digests.definition is missing'],
  ['whose file is elsewhere', (text) => text.replace('"campaign.yaml"', '"../x.yaml"'), 'record.file is missing or'],
])('takes nothing from a manifest %s', async (_, change, told) => {
  await using made = await ran();
  await damage(made, change);
  expect(await dials(made, again('busy', '--approve', '1'), 3)).toEqual([]);
  expect(said(made)).toContain(told);
});

test('takes nothing from results that were changed', async () => {
  await using made = await ran();
  await damage(made, (text) => text.replace('"no_answer"', '"failed"'), 'results.jsonl');
  expect(await dials(made, again('no_answer', '--approve', '2'), 3)).toEqual([]);
  expect(said(made)).toContain('MANIFEST_RESULTS');
});

test('asks for the campaign file where the manifest does not lead to it', async () => {
  await using made = await ran();
  await damage(made, (text) => text.replace('"file": "campaign.yaml",', ''));
  expect(await dials(made, again('busy', '--approve', '1'), 3)).toEqual([]);
  expect(said(made)).toContain(`callplan rerun ${folder} PATH --only`);
  const named = ['rerun', folder, 'campaign.yaml', '--only', 'busy', '--approve', '1'];
  expect(await dials(made, named)).toEqual([phone(4)]);
});

test('refuses a manifest of another store, and a file of another campaign', async () => {
  await using made = await ran();
  await damage(made, (text) => text.replaceAll(/"run": "[0-9a-f]+"/g, '"run": "0123456789abcdef"'));
  expect(await dials(made, again('busy', '--approve', '1'), 4)).toEqual([]);
  expect(said(made)).toContain('knows nothing of the run');
  await edit('campaign.yaml', 'campaign: clinic-reminders', 'campaign: clinic-recalls')(made);
  expect(await dials(made, again('busy', '--approve', '1'), 4)).toEqual([]);
  expect(said(made)).toContain('is of clinic-reminders/default, and campaign.yaml is clinic-recalls/default');
});

test('goes on after the campaign was renamed', async () => {
  await using made = await ran();
  await edit('campaign.yaml', 'campaign: clinic-reminders', 'campaign: clinic-recalls')(made);
  await main(['run', '.', '--renamed-from', 'clinic-reminders/default', '--apply'], made);
  expect(await dials(made, again('busy', '--approve', '1'))).toEqual([phone(4)]);
});

test('keeps a wave to where its recipients come from', async () => {
  await using made = await ran();
  await main(again('busy', '--approve', '1'), made);
  const [wave = ''] = /2026-11-24-r[0-9a-f]{8}/.exec(made.terminal.stdoutText()) ?? [];
  expect(await dials(made, ['run', '.', '--wave', wave, '--approve', '9'], 4)).toEqual([]);
  expect(said(made)).toContain(`callplan rerun ${folder}/manifest.json --only busy`);
});

test('plan calls nobody of a rerun from the list of the file, and names the rerun', async () => {
  const made = await ran();
  await using _ = made;
  expect(await main([...again('busy'), '--approve', '1', '--limit', '1', '--no-wait'], made)).toBeLessThan(11);
  const wave = /2026-11-24-r[0-9a-f]{8}/.exec(made.terminal.stdoutText())?.[0] ?? '';
  made.terminal.clear();
  expect(await main(['plan', '.', '--wave', wave, '--detailed-exitcode'], made)).toBe(0);
  const text = made.terminal.stdoutText().replaceAll(/\s+/g, ' ');
  expect(text).toContain('0 to call the wave calls busy of wave 2026-11-24 again; its rerun does');
  expect(text).toContain('callplan rerun runs/clinic-reminders/default/2026-11-24/manifest.json --only busy');
});

/** A wave of which the first is kept from being called; nothing keeps them any more. */
async function skipped(): Promise<FakeWorld> {
  const made = await world(clinic());
  await statuses(made);
  await edit('campaign.yaml', 'same_phone: call_each', 'same_phone: call_once')(made);
  await main(['suppress', 'add', phone(1)], made);
  expect(await dials(made, run)).toEqual([2, 4, 6].map(phone));
  await main(['suppress', 'remove', phone(1)], made);
  return made;
}

test('calls nobody in the wave itself whom a rerun of it has called, though nothing is against it any more', async () => {
  await using made = await skipped();
  expect(await dials(made, again('skipped', '--approve', '1'))).toEqual([phone(1)]);
  expect(await dials(made, ['plan', '.'])).toEqual([]);
  expect(said(made)).toContain('called by a rerun of the wave');
  expect(await dials(made, run)).toEqual([]);
  expect(await dials(made, run)).toEqual([]);
  await edit('recipients.csv', 'A-1001', 'A-2001')(made);
  expect(await dials(made, run)).toEqual([]);
});

test('calls nobody again whom a rerun of a rerun has called', async () => {
  await using made = await skipped();
  await main(['suppress', 'add', phone(1)], made);
  expect(await dials(made, again('no_answer,skipped', '--approve', '2'))).toEqual([phone(2)]);
  await main(['suppress', 'remove', phone(1)], made);
  const folders = await readdir(join(made.cwd, 'runs/clinic-reminders/default'));
  const rerun = folders.find((one) => one.includes('-r')) ?? '';
  const second = ['rerun', `runs/clinic-reminders/default/${rerun}`, '--only', 'skipped', '--approve', '1'];
  expect(await dials(made, second)).toEqual([phone(1)]);
  expect(await dials(made, again('skipped', '--approve', '1'))).toEqual([]);
  expect(await dials(made, again('no_answer,skipped', '--approve', '1'))).toEqual([]);
  expect(await dials(made, run)).toEqual([]);
});
