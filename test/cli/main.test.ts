import { expect, test } from 'vitest';
import { transcript } from './transcript.ts';

test('says what is wrong with a command line, what was probably meant, and where help is', async () => {
  const text = await transcript([
    ['vlidate'],
    ['schema', '--formt', 'json'],
    ['schema', '--format', 'jsn'],
    ['schema', 'campain'],
    ['schema', 'campaign', 'intron'],
    ['explain', 'FILE_MISING'],
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
