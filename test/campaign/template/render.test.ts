import { describe, expect, test } from 'vitest';
import { said, template } from './reminder.ts';

const ada = { first_name: 'Ada', 'First Name': 'Ada', nickname: '', visits: '3', consent: 'false', blank: ' \t' };

describe('rendering', () => {
  test.each([
    ['Hello {{first_name}}', 'Hello Ada'],
    ['Hello {{[First Name]}}', 'Hello Ada'],
    ['{{{first_name}}} {{&first_name}}', 'Ada Ada'],
    ['a {{~first_name~}} b', 'aAdab'],
    ['{{! a note }}Ada', 'Ada'],
    [String.raw`\{{first_name}}`, '{{first_name}}'],
    ['', ''],
    ['no names', 'no names'],
    ['{{upper first_name}} {{lower first_name}}', 'ADA ada'],
    ["{{default nickname first_name 'friend'}}", 'Ada'],
    ["{{default nickname ''}}", ''],
    ["{{default (upper nickname) 'nobody'}}", 'nobody'],
    ['{{#if (eq visits 3)}}third{{else}}other{{/if}}', 'third'],
    ['{{#if nickname}}a{{else if first_name}}b{{else}}c{{/if}}', 'b'],
    ['{{#unless nickname}}none{{/unless}}', 'none'],
    ['{{#if unknown}}a{{else}}b{{/if}}', 'b'],
    ["{{#if (eq unknown 'x')}}a{{else}}b{{/if}}", 'b'],
    ['{{#if blank}}a{{else}}b{{/if}}', 'b'],
    ['{{#if consent}}a text is there{{/if}}', 'a text is there'],
    ['Dear\n{{#if nickname}}\n{{nickname}}\n{{/if}}\nend', 'Dear\nend'],
  ])('says %j as %j', (source, expected) => {
    expect(said(source, ada)).toBe(expected);
  });

  test.each([
    ['{{nickname}}', ['ROW_VALUE_MISSING', 'nickname']],
    ['Hello {{blank}}', ['ROW_VALUE_MISSING', 'blank']],
    ['Hello {{unknown}}', ['ROW_VALUE_MISSING', 'unknown']],
    ['{{default nickname unknown}}', ['ROW_VALUE_MISSING', 'unknown']],
    ['{{#if first_name}}{{nickname}}{{/if}}', ['ROW_VALUE_MISSING', 'nickname']],
    ['{{eq nickname first_name}}', ['ROW_VALUE_MISSING', 'nickname']],
    ['{{eq first_name nickname}}', ['ROW_VALUE_MISSING', 'nickname']],
    ["{{#if (formatDate first_name 'd')}}a{{/if}}", ['ROW_VALUE_DATE', 'first_name', expect.any(String)]],
  ])('rejects the row for %j', (source, reason) => {
    expect(said(source, ada)).toEqual(reason);
  });

  test('keeps a number or boolean of a template that is one expression', () => {
    expect(said('{{retries}}', {}, { constants: { retries: 2 } })).toBe(2);
    expect(said('{{retries}} ', {}, { constants: { retries: 2 } })).toBe('2 ');
    expect(said('{{age}}', { age: 40 })).toBe(40);
    expect(said("{{eq first_name 'Ada'}}", ada)).toBe(true);
    expect(said('{{default nickname true}}', ada)).toBe(true);
  });

  test('needs the last choice of default, be it a constant', () => {
    expect(said('{{default nickname empty}}', ada, { constants: { empty: '' } })).toEqual([
      'ROW_VALUE_MISSING',
      'empty',
    ]);
  });

  test('does not call 0 and false missing, but takes them for false', () => {
    expect(said('{{owed}} {{urgent}}', { owed: 0, urgent: false })).toBe('0 false');
    expect(said('{{#if owed}}a{{else}}b{{/if}}', { owed: 0 })).toBe('b');
    expect(said('{{#if urgent}}a{{else}}b{{/if}}', { urgent: false })).toBe('b');
  });

  test('never evaluates a value', () => {
    const values = { first_name: "{{secret}} {{#if x}} {{formatDate 'now'}}", secret: 'pin 1234' };
    expect(said('Hello {{first_name}}', values)).toBe(`Hello ${values.first_name}`);
  });

  test('looks at no prototype', () => {
    const values = Object.create({ first_name: { toString: () => 'inherited' } });
    expect(said('{{first_name}}', values)).toEqual(['ROW_VALUE_MISSING', 'first_name']);
  });

  test('names what a template uses and what every row must have', () => {
    const source =
      "{{a}} {{default b c}} {{#if d}}{{d}}{{e}}{{/if}} {{upper f}} {{eq g 'x'}} {{clinic}} {{a}} {{#if clinic}}{{h}}{{/if}}";
    const { uses, needs } = template(source, { clinic: 'Garki' });
    expect(uses).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'clinic', 'h']);
    expect(needs).toEqual(['a', 'f', 'g', 'h']);
  });
});

describe('formatNumber', () => {
  test.each([
    ['{{formatNumber owed}}', '1500.5', '1,500.5'],
    ['{{formatNumber owed decimals=2}}', '1500.5', '1,500.50'],
    ['{{formatNumber owed decimals=0}}', '-0007', '-7'],
    ['{{formatNumber owed}}', '12345678901234567890.12345678901', '12,345,678,901,234,567,890.12345678901'],
  ])('%s prints %s as %s', (source, owed, expected) => {
    expect(said(source, { owed })).toBe(expected);
  });

  test("prints in the campaign's locale", () => {
    expect(said('{{formatNumber owed decimals=2}}', { owed: 1234.5 }, { locale: 'de' })).toBe('1.234,50');
  });

  test.each(['1,500', '1.500,00', '1e3', 'N1500', '1 500', '.5', '5.'])('does not guess what %s means', (owed) => {
    expect(said('{{formatNumber owed}}', { owed })).toEqual(['ROW_VALUE_NUMBER', 'owed', expect.any(String)]);
  });
});
