import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { commands } from '../../src/cli/commands.ts';
import { main } from '../../src/cli/main.ts';
import { longFlag } from '../../src/cli/option.ts';
import { providerNames } from '../../src/providers/registry.ts';
import { schemaKinds } from '../../src/cli/schemas.ts';
import { finding } from '../../src/report/finding.ts';
import { allCodes } from '../../src/report/words.ts';
import { world } from '../support/world.ts';
import { alone, printedSchema } from './printed-schema.ts';
import { edit } from './sandboxed.ts';
import { transcript } from './transcript.ts';

const fixtures = join(import.meta.dirname, 'fixtures');
const bin = join(import.meta.dirname, '../../src/bin.ts');

test.each(schemaKinds)('prints the schema of %s in one piece', async (kind) => {
  const schema = await printedSchema(kind);
  expect(schema).toMatchObject({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `urn:callplan:schema:${kind}`,
  });
  expect(JSON.stringify(schema)).not.toMatch(/"\$ref":"[^#]/);
  expect(alone(schema)('nothing of ours')).toBe(false);
});

test('the printed schemas of files hold for files', async () => {
  const valid = alone(await printedSchema('campaign'));
  const written: unknown = parse(await readFile(join(fixtures, 'clinic/campaign.yaml'), 'utf8'), { merge: true });
  expect(valid(written)).toBe(true);
  expect(valid({ ...Object(written), wave: 24 })).toBe(false);
  const validBlocks = alone(await printedSchema('intron'));
  const { provider, workflow, call = {} } = Object(written);
  expect(validBlocks({ provider, workflow, call })).toBe(true);
  expect(validBlocks({ provider, workflow: { ...workflow, message: 7 } })).toBe(false);
});

test('the printed schema of a finding holds for findings', async () => {
  const valid = alone(await printedSchema('diagnostic'));
  const at = { file: 'campaign.yaml', line: 3, col: 1 };
  const found = finding({ code: 'FILE_EMPTY', args: { path: 'campaign.yaml' }, at });
  expect(valid(found)).toBe(true);
  expect(valid({ ...found, at: { ...at, line: 'three' } })).toBe(false);
});

test('lists schemas and codes', async () => {
  const text = await transcript([['schema'], ['schema', '--format', 'json'], ['explain', '--format', 'json']]);
  expect(text).toContain(`"${allCodes()[0] ?? ''}"`);
  await expect(text.slice(0, text.indexOf('## callplan explain'))).toMatchFileSnapshot('snapshots/schema.md');
});

test.each(allCodes())('explains %s', async (code) => {
  await using made = await world();
  expect(await main(['explain', code], made)).toBe(0);
  expect(made.terminal.stdoutText()).toContain(code);
});

test('explains codes however they are written', async () => {
  const text = await transcript([
    ['explain', 'row-phone-lost-zero'],
    ['explain', 'KEY_UNKNOWN', '--format', 'json'],
  ]);
  await expect(text).toMatchFileSnapshot('snapshots/explain.md');
});

test.each(['bash', 'zsh', 'fish'])(
  'writes a completion script for %s that names every command and option',
  async (shell) => {
    await using made = await world();
    expect(await main(['completion', shell], made)).toBe(0);
    const script = made.terminal.stdoutText();
    for (const { name, options } of commands) {
      expect(script).toContain(name);
      for (const { flags } of options) expect(script).toContain(longFlag(flags).slice(2));
    }
  },
);

test('completes in bash', async () => {
  await using made = await world();
  await main(['completion', 'bash'], made);
  const complete = (...words: readonly string[]): readonly string[] => {
    const script = `${made.terminal.stdoutText()}
      callplan() { ${process.execPath} ${bin} "$@"; }
      COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _callplan; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout, stderr } = spawnSync('bash', ['-c', script, 'bash', 'callplan', ...words], { encoding: 'utf8' });
    expect(stderr).toBe('');
    return stdout.split('\n').filter((word) => word !== '');
  };
  expect(complete('val')).toEqual(['validate']);
  expect(complete('plan', '--detailed')).toEqual(['--detailed-exitcode']);
  expect(complete('plan', '--format', '')).toEqual(['text', 'json']);
  expect(complete('schema', 'man')).toEqual(['manifest']);
  expect(complete('sandbox', '')).toEqual(providerNames);
  expect(complete('help', 'pre')).toEqual(['preview']);
  expect(complete('explain', 'ROW_PHONE_LOST_P')).toEqual(['ROW_PHONE_LOST_PLUS']);
  expect(complete('plan', `${fixtures}/garage`, '-e', '')).toEqual(['staging', 'prod']);
});

test('names the environments of the files on a half-written command line, and no word that a shell would expand', async () => {
  await using made = await world({ folder: fixtures });
  const asked = async (...words: readonly string[]): Promise<string> => {
    made.terminal.clear();
    expect(await main(['completion', 'environments', '--', ...words], made)).toBe(0);
    return made.terminal.stdoutText();
  };
  expect(await asked('garage', '--store', 'nowhere.db', '-e', '')).toBe('staging\nprod\n');
  expect(await asked()).toBe('staging\nprod\n');
  expect(await asked('clinic')).toBe('');
  await edit('garage/campaign.yaml', '  staging:', '  $(date):')(made);
  expect(await asked('garage')).toBe('prod\n');
});
