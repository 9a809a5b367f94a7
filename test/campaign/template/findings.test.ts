import { describe, expect, test } from 'vitest';
import { at, findings, lowerFindings } from './reminder.ts';

describe('a template that cannot be read is told at the expression that is wrong', () => {
  test.each([
    ['Hello {{name}}, see you on «{{date.»', '}} is missing'],
    ['Hello «{{name, see you on» {{date}}.', '}} is missing'],
    ['Hello «{{name}, see you soon»\nGoodbye', '}} is missing'],
    [String.raw`\{{ is no template, «{{name»`, '}} is missing'],
    ['{{!-- {{old}} --}} Hello «{{name»', '}} is missing'],
    ['Hello «{{!--» {{name}}', '}} is missing'],
    ['{{#if a}}x{{/if}} «{{#if b}}»{{#if c}}y{{/if}}\n{{name}}', 'is not closed'],
    ['{{#if a}}\n{{name}}{{/if}} «{{^b}}»y', 'is not closed'],
    ['{{name}}\n{{name}} «{{/if}}» {{name}}', 'a block that is not open'],
    ['{{#if a}}x{{/if}} «{{#if b}}»y{{/unless}}', 'is closed by'],
    ['{{name}} «{{}}» {{name}}', 'something is missing'],
    ['{{name}} «{{First Name!}}» {{name}}', 'a character that a name cannot have'],
    ['{{name}} «{{(name}}»', 'not a Handlebars template'],
  ])('%s', (text, problem) => {
    const source = text.replaceAll(/[«»]/g, '');
    const near = /«(.*)»/s.exec(text)?.[1] ?? '';
    const before = text.slice(0, text.indexOf('«')).split('\n');
    const column = before.at(-1)?.length ?? 0;
    const line = at.line + before.length - 1;
    const col = before.length === 1 ? at.col + column : 1 + column;
    expect(findings(source, {}, true)).toMatchObject([
      {
        code: 'TEMPLATE_SYNTAX',
        args: { near, problem: expect.stringContaining(problem) },
        at: { line, col, endLine: line, endCol: col + near.length },
      },
    ]);
  });

  test('soon, however many are not closed', () => {
    expect(findings('{{ '.repeat(33_000))).toMatchObject([{ args: { problem: '}} is missing behind it' } }]);
  });
});

describe('findings about templates', () => {
  test.each([
    ['{{x', 'TEMPLATE_SYNTAX'],
    ['{{first name]}}', 'TEMPLATE_SYNTAX'],
    ['{{#if x}}a', 'TEMPLATE_SYNTAX'],
    ['{{#if x}}a{{/unless}}', 'TEMPLATE_SYNTAX'],
    ['{{/if}}', 'TEMPLATE_SYNTAX'],
    ['{{else}}', 'TEMPLATE_SYNTAX'],
    ['{{x}}}', 'TEMPLATE_SYNTAX'],
    ['{{}}', 'TEMPLATE_SYNTAX'],
    ['{{upper (x}}', 'TEMPLATE_SYNTAX'],
    ['{{> partial}}', 'TEMPLATE_CONSTRUCT', 'partial'],
    ['{{#> layout}}x{{/layout}}', 'TEMPLATE_CONSTRUCT', 'partial'],
    ['{{* decorate}}', 'TEMPLATE_CONSTRUCT', 'decorator'],
    ['{{#*inline "a"}}x{{/inline}}', 'TEMPLATE_CONSTRUCT', 'decorator'],
    ['{{{{raw}}}}x{{{{/raw}}}}', 'TEMPLATE_CONSTRUCT', 'raw_block'],
    ['{{#if x as |y|}}x{{/if}}', 'TEMPLATE_CONSTRUCT', 'block_parameters'],
    ['{{@root.x}}', 'TEMPLATE_CONSTRUCT', 'data_variable'],
    ['{{upper @index}}', 'TEMPLATE_CONSTRUCT', 'data_variable'],
    ['{{../x}}', 'TEMPLATE_CONSTRUCT', 'parent_path'],
    ['{{this}}', 'TEMPLATE_CONSTRUCT', 'this'],
    ['{{.}}', 'TEMPLATE_CONSTRUCT', 'this'],
    ['{{a.b}}', 'TEMPLATE_CONSTRUCT', 'dotted_path'],
    ['{{a/b}}', 'TEMPLATE_CONSTRUCT', 'dotted_path'],
    ['{{x.constructor}}', 'TEMPLATE_CONSTRUCT', 'dotted_path'],
    ['{{a.b c}}', 'TEMPLATE_CONSTRUCT', 'dotted_path'],
    ['{{"x"}}', 'TEMPLATE_CONSTRUCT', 'literal'],
    ['{{42}}', 'TEMPLATE_CONSTRUCT', 'literal'],
    ['{{upper null}}', 'TEMPLATE_CONSTRUCT', 'literal'],
    ['{{upper undefined}}', 'TEMPLATE_CONSTRUCT', 'literal'],
    ['{{First Name}}', 'TEMPLATE_HELPER_UNKNOWN'],
    ['{{uper x}}', 'TEMPLATE_HELPER_UNKNOWN'],
    ['{{lookup x y}}', 'TEMPLATE_HELPER_UNKNOWN'],
    ['{{log x}}', 'TEMPLATE_HELPER_UNKNOWN'],
    ['{{#each rows}}x{{/each}}', 'TEMPLATE_BLOCK_UNKNOWN'],
    ['{{#with x}}x{{/with}}', 'TEMPLATE_BLOCK_UNKNOWN'],
    ['{{#name}}x{{/name}}', 'TEMPLATE_BLOCK_UNKNOWN'],
    ['{{^name}}x{{/name}}', 'TEMPLATE_BLOCK_UNKNOWN'],
    ['{{#if}}x{{/if}}', 'TEMPLATE_HELPER_ARGUMENTS'],
    ['{{#if a b}}x{{/if}}', 'TEMPLATE_HELPER_ARGUMENTS'],
    ['{{#if a includeZero=true}}x{{/if}}', 'TEMPLATE_HELPER_ARGUMENTS'],
    ['{{upper}}', 'TEMPLATE_HELPER_ARGUMENTS'],
    ['{{upper a b}}', 'TEMPLATE_HELPER_ARGUMENTS'],
    ['{{upper a b=c}}', 'TEMPLATE_HELPER_ARGUMENTS'],
    ['{{eq a}}', 'TEMPLATE_HELPER_ARGUMENTS'],
    ['{{default a}}', 'TEMPLATE_HELPER_ARGUMENTS'],
    ['{{formatDate a}}', 'TEMPLATE_HELPER_ARGUMENTS'],
    ['{{formatDate a b}}', 'TEMPLATE_HELPER_ARGUMENTS'],
    ["{{formatDate a 'd' in=b}}", 'TEMPLATE_HELPER_ARGUMENTS'],
    ['{{formatNumber a b}}', 'TEMPLATE_HELPER_ARGUMENTS'],
    ['{{formatNumber a decimals=-1}}', 'TEMPLATE_HELPER_ARGUMENTS'],
    ["{{formatNumber a decimals='2'}}", 'TEMPLATE_HELPER_ARGUMENTS'],
    ["{{formatDate a 'DD/MM/YYYY'}}", 'TEMPLATE_DATE_PATTERN'],
    ["{{formatDate a 'do MMMM'}}", 'TEMPLATE_DATE_PATTERN'],
    ["{{formatDate a ''}}", 'TEMPLATE_DATE_PATTERN'],
    [`{{formatDate a "d 'of"}}`, 'TEMPLATE_DATE_PATTERN'],
    ["{{formatDate a 'd' in='HH:mm'}}", 'TEMPLATE_DATE_PATTERN'],
    ["{{formatDate a 'd' in='MM/yyyy'}}", 'TEMPLATE_DATE_PATTERN'],
    ["{{formatDate a 'd' in='dd/yyyy'}}", 'TEMPLATE_DATE_PATTERN'],
    ["{{formatDate a 'd' in='dd/MM/yyyy hh:mm'}}", 'TEMPLATE_DATE_PATTERN'],
    ["{{formatDate a 'd' in='dd/MM/yyyy HH:mm a'}}", 'TEMPLATE_DATE_PATTERN'],
    ["{{formatDate a 'd' in='dd/mm/YYYY'}}", 'TEMPLATE_DATE_PATTERN'],
    ["{{formatDate a 'HH:mm' in='dd/MM/yyyy'}}", 'TEMPLATE_DATE_PATTERN'],
    ['{{constructor}}', 'TEMPLATE_NAME_RESERVED'],
    ['{{[__proto__]}}', 'TEMPLATE_NAME_RESERVED'],
    ['{{upper toString}}', 'TEMPLATE_NAME_RESERVED'],
    ['x'.repeat(100_001), 'TEMPLATE_TOO_LONG'],
    ['{{upper '.padEnd(9000, '(upper ') + ')'.repeat(1300) + '}}', 'TEMPLATE_TOO_DEEP'],
    ['{{#if a}}'.repeat(51) + '{{/if}}'.repeat(51), 'TEMPLATE_TOO_DEEP'],
    ['{{empty}}', 'TEMPLATE_CONSTANT_EMPTY'],
    ['{{upper empty}}', 'TEMPLATE_CONSTANT_EMPTY'],
    ['{{default empty empty}}', 'TEMPLATE_CONSTANT_EMPTY'],
    ["{{formatDate clinic 'd'}}", 'TEMPLATE_CONSTANT_VALUE'],
    ['{{formatNumber clinic}}', 'TEMPLATE_CONSTANT_VALUE'],
  ])('%.60s is %s %s', (source, code, construct?: string) => {
    const found = findings(source, { clinic: 'Garki', empty: '' });
    expect(found.map((finding) => finding.code)).toEqual([code]);
    expect(found).toEqual(lowerFindings(source, { clinic: 'Garki', empty: '' }));
    if (construct !== undefined) expect(found[0]?.args).toMatchObject({ construct });
  });

  test('are all told at once', () => {
    const found = findings('{{uper x}} {{this}} {{#each y}}{{a.b}}{{/each}} {{formatDate z}}');
    expect(found.map(({ code }) => code)).toEqual([
      'TEMPLATE_HELPER_UNKNOWN',
      'TEMPLATE_CONSTRUCT',
      'TEMPLATE_BLOCK_UNKNOWN',
      'TEMPLATE_CONSTRUCT',
      'TEMPLATE_HELPER_ARGUMENTS',
    ]);
  });

  test('guess the helper that was meant', () => {
    expect(findings('{{formtDate x}}')[0]?.args).toMatchObject({ meant: 'formatDate' });
    expect(findings('{{zebra x}}')[0]?.args).not.toHaveProperty('meant');
  });

  test('point at the scalar and quote the expression', () => {
    const found = findings(`Hello {{patient_name}},\n{{uper ${'x'.repeat(200)}}}`);
    expect(found[0]?.at).toEqual(at);
    expect(found[0]?.args).toMatchObject({ expression: `{{uper ${'x'.repeat(72)}…` });
  });

  test('point exactly into a template file', () => {
    const source = 'Hello {{a}},\r\n  on {{a.b}} {{upper}}\nbye {{#each x}}{{/each}}';
    const places = findings(source, {}, true).map((finding) => finding.at);
    expect(places).toEqual([
      { file: at.file, line: 4, col: 8, endLine: 4, endCol: 11 },
      { file: at.file, line: 4, col: 16, endLine: 4, endCol: 21 },
      { file: at.file, line: 5, col: 5, endLine: 5, endCol: 14 },
    ]);
    expect(findings('a {{constructor}}', {}, true)[0]?.at).toMatchObject({ line: 3, col: 9 });
    expect(findings('a\n\n{{x', {}, true)[0]?.at).toEqual({ file: at.file, line: 5, col: 1, endLine: 5, endCol: 4 });
  });

  test('take columns that are called like helpers in brackets', () => {
    expect(findings('{{[upper]}} {{upper [default]}}')).toEqual([]);
  });
});
