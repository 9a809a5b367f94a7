import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decode } from '../../src/campaign/decode.ts';
import { parse } from '../../src/campaign/parse.ts';
import { plain } from '../../src/campaign/sourced.ts';
import { campaign, clinic, edited, read, spot } from './clinic.ts';

function parsed(text: string): readonly string[] {
  return parse('campaign.yaml', text).diagnostics.map(spot);
}

describe('a file that says nothing is told so', () => {
  test.each([
    ['empty', ''],
    ['white space', '\n  \n'],
    ['comments', '# version: 1\n# campaign: x\n'],
    ['a document mark', '---\n'],
    ['an end mark', '...\n'],
    ['a byte order mark', '\uFEFF'],
  ])('%s', (_what, text) => {
    expect(parsed(text)).toEqual(['1:1 FILE_EMPTY']);
  });
});

describe('a file that is no map is told so', () => {
  test.each([
    ['a list', '# campaigns\n- version: 1\n', '2:1 YAML_ROOT'],
    ['a text', 'callplan\n', '1:1 YAML_ROOT'],
    ['a number', '5\n', '1:1 YAML_ROOT'],
  ])('%s', (_what, text, finding) => {
    expect(parsed(text)).toEqual([finding]);
  });
});

describe('horrors end as findings, soon', () => {
  const letters = 'abcdefghij'.split('');
  const bomb = letters.map((name, index) => {
    const items = Array<string>(9).fill(index === 0 ? 'lol' : `*${letters[index - 1] ?? ''}`);
    return `${name}: &${name} [${items.join(', ')}]`;
  });
  const chain = Array.from({ length: 200 }, (_, n) => `k${String(n)}: &k${String(n)} {<<: *k${String(n - 1)}}`);
  test.each([
    ['a billion laughs', bomb.join('\n'), '5:8 YAML_ALIAS_EXPANSION'],
    ['an alias inside of its own anchor', '&all\na: *all\n', '2:4 YAML_ALIAS_ITSELF'],
    ['brackets without end', `a: ${'['.repeat(20_000)}`, '1:67 YAML_TOO_DEEP'],
    ['lists without end', '- '.repeat(5000), '1:129 YAML_TOO_DEEP'],
    ['keys without end', '? '.repeat(5000), '1:129 YAML_TOO_DEEP'],
  ])('%s', (_what, text, finding) => {
    expect(parsed(text)).toEqual([finding]);
  });

  test('a chain of merges of merges', () => {
    const found = parsed(`k-1: &k-1 {a: 1}\n${chain.join('\n')}`);
    expect(found[0]).toMatch(/ YAML_TOO_DEEP$/);
  });

  test('a thousand mistakes are a thousand findings', () => {
    const keys = Array.from({ length: 1000 }, (_, n) => `key${String(n)}: 1`).join('\n');
    expect(read(`${clinic}${keys}\n`).diagnostics).toHaveLength(1000);
  });
});

describe('no text and no bytes make it throw', () => {
  const splinters = fc.constantFrom(
    ...(
      '{{ }} ${ } &a *a <<: - : " \' [ ] !x !!int ? # % null 010 1e400 .nan __proto__: constructor: ${file.x} ' +
      '{file:x} 😀 9007199254740993 +2348031234567'
    ).split(' '),
    '- ',
    '\t',
    '|\n',
    '>-\n',
    '\n  ',
    '---\n',
    '\0',
    '\r\n',
  );
  test('however a good file is broken', () => {
    const breaks = fc.array(fc.tuple(fc.nat(clinic.length), fc.nat(12), splinters), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(breaks, (changes) => {
        let text = `${clinic}environments: {staging: {execution: {concurrency: 1}}}\n`;
        for (const [at, length, splinter] of changes) text = text.slice(0, at) + splinter + text.slice(at + length);
        for (const environment of [undefined, 'staging']) {
          const built = read(text, environment === undefined ? {} : { environment });
          expect(built.campaign !== undefined || built.diagnostics.length > 0 || built.wanted.length > 0).toBe(true);
        }
      }),
      { numRuns: 150 },
    );
  });

  test('whatever stands in it', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => {
        parsed(text);
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const decoded = decode(bytes, 'f');
        if (decoded.kind === 'text') parsed(decoded.text);
      }),
    );
  });
});

describe('bytes become text', () => {
  test('without the byte order mark, so that columns count from the first letter', () => {
    const decoded = decode(Buffer.from(`\uFEFF${clinic}`), 'campaign.yaml');
    expect(decoded).toEqual({ kind: 'text', text: clinic });
  });

  test.each([
    [
      'UTF-16',
      Buffer.from('\uFEFFversion: 1', 'utf16le'),
      { code: 'FILE_ENCODING', args: { path: 'f', found: 'UTF-16' } },
    ],
    ['big-endian UTF-16', Uint8Array.of(0xfe, 0xff, 0, 0x76), { code: 'FILE_ENCODING', args: { found: 'UTF-16' } }],
    ['Windows-1252', Buffer.from('a: 1\nb: caf\u00E9', 'latin1'), { code: 'FILE_ENCODING', at: { line: 2, col: 7 } }],
    ['binary', Uint8Array.of(0x50, 0x4b, 0, 0xff), { code: 'FILE_BINARY' }],
    ['text with a zero', Buffer.from('a: 1\nb: \0'), { code: 'FILE_BINARY', at: { line: 2, col: 4 } }],
  ])('or a finding: %s', (_what, bytes, diagnostic) => {
    expect(decode(bytes, 'f')).toMatchObject({ kind: 'failed', diagnostic });
  });
});

describe('YAML is read as version 1.2', () => {
  test.each([
    ['country: NO', 'NO'],
    ['country: yes', 'yes'],
    ['country: 12:30', '12:30'],
    ['country: 2026-11-24', '2026-11-24'],
    ['country: "007"', '007'],
    ['country: ~', null],
    ['country: 1_000', '1_000'],
    ['country: .5', 0.5],
  ])('%s', (text, value) => {
    const { root } = parse('f', text);
    expect(root === undefined ? undefined : plain(root)).toEqual({ country: value });
  });

  test('with line ends of every kind', () => {
    expect(campaign(clinic.replaceAll('\n', '\r\n'))).toMatchObject({ wave: '2026-11-24' });
  });

  test('with comments, an explicit document and its end', () => {
    expect(campaign(`---\n# a clinic\n${clinic}...\n`).address.campaign).toBe('clinic-reminders');
  });

  test('with keys that objects have by themselves', () => {
    const { root } = parse('f', 'toString: 1\nconstructor: 2\n');
    expect(root === undefined ? undefined : plain(root)).toEqual(
      Object.fromEntries([
        ['toString', 1],
        ['constructor', 2],
      ]),
    );
  });
});

describe('merge keys', () => {
  test.each([
    ['bring in keys', 'a: &a {x: 1, y: 2}\nb: {<<: *a, z: 3}', { x: 1, y: 2, z: 3 }],
    ['yield to keys of the map, wherever they stand', 'a: &a {x: 1, y: 2}\nb: {y: 5, <<: *a}', { y: 5, x: 1 }],
    ['of a list prefer the first', 'a: &a {x: 1}\nc: &c {x: 2, y: 2}\nb: {<<: [*a, *c]}', { x: 1, y: 2 }],
    ['take a map in place', 'b: {<<: {x: 1}}', { x: 1 }],
    ['in quotes are keys', 'b: {"<<": 1}', { '<<': 1 }],
  ])('%s', (_what, text, value) => {
    const { root } = parse('f', text);
    expect(root === undefined ? undefined : plain(root)).toMatchObject({ b: value });
  });
});

describe('the corrected line of a trap', () => {
  test.each([
    ['phone: {{mobile}}', 'phone: "{{mobile}}"'],
    ['phone: {{mobile}} # theirs', 'phone: "{{mobile}}" # theirs'],
    ['phone: {{upper "a"}}', `phone: '{{upper "a"}}'`],
    ['phone: {{a}}, dear {{b}}', 'phone: "{{a}}, dear {{b}}"'],
    ['phone: {{a}}: it\'s "{{b}}"', String.raw`phone: "{{a}}: it's \"{{b}}\""`],
    ['rows: [{phone: {{a}}, name: x}]', 'rows: [{phone: "{{a}}", name: x}]'],
    ['rows: [{phone: {{a}} {{b}}, name: x}]', 'rows: [{phone: "{{a}} {{b}}", name: x}]'],
    ['rows: [{phone: +2348031234567}]', 'rows: [{phone: "+2348031234567"}]'],
    ['from: [{csv: ${env.LIST}, delimiter: ";"}]', 'from: [{csv: "${env.LIST}", delimiter: ";"}]'],
    ['from: [{csv: lists/${env.LIST:-all}.csv}]', 'from: [{csv: "lists/${env.LIST:-all}.csv"}]'],
    ['from: [${env.LIST}]', 'from: ["${env.LIST}"]'],
  ])('%s', (written, corrected) => {
    const [first] = parse('f', `a: 1\n${written}\n`).diagnostics;
    expect(first?.args).toMatchObject({ line: corrected });
    const { diagnostics } = parse('f', `a: 1\n${corrected}\n`);
    expect(diagnostics).toEqual([]);
  });
});

test('a line with a trap does not hide what is wrong elsewhere', () => {
  const text = edited(
    edited(clinic, 'message: Hello {{name}},', 'message: {{name}},'),
    'workflow_type: ROBOCALL',
    'workflow_type: ROBOCAL',
  );
  expect(read(text).diagnostics.map(spot)).toEqual(['9:18 VALUE_ENUM', '10:3 TRAP_TEMPLATE']);
});

test('a second colon in a text that has commas and templates is no trap of braces', () => {
  const text = edited(clinic, 'message: Hello {{name}},', 'message: Note: hello {{name}}, the school of {{child}},');
  expect(read(text).diagnostics.map(spot)).toEqual(['10:12 YAML_SYNTAX']);
});
