/**
 * Commands that are to be gone on with name everything that says what is meant: environment, wave, list, store and
 * modules as they were given. One table over all commands that say what comes next.
 */
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
const rerunWave = 'spring-r2fb97af4';
const again = ['rerun', manifest, '--only', 'answered'];

/** Command lines in the order in which one might give them, without the options above. */
const table: readonly (readonly string[])[] = [
  ['validate', file],
  ['preview', file],
  ['rehearse', file, '--at', '2026-11-24T09:00:00+01:00'],
  ['plan', file],
  ['apply', file],
  ['run', file, '--approve', '3'],
  ['apply', file, '--auto-approve'],
  ['call', file, '--to', '+2348030000029', '--as', '+2348030000021'],
  ['status', file],
  ['history', file, '+2348030000021'],
  ['run', file],
  ['run', file, '--approve', '1'],
  ['run', file, '--approve', '3', '--limit', '1', '--no-wait'],
  ['status', file],
  ['history', file, '+2348030000021'],
  ['results', file, '--out', 'results.csv'],
  ['resolve', file, '--as', 'called'],
  ['pause', file],
  ['run', file],
  ['plan', file],
  ['status', file],
  ['resume', file],
  [...again, '--approve', '3'],
  ['run', file, '--approve', '3'],
  ['status', file],
  again,
  [...again, '--approve', '3', '--limit', '1', '--no-wait'],
  ['pause', file, '--wave', rerunWave],
  [...again, '--approve', '3'],
  ['resume', file, '--wave', rerunWave],
  ['run', file, '--wave', rerunWave, '--approve', '3'],
  ['plan', file, '--wave', rerunWave],
  ['resolve', file, '--wave', rerunWave, '--as', 'called'],
  [...again, '--approve', '3'],
  again,
  ['rerun', manifest, '--only', 'answered,busy'],
  ['diff', manifest, `runs/brake-recall/prod/${rerunWave}/manifest.json`],
  ['run', file, '--wave', 'autumn', '--approve', '3', '--limit', '1', '--no-wait'],
  ['cancel', file, '--wave', 'autumn'],
  ['cancel', file, '--wave', 'autumn', '--approve', '1'],
  ['cancel', file, '--wave', 'autumn', '--approve', '2'],
  ['resume', file, '--wave', 'autumn'],
  ['pause', file, '--wave', 'autumn'],
  ['run', file, '--wave', 'autumn'],
  ['resolve', file, '--wave', 'autumn', '--as', 'called'],
  ['results', file, '--wave', 'winter', '--out', 'results.csv'],
  ['pause', file, '--wave', 'winter'],
];

test('a command to go on with names what was meant, whichever command says it', async () => {
  await using made = await ready();
  const said: string[] = [];
  for (const line of table) {
    const next = await nextOf(made, line);
    expect(
      next.flatMap((step) => lacking(line, step)),
      line.join(' '),
    ).toEqual([]);
    said.push(...next);
  }
  for (const command of ['plan', 'apply', 'run', 'rerun', 'status', 'resume', 'cancel', 'preview']) {
    expect(
      said.filter((step) => step.startsWith(`callplan ${command} `)),
      command,
    ).not.toEqual([]);
  }
});

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
