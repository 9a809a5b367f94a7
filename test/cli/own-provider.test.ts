import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { acme, allowed } from './acme.ts';
import { edit, write } from './sandboxed.ts';
import { transcript } from './transcript.ts';
import type { Step } from './transcript.ts';

async function seen(steps: readonly Step[]): Promise<string> {
  return transcript(steps, acme);
}

function snapshot(name: string): string {
  return join(import.meta.dirname, 'snapshots/own-provider', `${name}.md`);
}

describe('a campaign that names a module as its provider', () => {
  test('is refused by a command line that does not let the module in', async () => {
    const text = await seen([['validate'], ['plan'], ['validate', '--allow-provider', 'campaign.yaml']]);
    await expect(text).toMatchFileSnapshot(snapshot('refused'));
  });

  test('is planned, applied and run as any other, and calls nobody twice', async () => {
    const run = ['run', 'campaign.yaml', ...allowed, '--approve', '3'];
    const text = await seen([
      ['plan', ...allowed],
      ['apply', '--auto-approve', ...allowed],
      run,
      run,
      ['status', ...allowed],
    ]);
    await expect(text).toMatchFileSnapshot(snapshot('run'));
  });

  test('is checked by the schema of the module', async () => {
    const text = await seen([
      edit('campaign.yaml', '  title: Brake recall\n', '  titel: "Brake {{car}}"\n  title: 7\n'),
      edit('campaign.yaml', 'voice: ada', 'to: "+2348030000009"'),
      edit('campaign.yaml', '${env.ACME_TOKEN}', 'abc'),
      ['validate', ...allowed],
    ]);
    await expect(text).toMatchFileSnapshot(snapshot('schema'));
  });

  test('is rehearsed against the sandbox of the module, and not without one', async () => {
    const text = await seen([
      ['rehearse', 'campaign.yaml', ...allowed, '--at', '2026-11-24T09:00:00Z'],
      edit('acme.js', '  sandbox: acmeSandbox,\n', ''),
      // Node and Vitest load a path once.
      copied('acme.js', 'other.js'),
      edit('campaign.yaml', './acme.js', './other.js'),
      ['rehearse', 'campaign.yaml', '--allow-provider', 'other.js'],
    ]);
    await expect(text).toMatchFileSnapshot(snapshot('rehearsed'));
  });

  test('may reach the module by a link', async () => {
    const text = await seen([
      (world) => symlink('acme.js', join(world.cwd, 'linked.js')),
      edit('campaign.yaml', './acme.js', './linked.js'),
      ['validate', ...allowed],
    ]);
    expect(text).toContain('exit 0');
  });

  test('names a file that is there', async () => {
    const text = await seen([edit('campaign.yaml', './acme.js', './acmee.js'), ['validate', ...allowed]]);
    expect(text).toContain('6:9 error FILE_MISSING');
  });

  test('shares the module with others', async () => {
    const text = await seen([
      copied('campaign.yaml', 'second/campaign.yaml'),
      edit('second/campaign.yaml', './acme.js', '../acme.js'),
      edit('second/campaign.yaml', 'campaign: brake-recall', 'campaign: belt-recall'),
      ['validate', ...allowed],
    ]);
    expect(text).toContain('Valid: 2 campaigns.');
  });

  test('says its path, not the name of its provider', async () => {
    const text = await seen([edit('campaign.yaml', './acme.js', 'acme'), ['validate', ...allowed]]);
    expect(text).toContain('6:9 error VALUE_ENUM');
  });

  test('keeps a module out whose name another one has', async () => {
    const twin = ['--allow-provider', 'twin.js'];
    const text = await seen([
      copied('acme.js', 'twin.js'),
      edit('campaign.yaml', './acme.js', './twin.js'),
      ['validate', ...allowed, ...twin],
    ]);
    expect(text).toContain('its name is acme, as that of acme.js');
  });
});

test('a module that is not there is a mistake of the command line', async () => {
  const text = await seen([['validate', '--allow-provider', 'acmee.js']]);
  expect(text).toContain('--allow-provider: "acmee.js" is not there');
});

test('the schema of campaigns has the blocks of the module, for editors', async () => {
  const text = await seen([['schema', 'campaign', ...allowed]]);
  expect(text).toContain("Name in Acme's dashboard.");
});

test('the provider of a module is among the providers', async () => {
  const text = await seen([
    ['providers', 'acme', ...allowed],
    ['providers', 'acmee', ...allowed],
  ]);
  await expect(text).toMatchFileSnapshot(snapshot('providers'));
});

describe('what a module does wrong is said of the module', () => {
  const cases: readonly (readonly [name: string, text: string])[] = [
    ['throws', "throw new Error('no licence for +2348031234567');\n"],
    ['exports-nothing', 'export const provider = 1;\n'],
    ['lacks-members', "export default { name: 'acme', noun: 'script', facts: { title: 'Acme' } };\n"],
    ['imports-what-is-not-there', "import 'acme-sdk';\n"],
  ];

  test.each(cases)('%s', async (name, text) => {
    const said = await seen([write('acme.js', text), ['validate', ...allowed], ['schema', 'campaign', ...allowed]]);
    // Where the line breaks depends on how long the folder's path is.
    const joined = said.replaceAll(/\s+\/project\//g, ' /project/');
    await expect(joined).toMatchFileSnapshot(snapshot(`module-${name}`));
  });

  const codecs: readonly (readonly [name: string, from: string, to: string])[] = [
    [
      'open-throws',
      '/** @type {(url: string) => Account} */\nfunction open(url) {',
      'function open(url) {\n  url.none.none;',
    ],
    ['lacks-a-member-of-the-account', '      perRequest: [],\n', ''],
    [
      'place-throws',
      "if (call === undefined) throw new Error('nobody to call');",
      "throw new Error('broken for ' + call.phone);",
    ],
    ['answer-throws', "asText(asObject(body, 'a call')['id'], 'a call with an id')", 'body.none.none'],
    ['wrong-request', "return { method: 'POST', url: `${url}/calls`, body };", 'return undefined;'],
    ['secret-not-marked', "'x-secret': true, ", ''],
    ['wrong-schema', "type: 'object',\n  required: ['script']", "type: 'objekt',\n  required: ['script']"],
    ['name-of-a-built-in', "name: 'acme'", "name: 'intron'"],
  ];

  test.each(codecs)('%s', async (name, from, to) => {
    const file = from.includes('x-secret') || from.includes("required: ['script']") ? 'acme-schema.js' : 'acme.js';
    const said = await seen([
      edit(file, from, to),
      ['validate', ...allowed],
      ['run', 'campaign.yaml', ...allowed, '--apply', '--approve', '3', '--max-duration', '10s'],
    ]);
    await expect(said).toMatchFileSnapshot(snapshot(`codec-${name}`));
  });
});

function copied(from: string, to: string): Step {
  return async (world) => {
    const bytes = await world.files.read(join(world.cwd, from));
    await write(to, bytes)(world);
  };
}
