import { describe, expect, test } from 'vitest';
import { certain } from '../../src/campaign/certain.ts';
import { checkAcross } from '../../src/campaign/check-across.ts';
import { parse } from '../../src/campaign/parse.ts';
import { parseDuration, parseRate, parseShare, parseTimeOfDay, printDuration } from '../../src/campaign/quantity.ts';
import { printTree, readTemplates } from '../../src/campaign/read-templates.ts';
import { sortDiagnostics } from '../../src/campaign/sort-diagnostics.ts';
import type { SourcedMap } from '../../src/campaign/sourced.ts';
import { toFields, toResource } from '../../src/campaign/to-value.ts';
import { compileTemplate } from '../../src/campaign/template/compile.ts';
import { correctLine, quoteStretch } from '../../src/campaign/traps.ts';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import { campaign, clinic, edited } from './clinic.ts';

function mapOf(text: string): SourcedMap {
  return certain(parse('f', text).root, 'map');
}

test('what an earlier step made sure of is a bug where it is missing', () => {
  expect(certain(0, 'number')).toBe(0);
  expect(() => certain(undefined, 'provider')).toThrow('there is no provider');
  expect(() => certain(null, 'provider')).toThrow('there is no provider');
});

describe('quantities are read', () => {
  test.each([
    ['15s', 15_000],
    ['30m', 1_800_000],
    ['24h', 86_400_000],
    ['15', undefined],
    ['7d', 604_800_000],
    ['1w', undefined],
    ['', undefined],
  ])('%s as a duration', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  test.each([
    [1000, '1s'],
    [60_000, '1m'],
    [90_000, '90s'],
    [7_200_000, '2h'],
    [1500, '2s'],
    [86_400_000, '24h'],
    [2_592_000_000, '30d'],
  ])('%i ms are printed', (ms, text) => {
    expect(printDuration(ms)).toBe(text);
  });

  test('as rates, times of day and shares', () => {
    expect([parseRate('1/s'), parseRate('500/h'), parseRate('1')]).toEqual([
      { calls: 1, perMs: 1000 },
      { calls: 500, perMs: 3_600_000 },
      undefined,
    ]);
    expect([parseTimeOfDay('09:30'), parseTimeOfDay('24:00'), parseTimeOfDay('9:30')]).toEqual([570, 1440, undefined]);
    expect([parseShare(3), parseShare('2.5%'), parseShare('2'), parseShare(null)]).toEqual([
      { kind: 'rows', rows: 3 },
      { kind: 'percent', percent: 2.5 },
      undefined,
      undefined,
    ]);
  });
});

describe('a block of any provider becomes', () => {
  const block = mapOf('steps: [{say: Hi}, 2, {{x}}]\nlabel: "{{name}}"\nkey: k\n');

  test('data, with texts in their places and what is broken left empty', () => {
    const texts = new Map([['agent.steps[0].say', ['Hi ', { variable: 'name' }] as const]]);
    const templates = new Map([['agent.label', { source: 'from a file: {{name}}' }]]);
    expect(toResource(block, 'agent', { texts, templates })).toEqual({
      steps: [{ say: { $text: ['Hi ', { variable: 'name' }] } }, 2, null],
      label: 'from a file: {{name}}',
      key: 'k',
    });
  });

  test('data without some of its keys, with secrets as they were written', () => {
    const key = certain(block.entries.get('key'), 'key');
    const secret = {
      ...key,
      value: { kind: 'scalar', value: 'k', written: 'k', style: 'plain', place: block.place, secret: '${env.K}' },
    } as const;
    const sealed = { ...block, entries: new Map([...block.entries, ['key', secret]]) };
    expect(toFields(sealed, ['steps', 'label'])).toEqual({ key: { $secret: '${env.K}' } });
  });

  test('a tree of templates', () => {
    const compiled = compileTemplate('{{name}}', block.place, { constants: {}, locale: 'en' });
    if (compiled.kind === 'failed') throw new Error('a good template');
    const tree = readTemplates(block, 'call', new Map([['call.label', compiled.template]]));
    expect(printTree(tree)).toEqual({ steps: [{ say: 'Hi' }, 2, null], label: { template: '{{name}}' }, key: 'k' });
  });
});

describe('findings are sorted', () => {
  const place = (file: string, line: number, col: number): Diagnostic => ({
    code: 'YAML_TAB',
    args: { lines: 1 },
    at: { file, line, col },
  });

  test('by file, line, column and code, those without a place first, each once', () => {
    const nowhere: Diagnostic = { code: 'FOLDER_EMPTY', args: { path: 'x' } };
    const other: Diagnostic = { code: 'YAML_DOCUMENTS', args: {}, at: { file: 'a', line: 1, col: 2 } };
    const sorted = [nowhere, place('a', 1, 1), other, place('a', 1, 2), place('a', 2, 1), place('b', 1, 1)];
    expect(sortDiagnostics([...sorted.toReversed(), ...sorted])).toEqual(sorted);
    expect(sortDiagnostics(sorted.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? 1 : -1)))).toEqual(
      sorted,
    );
  });
});

test('objects of one id are told apart by provider where none is known', () => {
  const adopted = edited(clinic, '  name: Clinic', '  id: wf-1\n  name: Clinic');
  const both = ['a', 'b'].map((name) => campaign(edited(adopted, 'clinic-reminders', name)));
  expect(checkAcross(both, () => undefined)).toMatchObject([
    { code: 'RESOURCE_TWICE', args: { address: 'a/default' } },
  ]);
});

describe('a line is not corrected', () => {
  test.each([
    ['nothing is wrong with it', 'a: "{{b}}"'],
    ['nobody writes such a line by hand', `a: {{b}}${' {{c}}'.repeat(1000)}`],
  ])('where %s', (_why, line) => {
    expect(correctLine(line)).toBeUndefined();
  });

  test('but quoted where it is the last of a file', () => {
    expect(quoteStretch('a: 1\n  b: 007', 10, 13)).toBe('b: "007"');
  });
});
