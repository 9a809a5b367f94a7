import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadCampaigns } from '../../src/input/load-campaign.ts';
import type { Loaded } from '../../src/input/load-campaign.ts';
import type { LoadRequest } from '../../src/input/load-request.ts';
import { sizeLimit } from '../../src/input/read-text.ts';
import { printAddress } from '../../src/model/campaign.ts';
import { FileProblem } from '../../src/ports.ts';
import type { Files } from '../../src/ports.ts';
import { findProvider } from '../../src/providers/registry.ts';
import { systemFiles } from '../../src/system/files.ts';
import { clinic, edited } from '../campaign/clinic.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const env = { INTRON_API_KEY: 'key-of-the-clinic' };

type Setting = Partial<LoadRequest> & { readonly env?: Readonly<Record<string, string>>; readonly files?: Files };

/** Loads from a folder of its own that holds these files. */
async function load(content: Readonly<Record<string, string | Uint8Array>>, setting: Setting = {}): Promise<Loaded> {
  await using folder = await temporaryFolder();
  for (const [name, text] of Object.entries(content)) {
    const path = join(folder.path, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
  const { env: given = env, files = systemFiles, ...request } = setting;
  return await loadCampaigns(
    { paths: ['.'], secrets: 'optional', base: 'allowed', ...request },
    { files, env: given, cwd: folder.path },
    findProvider,
  );
}

function named(name: string): string {
  return edited(clinic, 'clinic-reminders', name);
}

function told({ diagnostics }: Loaded): readonly string[] {
  return diagnostics.map(({ code, at }) => `${at === undefined ? '' : `${at.file}:${String(at.line)} `}${code}`);
}

describe('a folder means the campaigns below it', () => {
  test('called campaign.yaml or *.campaign.yaml, in the order of their paths', async () => {
    const loaded = await load({
      'garage/recall.campaign.yaml': named('recall'),
      'clinic/campaign.yaml': named('clinic'),
      'clinic/deep/er/survey.campaign.yaml': named('survey'),
      'clinic/values.yaml': 'no: campaign',
      'node_modules/x/campaign.yaml': named('x'),
      '.hidden/campaign.yaml': named('hidden'),
      'clinic/.draft.campaign.yaml': named('draft'),
    });
    expect(told(loaded)).toEqual([]);
    expect(loaded.campaigns.map(({ address }) => printAddress(address))).toEqual([
      'clinic/default',
      'survey/default',
      'recall/default',
    ]);
    expect(loaded.campaigns[0]).toMatchObject({ file: 'clinic/campaign.yaml' });
  });

  test('each once, however often it is named', async () => {
    const loaded = await load({ 'a/campaign.yaml': clinic }, { paths: ['.', 'a', 'a/campaign.yaml', './a/../a'] });
    expect(loaded.campaigns).toHaveLength(1);
    expect(told(loaded)).toEqual([]);
  });

  test('also where links lead in a circle', async () => {
    await using folder = await temporaryFolder();
    await writeFile(join(folder.path, 'campaign.yaml'), clinic);
    await symlink('.', join(folder.path, 'again'));
    const world = { files: systemFiles, env, cwd: folder.path };
    const loaded = await loadCampaigns({ paths: ['.'], secrets: 'optional', base: 'allowed' }, world, findProvider);
    expect(loaded.campaigns.length).toBeGreaterThan(0);
  });

  test('and having none is a finding', async () => {
    const loaded = await load({ 'clinic/values.yaml': 'a: 1' }, { paths: ['clinic'] });
    expect(loaded.diagnostics).toEqual([{ code: 'FOLDER_EMPTY', args: { path: 'clinic' } }]);
  });
});

describe('what cannot be read is a finding', () => {
  test('a path that leads nowhere', async () => {
    const loaded = await load({ 'campaign.yaml': clinic }, { paths: ['campaign.yaml', 'nowhere.yaml'] });
    expect(loaded.diagnostics).toEqual([{ code: 'FILE_MISSING', args: { path: 'nowhere.yaml' } }]);
    expect(loaded.campaigns).toHaveLength(1);
  });

  test('a file that is too large', async () => {
    const loaded = await load({ 'campaign.yaml': `${clinic}#${' '.repeat(sizeLimit)}` });
    expect(loaded.diagnostics).toMatchObject([{ code: 'FILE_TOO_LARGE', args: { limit: sizeLimit } }]);
  });

  test('a file that is not text, or not UTF-8', async () => {
    const loaded = await load({
      'a.campaign.yaml': Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0xff),
      'b.campaign.yaml': Buffer.from('version: 1\ndescription: caf\u00E9\n', 'latin1'),
      'c.campaign.yaml': Buffer.from(`\uFEFF${clinic}`, 'utf16le'),
    });
    expect(told(loaded)).toEqual([
      'a.campaign.yaml:1 FILE_BINARY',
      'b.campaign.yaml:2 FILE_ENCODING',
      'c.campaign.yaml:1 FILE_ENCODING',
    ]);
  });

  test('a file that may not be read', async () => {
    const denied: Files = { ...systemFiles, read: (path) => Promise.reject(new FileProblem('unreadable', path)) };
    const loaded = await load({ 'campaign.yaml': clinic }, { files: denied });
    expect(loaded.diagnostics).toMatchObject([{ code: 'FILE_UNREADABLE', args: { path: 'campaign.yaml' } }]);
  });

  test('a folder that may not be listed', async () => {
    const denied: Files = { ...systemFiles, list: (path) => Promise.reject(new FileProblem('unreadable', path)) };
    expect(told(await load({ 'campaign.yaml': clinic }, { files: denied }))).toEqual(['FILE_UNREADABLE']);
  });

  test('a file that goes away while it is read', async () => {
    const gone: Files = { ...systemFiles, read: (path) => Promise.reject(new FileProblem('missing', path)) };
    expect(told(await load({ 'campaign.yaml': clinic }, { files: gone }))).toEqual(['FILE_MISSING']);
  });

  test('but a bug is thrown', async () => {
    const broken: Files = { ...systemFiles, read: () => Promise.reject(new RangeError('a bug')) };
    await expect(load({ 'campaign.yaml': clinic }, { files: broken })).rejects.toThrow('a bug');
    const worse: Files = { ...systemFiles, info: () => Promise.reject(new RangeError('another')) };
    await expect(load({ 'campaign.yaml': clinic }, { files: worse })).rejects.toThrow('another');
  });
});

describe('files that a campaign names', () => {
  const text = edited(clinic, 'Hello {{name}}, see you at {{time}}.', '{file: messages/reminder.hbs}');

  test('are read from the folder of the campaign', async () => {
    const loaded = await load({
      'clinic/campaign.yaml': edited(text, 'Clinic reminder', '${file.../shared/name.txt}'),
      'clinic/messages/reminder.hbs': 'Hello {{name}}.\n',
      'shared/name.txt': 'Garki\n',
    });
    expect(told(loaded)).toEqual([]);
    expect(loaded.campaigns[0]?.resource.fields).toMatchObject({
      name: 'Garki',
      message: { $text: ['Hello ', { variable: 'name' }, '.'] },
    });
  });

  test('that are not there are findings where they are named', async () => {
    const loaded = await load({ 'clinic/campaign.yaml': text });
    expect(loaded.diagnostics).toMatchObject([
      {
        code: 'FILE_MISSING',
        args: { path: 'clinic/messages/reminder.hbs' },
        at: { file: 'clinic/campaign.yaml', line: 10, col: 19 },
      },
    ]);
  });

  test('that are a folder are findings, too', async () => {
    const loaded = await load({ 'campaign.yaml': text, 'messages/reminder.hbs/x': '' });
    expect(loaded.diagnostics).toMatchObject([{ code: 'FILE_UNREADABLE', at: { line: 10 } }]);
  });

  test('that are not UTF-8 are findings in themselves, which name the campaign', async () => {
    const loaded = await load({
      'campaign.yaml': text,
      'messages/reminder.hbs': Buffer.from('Hi\ncaf\u00E9', 'latin1'),
    });
    expect(loaded.diagnostics).toMatchObject([
      {
        code: 'FILE_ENCODING',
        at: { file: 'messages/reminder.hbs', line: 2, col: 4 },
        related: [{ file: 'campaign.yaml', line: 10 }],
      },
    ]);
  });

  test('give their text for the frame of what is found in them', async () => {
    const loaded = await load({ 'campaign.yaml': text, 'messages/reminder.hbs': 'Hello {{nobody name}}' });
    expect(told(loaded)).toEqual(['messages/reminder.hbs:1 TEMPLATE_HELPER_UNKNOWN']);
    expect([...loaded.texts]).toEqual([['messages/reminder.hbs', 'Hello {{nobody name}}']]);
  });

  test('that hold secrets never give their text', async () => {
    const loaded = await load({
      'campaign.yaml': edited(edited(clinic, '${env.INTRON_API_KEY}', '${file.key}'), 'ROBOCALL', 'ROBOCAL'),
      key: 'sk-12345\n',
    });
    expect([...loaded.texts.keys()]).toEqual(['campaign.yaml']);
  });
});

describe('two files', () => {
  test('with one address are a finding in the second', async () => {
    const loaded = await load({ 'a.campaign.yaml': clinic, 'b.campaign.yaml': clinic });
    expect(loaded.diagnostics).toEqual([
      {
        code: 'ADDRESS_TWICE',
        args: { address: 'clinic-reminders/default', file: 'a.campaign.yaml' },
        at: { file: 'b.campaign.yaml', line: 1, col: 1 },
      },
    ]);
  });

  const adopted = (name: string): string => edited(named(name), '  name: Clinic', '  id: wf-1\n  name: Clinic');

  test('that manage one object are a finding in the second, which names the first', async () => {
    const loaded = await load({ 'a.campaign.yaml': adopted('a'), 'b.campaign.yaml': adopted('b') });
    expect(loaded.diagnostics).toMatchObject([
      {
        code: 'RESOURCE_TWICE',
        args: { noun: 'workflow', id: 'wf-1', address: 'a/default' },
        at: { file: 'b.campaign.yaml', line: 7 },
        related: [{ file: 'a.campaign.yaml', line: 7 }],
      },
    ]);
  });

  test('may use one object that one of them manages', async () => {
    const used = named('b').replace(/workflow:\n(?: {2}.*\n)+/, 'workflow: {id: wf-1}\n');
    expect(told(await load({ 'a.campaign.yaml': adopted('a'), 'b.campaign.yaml': used }))).toEqual([]);
  });

  test('may manage objects of one id in two accounts', async () => {
    const elsewhere = edited(adopted('b'), '  type: intron', '  type: intron\n  base_url: https://voice.example.org');
    expect(told(await load({ 'a.campaign.yaml': adopted('a'), 'b.campaign.yaml': elsewhere }))).toEqual([]);
  });
});

describe('environments', () => {
  const two = `${clinic}environments:\n  staging: {wave: trial}\n  prod: {execution: {concurrency: 0}}\n`;

  test('have to be named where the base is refused', async () => {
    const loaded = await load({ 'campaign.yaml': two }, { base: 'refused' });
    expect(loaded).toMatchObject({
      usage: 'campaign.yaml has environments: say one of -e staging, -e prod',
      campaigns: [],
    });
  });

  test('that a file lacks are a matter of usage', async () => {
    const loaded = await load({ 'campaign.yaml': two, 'b.campaign.yaml': named('b') }, { environment: 'test' });
    expect(loaded.usage?.split('\n')).toEqual([
      'b.campaign.yaml has no environments: leave out -e test',
      'campaign.yaml has no environment test: say one of -e staging, -e prod',
    ]);
  });

  test('are called default in a file without any', async () => {
    const loaded = await load({ 'campaign.yaml': clinic }, { environment: 'default', base: 'refused' });
    expect(loaded.campaigns.map(({ address }) => printAddress(address))).toEqual(['clinic-reminders/default']);
  });

  test('that are named are checked alone', async () => {
    const loaded = await load({ 'campaign.yaml': two }, { environment: 'staging', base: 'refused' });
    expect(told(loaded)).toEqual([]);
    expect(loaded.campaigns[0]).toMatchObject({ wave: 'trial', address: { environment: 'staging' } });
  });

  test('are all checked where none is named, but for variables that only they need', async () => {
    const text = edited(two, '{wave: trial}', '{description: "${env.STAGE}"}');
    expect(told(await load({ 'campaign.yaml': text }))).toEqual(['campaign.yaml:17 VALUE_RANGE']);
  });

  test('that cannot be read do not ask for usage', async () => {
    const loaded = await load({ 'campaign.yaml': `${two}: :` }, { base: 'refused' });
    expect(loaded.usage).toBeUndefined();
    expect(told(loaded)).toHaveLength(1);
  });
});

describe('missing secrets', () => {
  const files = { 'a.campaign.yaml': clinic, 'b.campaign.yaml': edited(named('b'), 'INTRON_API_KEY', 'OTHER_KEY') };

  test('are named once and sorted', async () => {
    const loaded = await load({ ...files, 'c.campaign.yaml': named('c') }, { env: {} });
    expect(loaded).toMatchObject({ diagnostics: [], missingSecrets: ['INTRON_API_KEY', 'OTHER_KEY'] });
    expect(loaded.campaigns).toHaveLength(3);
  });

  test('keep their campaigns back where they are needed', async () => {
    const loaded = await load(files, { secrets: 'needed' });
    expect(loaded.campaigns.map(({ file }) => file)).toEqual(['a.campaign.yaml']);
    expect(loaded.missingSecrets).toEqual(['OTHER_KEY']);
  });
});

test('recipients of the command line start from the working directory', async () => {
  const loaded = await load({ 'clinic/campaign.yaml': clinic }, { recipientsFile: 'today.csv', wave: 'w2' });
  expect(loaded.campaigns[0]).toMatchObject({
    wave: 'w2',
    recipients: { sources: [{ kind: 'csv', file: 'today.csv' }] },
  });
});
