/** Who opted out: the list that all campaigns of a store share. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import type { OptOutsReport } from '../../src/report/opt-outs-report.ts';
import { vocodeSandbox } from '../../src/sandbox/vocode.ts';
import { seededRandom } from '../../src/sandbox/seeded-random.ts';
import { world, type FakeWorld } from '../support/world.ts';
import { sandboxed } from './sandboxed.ts';
import { transcript, type Step } from './transcript.ts';

const ada = '+2348031234501';
const bola = '+2348031234502';

test('keeps a list that shows no number, and who changed it', async () => {
  const text = await transcript(
    [
      ['suppress', 'list'],
      ['suppress', 'add', ada, '08031234502', '--country', 'NG', '--because', `asked at the desk, from ${ada}`],
      ['suppress', 'add', bola],
      ['suppress', 'list'],
      ['suppress', 'remove', bola, '--because', 'that was his brother'],
      ['suppress', 'remove', bola],
      ['suppress', 'list', '--show-numbers'],
      ['suppress', 'list', '--format', 'json'],
      ['suppress', 'add', ada, '--format', 'json'],
    ],
    { env: { USER: 'amina' } },
  );
  await expect(text).toMatchFileSnapshot('snapshots/suppress.md');
});

test('takes the numbers of standard input, one a line', async () => {
  await using made = await world({ stdin: `\uFEFF${ada}\r\n\n${bola}\n${ada}\n` });
  expect(await main(['suppress', 'add', '-', '--show-numbers', '--format', 'json'], made)).toBe(0);
  expect(JSON.parse(made.terminal.stdoutText())).toMatchObject({
    numbers: [
      { phone: ada, change: 'added' },
      { phone: bola, change: 'added' },
    ],
    on_list: 2,
  });
});

test('writes down nothing where a number cannot be read', async () => {
  const text = await transcript(
    [
      ['suppress', 'add', '08031234501', '2348031234502', '-'],
      ['suppress', 'list'],
    ],
    { stdin: `${ada}\n0803 CALL ME\n` },
  );
  expect(text).toContain('SUPPRESS_NUMBER');
  await expect(text).toMatchFileSnapshot('snapshots/suppress-invalid.md');
});

test.each([
  ['+123', 'it is too short'],
  ['+2348031234567890', 'it is too long'],
  ['+999123456789', 'check its digits'],
  ['+23480CALLME', 'write nothing but the number'],
])('says of %s what is wrong with it besides its country code: %s', async (number, help) => {
  await using made = await world();
  expect(await main(['suppress', 'add', number], made)).toBe(3);
  const told = made.terminal.stdoutText() + made.terminal.stderrText();
  expect(told.replaceAll(/\s+/g, ' ')).toContain(`help: ${help}`);
});

test('tells the first twenty numbers that cannot be read, and how many more there are', async () => {
  await using made = await world({ stdin: 'nobody\n'.repeat(23) });
  expect(await main(['suppress', 'add', '-', '--format', 'json'], made)).toBe(3);
  const { diagnostics } = JSON.parse(made.terminal.stdoutText());
  expect(diagnostics).toHaveLength(21);
  expect(diagnostics[20]).toMatchObject({ code: 'SUPPRESS_MORE', args: { more: 3 } });
});

test.each<readonly [string, readonly string[], string]>([
  ['another word', ['ad', ada], 'Did you mean add?'],
  ['no number', ['add'], 'takes numbers'],
  ['a number to list', ['list', ada], 'takes no numbers'],
  ['a reason to list', ['list', '--because', 'curious'], 'takes no numbers'],
  ['a country that is none', ['add', ada, '--country', 'Nigeria'], '--country takes two capital letters'],
  ['a reason as long as a letter', ['add', ada, '--because', 'x'.repeat(201)], 'at most 200 characters'],
])('does not take %s', async (_, argv, told) => {
  await using made = await world();
  expect(await main(['suppress', ...argv], made)).toBe(64);
  expect(made.terminal.stderrText().replaceAll(/\s+/g, ' ')).toContain(told);
});

test('takes nobody off the list of a store that is not there', async () => {
  await using made = await world();
  expect(await main(['suppress', 'remove', ada, '--store', 'other.db'], made)).toBe(3);
  expect(made.terminal.stderrText()).toContain('there is no store at other.db');
});

test('does not write to a store that is gone when the CI job ends', async () => {
  await using made = await world({ env: { CI: 'true' } });
  expect(await main(['suppress', 'add', ada], made)).toBe(8);
  expect(await main(['suppress', 'add', ada, '--store', 'kept.db'], made)).toBe(0);
  expect(await main(['suppress', 'list'], made)).toBe(0);
});

test('counts those who opted out in the plan and before the run, and calls them only when they are removed', async () => {
  const run: Step = ['run', '.', '--apply', '--approve', '4'];
  const text = await transcript(
    [
      ['suppress', 'add', ada],
      ['plan', '.'],
      ['apply', '.', '--auto-approve'],
      run,
      ['status', '.'],
      ['suppress', 'remove', ada],
      run,
    ],
    sandboxed('clinic', { life: { shares: { replied: 1 } } }),
  );
  await expect(text).toMatchFileSnapshot('snapshots/suppress-run.md');
});

test('who asks in a call not to be called is called no more: by no other campaign, and in no new wave', async () => {
  await using place = await renewals();
  const { made, calls } = place;
  const run = (file: string, ...more: readonly string[]): Promise<number> =>
    main(['run', file, '--apply', '--approve', '8', '--store', 'shared.db', ...more], made);
  const refusing = (): readonly string[] => calls().flatMap(({ number, refuses }) => (refuses ? [number] : []));
  expect(await run('renewal.yaml')).toBe(0);
  const first = refusing();
  expect(first).not.toEqual([]);
  made.terminal.clear();
  await main(['suppress', 'list', '--store', 'shared.db', '--show-numbers', '--format', 'json'], made);
  const { opt_outs: listed } = JSON.parse(made.terminal.stdoutText()) as OptOutsReport;
  expect(listed.map(({ phone }) => phone).toSorted()).toEqual(first.toSorted());
  expect(listed[0]?.source).toMatchObject({ kind: 'call', address: 'renewal/default', wave: '2026-11', attempt: 1 });
  expect(await run('survey.yaml')).toBe(0);
  expect(made.terminal.stderrText()).toContain(`${String(first.length)} asked not to be called`);
  expect(await run('renewal.yaml', '--wave', '2026-12')).toBe(0);
  const numbers = calls().map(({ number }) => number);
  expect(numbers.length).toBeGreaterThan(8);
  const later = calls().flatMap(({ number, refuses }, index) =>
    refuses ? numbers.slice(index + 1).filter((one) => one === number) : [],
  );
  expect(later).toEqual([]);
});

type Renewals = AsyncDisposable & {
  readonly made: FakeWorld;
  /** All calls that Vocode placed, in order. */
  readonly calls: () => readonly { readonly number: string; readonly refuses: boolean }[];
};

/** Two campaigns of an insurer through Vocode, about the same eight people. */
async function renewals(): Promise<Renewals> {
  let snapshot: (() => { readonly calls: readonly object[] }) | undefined;
  const made = await world({
    env: { VOCODE_API_KEY: 'sk-live-0f9a8b7c6d5e' },
    http: ({ clock }) => {
      const sandbox = vocodeSandbox({ clock, random: seededRandom(5), life: { shares: { answered: 1 } } });
      ({ snapshot } = sandbox);
      return sandbox.http;
    },
  });
  for (const name of ['renewal', 'survey']) await writeFile(join(made.cwd, `${name}.yaml`), campaignOf(name));
  const people = Array.from({ length: 8 }, (_, index) => `Ada,+234803123450${String(index)}\n`);
  await writeFile(join(made.cwd, 'people.csv'), `name,phone\n${people.join('')}`);
  const calls = (): ReturnType<Renewals['calls']> =>
    (snapshot?.().calls ?? []).map((call) => {
      const item: Readonly<Record<string, unknown>> = { ...call };
      return { number: `+${String(item['to_number'])}`, refuses: item['do_not_call_result'] === true };
    });
  return { made, calls, [Symbol.asyncDispose]: made[Symbol.asyncDispose] };
}

function campaignOf(name: string): string {
  return `version: 1
campaign: ${name}
wave: "2026-11"
provider:
  type: vocode
  api_key: \${env.VOCODE_API_KEY}
agent:
  name: ${name}
  prompt: {content: "Ask {{name}} about the policy."}
  voice: {type: voice_azure, voice_name: en-US-AriaNeural}
  run_do_not_call_detection: true
recipients:
  from: [{csv: people.csv}]
  phone: "{{phone}}"
call:
  from_number: "15550100199"
execution:
  windows: always
`;
}
