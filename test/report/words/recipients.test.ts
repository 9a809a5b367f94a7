import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../../src/model/diagnostic.ts';
import { explain, say, sayRow } from '../../../src/report/words.ts';
import { recipientWords } from '../../../src/report/words/recipients.ts';
import { rowWords } from '../../../src/report/words/rows.ts';
import { templateWords } from '../../../src/report/words/templates.ts';
import { systemFiles } from '../../../src/system/files.ts';

const path = 'recipients.csv';

describe('words about templates, sources and rows', () => {
  test.each<[Diagnostic, string]>([
    [{ code: 'SOURCE_EMPTY', args: { path, lacks: 'everything' } }, '"recipients.csv" is empty'],
    [{ code: 'SOURCE_EMPTY', args: { path, lacks: 'rows' } }, '"recipients.csv" has a header and no row'],
    [
      { code: 'SOURCE_DELIMITER', args: { path, candidates: [';', '\t', ',', '|', ':'] } },
      'the header of "recipients.csv" holds semicolon and tab and comma and | and : equally often',
    ],
    [
      { code: 'SOURCE_NOT_CSV', args: { path, found: 'workbook' } },
      '"recipients.csv" is a spreadsheet workbook, not text in UTF-8',
    ],
    [{ code: 'SOURCE_NOT_CSV', args: { path, found: 'web-page' } }, '"recipients.csv" is a web page, not a list'],
    [
      { code: 'SOURCE_HEADER_DUPLICATE', args: { path, name: 'name', columns: [1, 3] } },
      '"recipients.csv" has the column "name" 2 times (columns 1, 3)',
    ],
    [
      { code: 'SOURCE_HEADER_DUPLICATE', args: { path, name: 'a', columns: [1, 2, 3, 4, 5, 6, 7] } },
      '"recipients.csv" has the column "a" 7 times (columns 1, 2, 3, 4, 5, ...)',
    ],
    [
      { code: 'SUPPRESSION_ENTRY', args: { path, line: 3, reason: 'ROW_RAGGED' } },
      'line 3 of "recipients.csv" is no phone number (ROW_RAGGED)',
    ],
    [
      { code: 'RECIPIENTS_INVALID', args: { invalid: 12, rows: 100, allowed: '1%', enough: '12%' } },
      '12 of 100 rows are invalid; recipients.max_invalid allows 1%',
    ],
    [
      { code: 'TEMPLATE_CONSTRUCT', args: { construct: 'dotted_path', expression: 'home.phone' } },
      '"home.phone" is a path, which campaigns do not have',
    ],
  ])('%j', (diagnostic, message) => {
    expect(say(diagnostic).message).toBe(message);
  });

  test('guess a helper, or name them all', () => {
    const args = { helper: 'uper', expression: '{{uper x}}', known: ['upper', 'lower'] };
    expect(say({ code: 'TEMPLATE_HELPER_UNKNOWN', args: { ...args, meant: 'upper' } }).help).toBe(
      'did you mean upper?',
    );
    expect(say({ code: 'TEMPLATE_HELPER_UNKNOWN', args }).help).toContain('the helpers are upper, lower');
  });

  test('show how to compute what cannot be lowered', () => {
    const expression = "{{formatDate visit 'd'}}";
    expect(say({ code: 'TEMPLATE_NOT_LOWERABLE', args: { expression, obstacle: 'helper' } }).help).toContain(
      `text: "${expression}"`,
    );
    expect(
      say({ code: 'TEMPLATE_NOT_LOWERABLE', args: { expression: '{{#if x}}', obstacle: 'condition' } }).help,
    ).toContain('{{passage}}');
  });

  test('name the column and the shape of a row, never its cell', () => {
    expect(sayRow({ code: 'ROW_PHONE_INVALID', column: 'mobile', detail: '9 digits' }).message).toBe(
      'not a phone number that can exist in column "mobile" (9 digits)',
    );
    expect(sayRow({ code: 'ROW_RAGGED' }).message).toBe('a row with too many or too few cells');
  });

  test.each([...Object.keys(recipientWords), ...Object.keys(rowWords), ...Object.keys(templateWords)])(
    '%s has its page in docs/problems',
    async (code) => {
      const page = Buffer.from(await systemFiles.read(`docs/problems/${code}.md`)).toString();
      expect(page).toBe(explain(code));
    },
  );
});
