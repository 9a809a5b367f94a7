/**
 * Commands that are to be gone on with name everything that says what is meant: environment, wave, list, store and
 * modules as they were given. One table over all commands that say what comes next.
 */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commands } from '../../src/cli/commands.ts';
import { main } from '../../src/cli/main.ts';
import { longFlag } from '../../src/cli/option.ts';
import { world, type FakeWorld } from '../support/world.ts';
import { acme } from './acme.ts';
import { edit, write } from './sandboxed.ts';

/** How each of these options is given here, by its long flag. */
const given: Readonly<Record<string, readonly string[]>> = {
  '--environment': ['-e', 'prod'],
  '--wave': ['--wave', 'spring'],
  '--recipients': ['--recipients', 'list.csv'],
  '--store': ['--store', 'kept/calls.db'],
  '--allow-provider': ['--allow-provider', 'acme.js'],
};

const list = 'phone,name,car\n+2348030000021,Efe,Ibex\n+2348030000022,Femi,Oryx\n+2348030000023,Gozi,Kudu\n';

const manifest = 'runs/brake-recall/prod/spring/manifest.json';
const file = 'campaign.yaml';
/** Stands for the name of the wave that `again` makes. */
const rerunWave = 'RERUN';
const again = ['rerun', manifest, '--only', 'answered'];

const begun = ['run', file, '--apply', '--approve', '3', '--limit', '1', '--no-wait'];
const called = ['run', file, '--apply', '--approve', '3'];
const table = ['results', file, '--out', 'results.csv'];

/** Command lines in the order in which one might give them, without the options above; and what they lead to. */
const lines: readonly (readonly [string, readonly string[], readonly (readonly string[])[]])[] = [
  [
    'before anybody is called',
    ['preview', 'plan', 'apply', 'run', 'status'],
    [
      ['validate', file],
      ['preview', file],
      ['plan', file],
      ['apply', file],
      ['run', file, '--approve', '3'],
      ['apply', file, '--auto-approve'],
      ['plan', file],
      ['run', file],
      ['history', file, '+2348030000021'],
    ],
  ],
  [
    'in the middle of a wave',
    ['run', 'status', 'resume'],
    [
      begun,
      ['status', file],
      ['plan', file],
      table,
      ['resolve', file, '--as', 'called'],
      ['pause', file],
      called,
      ['resume', file],
    ],
  ],
  [
    'of a wave that repeats another',
    ['rerun', 'resume', 'results'],
    [
      called,
      again,
      [...again, '--approve', '3', '--limit', '1', '--no-wait'],
      ['pause', file, '--wave', rerunWave],
      ['resume', file, '--wave', rerunWave],
      ['run', file, '--wave', rerunWave, '--approve', '3'],
      ['plan', file, '--wave', rerunWave],
      [...again, '--approve', '3'],
      ['rerun', manifest, '--only', 'answered,busy'],
      ['diff', manifest, `runs/brake-recall/prod/${rerunWave}/manifest.json`],
    ],
  ],
  [
    'of a wave that was cancelled',
    ['cancel', 'rerun', 'status'],
    [
      begun,
      ['cancel', file],
      ['cancel', file, '--approve', '1'],
      ['cancel', file, '--approve', '2'],
      ['resume', file],
      ['pause', file],
      called,
      ['resolve', file, '--as', 'called'],
      ['pause', file, '--wave', 'winter'],
    ],
  ],
];

test.each(lines)('commands to go on with %s name what was meant', async (_, leadTo, argvs) => {
  await using made = await ready();
  const said: string[] = [];
  for (const written of argvs) {
    const argv = await named(made, written);
    const next = await nextOf(made, argv);
    expect(
      next.flatMap((step) => lacking(argv, step)),
      argv.join(' '),
    ).toEqual([]);
    said.push(...next);
  }
  for (const command of leadTo) {
    expect(
      said.filter((step) => step.startsWith(`callplan ${command} `)),
      command,
    ).not.toEqual([]);
  }
});

async function named({ cwd }: FakeWorld, argv: readonly string[]): Promise<readonly string[]> {
  if (!argv.some((word) => word.includes(rerunWave))) return argv;
  const waves = await readdir(join(cwd, 'runs/brake-recall/prod'));
  const wave = waves.find((name) => name.startsWith('spring-r')) ?? '';
  return argv.map((word) => word.replace(rerunWave, wave));
}

/** Options that the command to go on with takes and that are not in it. */
function lacking([command]: readonly string[], next: string): readonly string[] {
  const [program, target = '', ...words] = next.split(' ');
  if (program !== 'callplan') return [];
  const own = flagsOf(command);
  return flagsOf(target)
    .filter((flag) => own.includes(flag) || isKnown(command, flag))
    .filter((flag) => !words.includes(given[flag]?.[0] ?? ''))
    .map((flag) => `${flag} in: ${next}`);
}

/** A rerun says environment and wave by its manifest. */
function isKnown(command: string | undefined, flag: string): boolean {
  return command === 'rerun' && ['--environment', '--wave'].includes(flag);
}

function flagsOf(command: string | undefined): readonly string[] {
  const { options = [] } = commands.find(({ name }) => name === command) ?? {};
  return options.map(({ flags }) => longFlag(flags)).filter((flag) => flag in given);
}

async function ready(): Promise<FakeWorld> {
  const made = await world(acme);
  await edit('campaign.yaml', 'version: 1', 'version: 1\nenvironments: {prod: {}}')(made);
  await write('list.csv', list)(made);
  return made;
}

async function nextOf(made: FakeWorld, line: readonly string[]): Promise<readonly string[]> {
  made.terminal.clear();
  await main([...line, ...optionsOf(line), '--format', 'json'], made);
  return Object(JSON.parse(made.terminal.stdoutText())).next;
}

function optionsOf(line: readonly string[]): readonly string[] {
  return flagsOf(line[0]).flatMap((flag) => (line.includes(flag) ? [] : (given[flag] ?? [])));
}
