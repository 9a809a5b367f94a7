import { globSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import { allCodes, explain, say } from '../../src/report/words.ts';
import { clinic, edited, read } from '../campaign/clinic.ts';

const root = join(import.meta.dirname, '../..');
const tests = globSync('test/**/*.{ts,md}', { cwd: root, exclude: (path) => path.endsWith('words.test.ts') })
  .map((path) => readFileSync(join(root, path), 'utf8'))
  .join('\n');

describe('each code', () => {
  test.each(allCodes().map((code) => [code]))('%s has its page in docs/problems', async (code) => {
    await expect(explain(code)).toMatchFileSnapshot(join(root, `docs/problems/${code}.md`));
  });

  test('has a test that names it', () => {
    expect(allCodes().filter((code) => !new RegExp(String.raw`\b${code}\b`).test(tests))).toEqual([]);
  });

  test('is written in capitals', () => {
    expect(allCodes().filter((code) => !/^[A-Z]+(?:_[A-Z]+)*$/.test(code))).toEqual([]);
  });

  test('and no other has a page', () => {
    const pages = readdirSync(join(root, 'docs/problems')).map((file) => basename(file, '.md'));
    expect(pages.toSorted()).toEqual(allCodes());
  });
});

test('what is no code has no page', () => {
  expect(explain('TOSTRING')).toBeUndefined();
  expect(explain('toString')).toBeUndefined();
});

test('where a manifest is not there the latest of those that are there are named', () => {
  const help = (...known: string[]): string => say({ code: 'MANIFEST_MISSING', args: { path: 'runs/x', known } }).help;
  expect(help()).toBe('name the manifest.json that run wrote below runs/, or the folder that it is in');
  expect(help('runs/a')).toBe('there is runs/a');
  expect(help('a', 'b', 'c', 'd', 'e', 'f')).toBe('there is f, e, d, c and 2 more');
});

describe('a finding says what is wrong and what to do', () => {
  const said = (part: string, by: string): readonly string[] =>
    read(edited(clinic, part, by)).diagnostics.flatMap((one) => [say(one).message, say(one).help]);

  test.each([
    [
      'name: Clinic reminder',
      'name: Clinic ${ENV.CITY}',
      [
        '"${ENV.CITY}" is not a substitution',
        'a variable of the environment is written ${env.CITY}; to write ${ itself, write $${',
      ],
    ],
    [
      'name: Clinic reminder',
      'name: Clinic ${vault.CITY}',
      [
        '"${vault.CITY}" is not a substitution',
        'there is ${env.NAME}, ${env.NAME:-default} and ${file.PATH}; to write ${ itself, write $${',
      ],
    ],
    [
      'name: Clinic reminder',
      'name: "Clinic reminder',
      ['the quote " is not closed', 'close the quote or bracket, or put a colon behind the key'],
    ],
    [
      'version: 1',
      'version: 1\nexecution: {concurency: 5}',
      ['"concurency" is not a key in execution', 'did you mean concurrency?'],
    ],
    [
      'version: 1',
      'version: 1\nguards: {lines: 5}',
      ['"lines" is not a key in guards', 'there is max_recipients and max_new_recipients'],
    ],
    [
      'version: 1',
      'version: 1\nexecution: {concurrency: "50"}',
      [
        'execution.concurrency has the wrong type: expected a whole number, found the text "50"',
        'write: concurrency: 50',
      ],
    ],
    [
      'version: 1',
      'version: 1\nexecution: {rate: 5}',
      [
        'execution.rate has the wrong type: expected calls per time such as 1/s, 30/m or 500/h, found the number 5',
        'put calls per time such as 1/s, 30/m or 500/h there',
      ],
    ],
    [
      'version: 1',
      'version: 1\nexecution: {windows: {}}',
      [
        'execution.windows has the wrong type: expected a list of windows, or always, found an empty map',
        'write it like this: windows: [{days: [mon, tue, wed, thu, fri], from: "09:00", to: "18:00"}]',
      ],
    ],
    [
      'version: 1',
      'version: 1\nexecution: {attempts: {max: 2, retry: {busy: [5m, 1w]}}}',
      [
        'execution.attempts.retry.busy[1] is "1w": expected a duration such as 15s, 30m, 2h or 7d',
        'write it like this: 7d',
      ],
    ],
    [
      'version: 1',
      'version: 1\nexecution: {expire_after: 2 days}',
      [
        'execution.expire_after is "2 days": expected a duration such as 15s, 30m, 2h or 7d',
        'write it like this: expire_after: 2d',
      ],
    ],
    [
      'version: 1',
      'version: 1\nexecution: {expire_after: soon}',
      [
        'execution.expire_after is "soon": expected a duration such as 15s, 30m, 2h or 7d',
        'write it like this: expire_after: 72h',
      ],
    ],
    [
      'version: 1',
      'version: 1\nexecution: {holidays: [25.12.2026, Christmas]}',
      [
        'execution.holidays[0] is "25.12.2026": expected a date such as 2026-12-25',
        'write it like this: "2026-12-25"',
        'execution.holidays[1] is "Christmas": expected a date such as 2026-12-25',
        'write it like this: "2026-12-25"',
      ],
    ],
    [
      '"{{mobile}}"',
      '2348031234567',
      [
        'recipients.phone has the wrong type: expected text, a template, or {file: PATH}, found the number 2348031234567',
        'write: phone: "2348031234567"',
      ],
    ],
    [
      'workflow_type: ROBOCALL',
      'workflow_type: ROBOCALL\n  include_reply: no',
      [
        'workflow.include_reply has the wrong type: expected true or false, found the text "no"',
        'write: include_reply: false',
      ],
    ],
    [
      'name: Clinic reminder',
      'name: true',
      ['workflow.name has the wrong type: expected text, found the value true', 'write: name: "true"'],
    ],
    [
      'name: Clinic reminder',
      'name: [a]',
      ['workflow.name has the wrong type: expected text, found a list of 1', 'put text there'],
    ],
    [
      'ROBOCALL',
      'robocall',
      ['workflow.workflow_type is "robocall", not one of ROBOCALL or CONVERSATION', 'did you mean ROBOCALL?'],
    ],
    [
      'ROBOCALL',
      'CHAT',
      ['workflow.workflow_type is "CHAT", not one of ROBOCALL or CONVERSATION', 'put ROBOCALL or CONVERSATION there'],
    ],
    [
      'ROBOCALL',
      '[ROBOCALL]',
      [
        'workflow.workflow_type has the wrong type: expected one of ROBOCALL, CONVERSATION, found a list of 1',
        'put one of ROBOCALL, CONVERSATION there',
      ],
    ],
    [
      'type: intron',
      'type: callbot',
      [
        'provider.type is "callbot", not one of intron, happyrobot, voiceos or vocode',
        'put intron, happyrobot, voiceos or vocode there',
      ],
    ],
    [
      'phone: "{{mobile}}"',
      'phone: {{mobile}}',
      ['a text that begins with {{ needs quotes: YAML takes the braces for a map', 'write: phone: "{{mobile}}"'],
    ],
    [
      '{csv: recipients.csv}',
      'rows: [{mobile: +2348031234567}]',
      [
        'without quotes YAML reads +2348031234567 as the number 2348031234567',
        'write: from: [rows: [{mobile: "+2348031234567"}]]',
      ],
    ],
    [
      '"2026-11-24"',
      '2026-11-24',
      ['without quotes the wave 2026-11-24 is a number or a date to YAML readers', 'write: wave: "2026-11-24"'],
    ],
  ])('%s -> %s', (part, by, words) => {
    expect(said(part, by)).toEqual(words);
  });

  test('in lower case and without a full stop, whatever it is about', () => {
    const diagnostics: readonly Diagnostic[] = [
      { code: 'FILE_MISSING', args: { path: 'a.yaml' } },
      { code: 'FILE_UNREADABLE', args: { path: 'a.yaml', problem: 'it is not a file' } },
      { code: 'FILE_TOO_LARGE', args: { path: 'a.yaml', size: 2, limit: 1 } },
      { code: 'FILE_BINARY', args: { path: 'a.yaml' } },
      { code: 'FILE_ENCODING', args: { path: 'a.yaml', found: 'UTF-16' } },
      { code: 'FILE_EMPTY', args: { path: 'a.yaml' } },
      { code: 'FOLDER_EMPTY', args: { path: 'campaigns' } },
      {
        code: 'YAML_SYNTAX',
        args: { problem: 'BAD_INDENT', detail: 'All collection items must start at the same column' },
      },
      { code: 'YAML_SYNTAX', args: { problem: 'IMPOSSIBLE', detail: 'Impossible' } },
      { code: 'YAML_TAB', args: { lines: 1 } },
      { code: 'YAML_TAB', args: { lines: 12 } },
      { code: 'YAML_DOCUMENTS', args: {} },
      { code: 'YAML_ROOT', args: { found: 'list' } },
      { code: 'YAML_ROOT', args: { found: 'scalar' } },
      { code: 'YAML_KEY', args: { found: 'none' } },
      { code: 'YAML_KEY', args: { found: 'list' } },
      { code: 'YAML_KEY', args: { found: 'alias' } },
      { code: 'YAML_ALIAS_KEY', args: { alias: 'a', key: 'execution' } },
      { code: 'YAML_KEY_TWICE', args: { key: 'wave' } },
      { code: 'YAML_ALIAS_UNKNOWN', args: { alias: 'a' } },
      { code: 'YAML_ALIAS_UNKNOWN', args: { alias: 'a', meant: 'b' } },
      { code: 'YAML_ALIAS_ITSELF', args: { alias: 'a' } },
      { code: 'YAML_ALIAS_EXPANSION', args: { limit: 10 } },
      { code: 'YAML_TOO_DEEP', args: { limit: 10 } },
      { code: 'YAML_TAG', args: { tag: '!x' } },
      { code: 'YAML_VERSION', args: { version: '1.1' } },
      { code: 'YAML_MERGE', args: { found: 'scalar' } },
      { code: 'TRAP_SUBSTITUTION', args: { line: 'a: "${env.A}"' } },
      { code: 'TRAP_NUMBER', args: { written: '007', read: '7', line: 'a: "007"' } },
      { code: 'KEY_UNKNOWN', args: { key: 'a', path: '', known: [] } },
      { code: 'KEY_UNKNOWN', args: { key: 'a b', path: '', known: [], isRest: true } },
      { code: 'KEY_REFUSED', args: { key: 'a', path: 'call', why: 'callplan fills it' } },
      { code: 'KEY_MISSING', args: { key: 'a', path: '' } },
      { code: 'KEY_NAME', args: { key: 'a', path: 'variables', expected: 'a name' } },
      { code: 'VALUE_FORM', args: { path: 'a', found: '"b"', expected: 'a duration' } },
      { code: 'VALUE_FORM', args: { path: 'a', found: '"b"', expected: 'a duration', line: 'a: 30m' } },
      { code: 'VALUE_RANGE', args: { path: 'a', found: '0', expected: 'at least 1' } },
      { code: 'VALUE_TWICE', args: { path: 'a', found: 'mon' } },
      { code: 'SECRET_WRITTEN', args: { path: 'provider.api_key' } },
      { code: 'SUBSTITUTION_SYNTAX', args: { text: '${env.A B}' } },
      { code: 'SUBSTITUTION_SYNTAX', args: { text: '${INTRON_API_KEY}' } },
      { code: 'SUBSTITUTION_SYNTAX', args: { text: '${ENV.INTRON_API_KEY}' } },
      { code: 'SUBSTITUTION_UNSET', args: { name: 'A' } },
      { code: 'SUBSTITUTION_UNSET', args: { name: 'A', meant: 'B' } },
      { code: 'TEMPLATE_NOT_HERE', args: { path: 'a' } },
      { code: 'TEMPLATE_PLACEHOLDER', args: { path: 'a', provider: 'intron', text: '[x]' } },
      { code: 'NAME_UNKNOWN', args: { name: 'a', known: ['b'] } },
      { code: 'NAME_TWICE', args: { name: 'a', first: 'column', second: 'constant' } },
      { code: 'NAME_RESERVED', args: { name: 'a', by: 'intron' } },
      { code: 'SOURCE_KIND', args: { path: 'a', found: 'none' } },
      { code: 'SOURCE_KIND', args: { path: 'a', found: 'both' } },
      { code: 'FILTER_EMPTY', args: { column: 'visit', after: '2026-12-05', before: '2026-12-01' } },
      { code: 'SOURCE_OPTION', args: { path: 'a', key: 'delimiter', kind: 'rows' } },
      { code: 'SOURCE_EMPTY', args: { path: 'a', lacks: 'everything' } },
      { code: 'SOURCE_EMPTY', args: { path: 'a', lacks: 'rows' } },
      { code: 'SOURCE_ITEMS', args: { path: 'a', items: '', found: 'a map' } },
      { code: 'SOURCE_ITEMS', args: { path: 'a', items: 'data.items', found: 'a text' } },
      { code: 'SOURCE_SHEET', args: { path: 'a', sheets: ['One', 'Two'] } },
      { code: 'SOURCE_SHEET', args: { path: 'a', sheets: [] } },
      { code: 'SOURCE_SHEET', args: { path: 'a', sheet: 'Tow', sheets: ['One', 'Two'] } },
      { code: 'SOURCE_SHEET', args: { path: 'a', sheet: 'Tow', sheets: ['One', 'Two'], meant: 'Two' } },
      { code: 'SOURCE_NOT_READ', args: { path: 'a', why: 'remote' } },
      { code: 'SOURCE_NOT_READ', args: { path: 'a', why: 'secret' } },
      { code: 'SOURCE_COLUMN_UNKNOWN', args: { path: 'a', name: 'b', use: 'only', known: ['c'] } },
      { code: 'SOURCE_COLUMN_UNKNOWN', args: { path: 'a', name: 'b', use: 'map', known: ['c'], meant: 'c' } },
      { code: 'SOURCE_DELIMITER', args: { path: 'a', candidates: [',', ';', '\t', '|'] } },
      { code: 'SOURCE_DATABASE', args: { path: 'a', problem: 'it is not there' } },
      { code: 'SOURCE_CHECKSUM', args: { path: 'a', expected: 'b', found: 'c' } },
      { code: 'TIMEZONE_UNKNOWN', args: { zone: 'a' } },
      { code: 'TIMEZONE_UNKNOWN', args: { zone: 'a', meant: 'b' } },
      { code: 'COUNTRY_UNKNOWN', args: { country: 'a' } },
      { code: 'COUNTRY_UNKNOWN', args: { country: 'ng', meant: 'NG' } },
      { code: 'WINDOW_EMPTY', args: { at: '09:00' } },
      { code: 'END_BEFORE_START', args: { start: '2026-11-24T09:00+01:00', end: '2026-11-24T08:00Z' } },
      { code: 'CONSENT_MISSING', args: { policy: 'us-federal@1' } },
      { code: 'POLICY_HOURS', args: { policy: 'us-federal@1' } },
      { code: 'RETRY_WITHOUT_MAX', args: {} },
      { code: 'RETRY_WITHOUT_MAX', args: { max: 1 } },
      { code: 'MAX_WITHOUT_RETRY', args: { max: 2 } },
      { code: 'FOLLOW_UP_SHORT', args: { every: '15s', for: '5s' } },
      { code: 'SETTLE_SHORT', args: { settle: '1m', least: '5m', provider: 'intron' } },
      { code: 'URL_INVALID', args: { path: 'a', problem: 'it is not a URL' } },
      { code: 'URL_INSECURE', args: { path: 'a', host: 'b' } },
      { code: 'ADDRESS_TWICE', args: { address: 'a/b', file: 'c' } },
      { code: 'RESOURCE_TWICE', args: { noun: 'workflow', id: '1', address: 'a/b' } },
    ];
    for (const diagnostic of diagnostics) {
      const { message, help } = say(diagnostic);
      // Names of fields and addresses begin as they are written.
      expect(message, diagnostic.code).toMatch(/^[^A-Z].*[^.]$/);
      expect(help, diagnostic.code).toMatch(/^[^A-Z].*[^.]$/);
      expect(message + help, diagnostic.code).not.toMatch(/undefined|\[object|NaN/);
    }
  });
});
