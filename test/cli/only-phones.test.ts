import { expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { world } from '../support/world.ts';
import { edit, sandboxed } from './sandboxed.ts';
import { transcript } from './transcript.ts';

const staging = edit(
  'campaign.yaml',
  'environments:\n  staging:\n',
  'environments:\n  staging:\n    recipients: {only_phones: ["+2348031234512"]}\n',
);
const life = { shares: { replied: 1 } };
const apply = ['apply', '-e', 'staging', '--auto-approve'];
const run = ['run', '.', '-e', 'staging', '--approve', '1'];

test('calls only the numbers that an environment names, and shows how many others it skips', async () => {
  const text = await transcript(
    [
      staging,
      ['plan', '-e', 'staging'],
      apply,
      run,
      edit('campaign.yaml', '"+2348031234512"]}', '"+2348031234512", "+2348031234511"]}'),
      run,
    ],
    sandboxed('garage', { life }),
  );
  await expect(text.replaceAll(/## callplan apply[^]*?(?=## callplan run)/g, '')).toMatchFileSnapshot(
    'snapshots/only-phones.md',
  );
});

test('makes no test call to another number', async () => {
  await using made = await world(sandboxed('garage', { life }));
  await staging(made);
  await main(apply, made);
  const call = ['call', '.', '-e', 'staging', '--auto-approve', '--to'];
  expect(await main([...call, '+2348031234511'], made)).toBe(5);
  expect(made.terminal.stderrText().replaceAll(/\s+/g, ' ')).toContain(
    'not in recipients.only_phones; nobody was called',
  );
  expect(await main([...call, '+2348031234512'], made)).toBe(0);
});

test.each(['2348031234512', '"08031234512"', '"+0803"'])(
  'takes only whole numbers with their country: %s',
  async (written) => {
    await using made = await world(sandboxed('garage'));
    await staging(made);
    await edit('campaign.yaml', '"+2348031234512"]}', `${written}]}`)(made);
    expect(await main(['validate', '.', '-e', 'staging'], made)).toBe(3);
    expect(made.terminal.stdoutText()).toContain('campaign.yaml:');
  },
);
