import { expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { world } from '../support/world.ts';
import { transcript } from './transcript.ts';

test('says what is wrong with a command line, what was probably meant, and where help is', async () => {
  const text = await transcript([
    ['vlidate'],
    ['help', 'vlidate'],
    ['schema', '--formt', 'json'],
    ['schema', '--format', 'jsn'],
    ['schema', 'campain'],
    ['schema', 'campaign', 'intron'],
    ['explain', 'FILE_MISING'],
    ['explain', 'budget'],
    ['explain', 'canary'],
    ['explain', 'giraffe'],
    ['run', '.', '--max-duration', '0h'],
    ['completion'],
    ['completion', 'pwsh'],
    ['schema', 'campain', '--format', 'json'],
  ]);
  await expect(text).toMatchFileSnapshot('snapshots/usage.md');
});

test('prints help for people who ask for it, and as the message where no command was given', async () => {
  await expect(await transcript([['--help'], [], ['help', 'schema'], ['--version']])).toMatchFileSnapshot(
    'snapshots/help.md',
  );
});

test('words a bug with versions and without a stack, which CALLPLAN_DEBUG shows', async () => {
  await using made = await world();
  const { terminal } = made;
  const files = { ...made.files, info: () => Promise.reject(new TypeError('nobody thought of +2348031234501')) };
  expect(await main(['validate', 'x.yaml'], { ...made, files })).toBe(1);
  expect(terminal.stderrText()).toMatchInlineSnapshot(`
    "callplan: an error that callplan did not expect; it is a fault of callplan,
      not of your files.
      TypeError: nobody thought of ***
      callplan 0.1.0, node under test

    Next: report it with these lines; with CALLPLAN_DEBUG=1 the command prints where
          it happened
    "
  `);
  terminal.clear();
  expect(await main(['validate', 'x.yaml', '--format', 'json'], { ...made, files, env: { CALLPLAN_DEBUG: '1' } })).toBe(
    1,
  );
  expect(terminal.stderrText()).toContain('at ');
  expect(JSON.parse(terminal.stdoutText())).toMatchObject({ kind: 'failure', exit_code: 1 });
});

test('fits help to the terminal', async () => {
  await using made = await world({ tty: true });
  expect(await main(['--help'], made)).toBe(0);
  for (const line of made.terminal.stdoutText().split('\n')) expect(line.length).toBeLessThanOrEqual(80);
});
