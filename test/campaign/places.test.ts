import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import * as fc from 'fast-check';
import { parse } from '../../src/campaign/parse.ts';
import { textAt } from '../../src/campaign/sourced.ts';
import { at } from '../../src/campaign/sourced.ts';
import { textPlaces } from '../../src/campaign/text-places.ts';
import { clinic, edited, read } from './clinic.ts';

describe('a value behind an alias', () => {
  test('stands where the alias is used, and names the anchor', () => {
    const text = edited(edited(clinic, 'name: Clinic reminder', 'name: &zone Africa/Lagso'), 'Africa/Lagos', '*zone');
    expect(read(text).diagnostics).toMatchObject([
      {
        code: 'TIMEZONE_UNKNOWN',
        args: { zone: 'Africa/Lagso', meant: 'Africa/Lagos' },
        at: { line: 14, col: 13, endCol: 18 },
      },
    ]);
  });

  test('of a wrong type names the anchor, too', () => {
    const text = `${clinic}execution:\n  concurrency: &fast "50"\n  batch_size: *fast\n`;
    expect(read(text).diagnostics).toMatchObject([
      { code: 'VALUE_TYPE', at: { line: 16, col: 22 } },
      { code: 'VALUE_TYPE', at: { line: 17, col: 15 }, related: [{ line: 16, col: 22 }] },
    ]);
  });

  test('has its parts where they are written: one mistake is one finding', () => {
    const text = `${clinic}execution:\n  attempts:\n    max: 3\n    retry: {no_answer: &waits [30m, 2 hours], busy: *waits}\n`;
    expect(read(text).diagnostics).toMatchObject([
      { code: 'VALUE_FORM', args: { path: 'execution.attempts.retry.no_answer[1]' }, at: { line: 18, col: 37 } },
    ]);
  });

  test('has parts that name the alias where only its use is wrong', () => {
    const text = `${clinic}variables: {a: &list x}\nexecution: {windows: [{days: &days [mon], from: "09:00", to: "18:00"}], attempts: {max: 2, retry: {busy: *days}}}\n`;
    const [only] = read(text).diagnostics;
    expect(only).toMatchObject({ code: 'VALUE_FORM', args: { found: '"mon"' }, at: { line: 16, col: 37 } });
    expect(only?.related).toMatchObject([{ line: 16, col: 106 }]);
  });
});

test('a key that a merge brings in stands where it is written, and names the merge', () => {
  const text = `${clinic}environments:
  staging: &quiet
    execution: &slow {concurency: 1}
  demo:
    execution:
      <<: *slow
      max_call: 1m
`;
  expect(read(text, { environment: 'demo' }).diagnostics).toMatchObject([
    {
      code: 'KEY_UNKNOWN',
      args: { key: 'concurency', path: 'execution', meant: 'concurrency' },
      at: { line: 17, col: 23 },
    },
  ]);
});

test('a merged value of the wrong type names the merge and the anchor', () => {
  const text = `${clinic}variables: {a: 1}
environments:
  staging:
    execution: &slow {concurrency: slow}
  demo:
    execution: {<<: *slow}
`;
  const [only] = read(text, { environment: 'demo' }).diagnostics;
  expect(only).toMatchObject({ code: 'VALUE_TYPE', at: { line: 18, col: 36 } });
  expect(only?.related).toMatchObject([
    { line: 20, col: 21 },
    { line: 20, col: 21 },
  ]);
});

test('what an environment says stands in the environment, what the file says stands in the file', () => {
  const text = `${clinic}execution: {batch_size: 0}\nenvironments:\n  staging:\n    execution: {concurrency: 0}\n`;
  expect(read(text, { environment: 'staging' }).diagnostics).toMatchObject([
    { code: 'VALUE_RANGE', args: { path: 'execution.batch_size' }, at: { line: 15, col: 25 } },
    { code: 'VALUE_RANGE', args: { path: 'execution.concurrency' }, at: { line: 18, col: 30 } },
  ]);
});

describe('a finding in a template stands at its expression', () => {
  const folded = 'message: >-\n    Hello {{name}},\n    see you\n    at {{formatDat time}}.\n';
  test.each([
    ['in one line', 'message: Hello {{formatDat name}}, see you.\n', 10, 18, 36],
    ['in double quotes with escapes', 'message: "\\"Hello\\" {{formatDat name}}"\n', 10, 23, 41],
    ['in single quotes', "message: 'It''s {{formatDat name}}'\n", 10, 19, 37],
    ['in a folded block', folded, 13, 8, 26],
    ['in a literal block', 'message: |\n    Hello {{name}},\n      {{formatDat name}}\n', 12, 7, 25],
    ['in a plain text of two lines', 'message: Hello {{name}},\n    see {{formatDat time}}\n', 11, 9, 27],
  ])('%s', (_style, message, line, col, endCol) => {
    const text = edited(clinic, 'message: Hello {{name}}, see you at {{time}}.\n', message);
    expect(read(text).diagnostics).toMatchObject([
      { code: 'TEMPLATE_HELPER_UNKNOWN', at: { line, col, endLine: line, endCol } },
    ]);
  });

  test('in the file that holds it', () => {
    const text = edited(clinic, 'Hello {{name}}, see you at {{time}}.', '{file: reminder.hbs}');
    const findings = read(text, { files: { 'reminder.hbs': 'Hello {{name}},\nsee {{formatDat time}}\n' } }).diagnostics;
    expect(findings).toMatchObject([
      { code: 'TEMPLATE_HELPER_UNKNOWN', at: { file: 'reminder.hbs', line: 2, col: 5, endCol: 23 } },
    ]);
  });

  test('or at the whole text, where escapes or substitutions moved it', () => {
    const text = edited(clinic, 'Hello {{name}}, see you at {{time}}.', '"${env.LIST} {{formatDat name}}"');
    expect(read(text).diagnostics).toMatchObject([{ at: { line: 10, col: 12, endCol: 44 } }]);
  });
});

test('a character of a value is found at its place in every style of YAML', () => {
  const words = fc.stringMatching(/^[a-z"'{}:# \n\\é]{0,60}$/);
  const style = fc.constantFrom('PLAIN', 'QUOTE_DOUBLE', 'QUOTE_SINGLE', 'BLOCK_FOLDED', 'BLOCK_LITERAL');
  fc.assert(
    fc.property(words, style, (value, defaultStringType) => {
      const text = stringify({ message: value }, { defaultStringType, defaultKeyType: 'PLAIN', lineWidth: 30 });
      const { root } = parse('f', text);
      // The library does not write every text so that it reads the same.
      fc.pre(textAt(root, ['message']) === value);
      const place = at(root, ['message'])?.place;
      const lines = text.split('\n');
      const locate = place === undefined ? undefined : textPlaces(lines, place, value);
      if (locate === undefined) return;
      for (const [index, character] of value.split('').entries()) {
        if (character === ' ' || character === '\n') continue;
        const { line, col } = locate(index, index + 1);
        expect(lines[line - 1]?.charAt(col - 1)).toBe(character);
      }
    }),
  );
});
