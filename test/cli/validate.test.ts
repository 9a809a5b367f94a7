import { join } from 'node:path';
import { expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { FileProblem } from '../../src/ports.ts';
import { world } from '../support/world.ts';
import { edit, sandboxed, write } from './sandboxed.ts';
import { transcript } from './transcript.ts';

test('says how many rows can be called, and which cannot and why', async () => {
  const text = await transcript(
    [['validate'], ['validate', '.', '--format', 'json']],
    sandboxed('clinic', { env: {} }),
  );
  await expect(text).toMatchFileSnapshot('snapshots/validate.md');
});

test('shows all findings of all files at once, with their lines', async () => {
  const text = await transcript(
    [
      edit('clinic/campaign.yaml', 'include_reply', 'include_replies'),
      edit('clinic/campaign.yaml', '{{clinic}}', '{{clinik}}'),
      edit('garage/campaign.yaml', 'windows: always', 'window: always'),
      ['validate'],
      ['validate', '--format', 'json'],
    ],
    sandboxed('.'),
  );
  await expect(text).toMatchFileSnapshot('snapshots/validate-findings.md');
});

test('words files that cannot be read', async () => {
  const text = await transcript(
    [
      ['validate', 'nowhere.yaml'],
      write('empty.campaign.yaml', ''),
      ['validate', 'empty.campaign.yaml'],
      write('broken.campaign.yaml', 'version: 1\n  campaign: x\n'),
      ['validate', 'broken.campaign.yaml'],
      write('binary.campaign.yaml', Uint8Array.of(0, 1, 2, 255, 254)),
      ['validate', 'binary.campaign.yaml'],
      write('list.campaign.yaml', '- a\n- b\n'),
      ['validate', 'list.campaign.yaml'],
    ],
    sandboxed('clinic'),
  );
  await expect(text).toMatchFileSnapshot('snapshots/validate-unreadable.md');
});

test('words lists that cannot be read, and lists with too many invalid rows', async () => {
  const text = await transcript(
    [
      edit('campaign.yaml', 'max_invalid: 3', 'max_invalid: 1'),
      ['validate', 'campaign.yaml'],
      write('recipients.csv', 'appointment_id,first_name,last_name,mobile\n'),
      ['validate', 'campaign.yaml'],
      write('recipients.csv', 'id,name\n1,Ada\n'),
      ['validate', 'campaign.yaml'],
      ['validate', 'campaign.yaml', '--recipients', 'other.csv'],
      write('do-not-call.csv', 'phone\nnonsense\n'),
      ['validate', 'campaign.yaml'],
    ],
    sandboxed('clinic'),
  );
  await expect(text).toMatchFileSnapshot('snapshots/validate-lists.md');
});

test('words a file that may not be read', async () => {
  await using made = await world(sandboxed('clinic'));
  const files = {
    ...made.files,
    read: (path: string) => Promise.reject(new FileProblem('unreadable', path, new Error('EACCES'))),
  };
  expect(await main(['validate', 'campaign.yaml'], { ...made, files })).toBe(3);
  expect(made.terminal.stdoutText()).toContain('error FILE_UNREADABLE');
});

test('writes the rows that cannot be called where it is asked to, for the owner only', async () => {
  const text = await transcript(
    [
      ['validate', 'campaign.yaml', '--rejects', 'out/rejects.csv'],
      async (made) => {
        const rejects = new TextDecoder().decode(await made.files.read(join(made.cwd, 'out/rejects.csv')));
        expect(rejects.split('\r\n').slice(0, 3)).toEqual([
          'appointment_id,first_name,last_name,mobile,appointment,rejected_source,rejected_line,rejected_reason,rejected_detail',
          'A-1003,Chidi,Eze,2.34803E+12,2026-11-25T10:30,recipients.csv,4,ROW_PHONE_SCIENTIFIC,mobile',
          expect.stringMatching(/^A-1005,.*,ROW_VALUE_MISSING,/),
        ]);
      },
    ],
    sandboxed('clinic'),
  );
  expect(text).toContain('exit 0');
});

test('checks every environment of a file when none is named, and asks for one that exists', async () => {
  const text = await transcript(
    [
      ['validate', 'campaign.yaml'],
      ['validate', 'campaign.yaml', '-e', 'prod'],
      ['validate', 'campaign.yaml', '-e', 'prd'],
      edit('campaign.yaml', 'wave: "2026-12-prod"', 'wafe: "2026-12-prod"'),
      ['validate', 'campaign.yaml'],
    ],
    sandboxed('garage'),
  );
  await expect(text).toMatchFileSnapshot('snapshots/validate-environments.md');
});

test('says of a misnamed --wave what it takes, not where the file names another', async () => {
  const text = await transcript([['validate', '.', '--wave', 'next week']], sandboxed('clinic'));
  expect(text).toContain('exit 64\n');
  expect(text).toContain('this is "next week"');
  expect(text).not.toContain('campaign.yaml:');
});
