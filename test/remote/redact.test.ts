import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { redact } from '../../src/remote/redact.ts';

describe('a provider\u2019s words', () => {
  test.each([
    ['stay when nothing is private in them', 'voice "pidgin" is unknown', 'voice "pidgin" is unknown'],
    ['lose a number', 'bad number +2348030000001!', 'bad number ***!'],
    ['lose a number that is written otherwise', 'bad number (0803) 000-00.01', 'bad number (***'],
    ['lose a number between non-breaking spaces and dashes', 'no 234\u00A0803\u2011000\u20130001', 'no ***'],
    ['lose a number in other digits', 'no \u0660\u0668\u0660\u0663\u0660\u0660', 'no ***'],
    ['lose a number with a soft hyphen in it', 'no 234803\u00AD000\u200B0001', 'no ***'],
    ['keep short numbers', 'at most 4000 characters, found 4512', 'at most 4000 characters, found 4512'],
    ['lose a name', 'Amaka Okonkwo is unknown', '*** is unknown'],
    ['lose a name in another case', 'AMAKA OKONKWO, amaka', '***, ***'],
    ['lose a name in another spelling of the same letters', 'no Jose\u0301', 'no ***'],
    ['lose a name over two lines', 'no Amaka\r\n  Okonkwo', 'no ***'],
    ['lose the credential', 'key sk_live.1+2 is revoked', 'key *** is revoked'],
    ['lose line ends and what moves a cursor', 'a\n\u001b[31mb\u0000\u0085c\u2028d\u202Ee', 'a [31mb c de'],
  ])('%s', (_name, words, expected) => {
    expect(redact(words, ['Amaka', 'Amaka Okonkwo', 'Jos\u00e9', ' sk_live.1+2 '])).toBe(expected);
  });

  test('lose the longer of two values first', () => {
    expect(redact('Ada Obi', ['Ada', 'Ada Obi'])).toBe('***');
  });

  test('keep single letters, or nothing would be left', () => {
    expect(redact('a bad voice', ['a', '', ' '])).toBe('a bad voice');
  });

  test('are cut to one short line, and never within a character', () => {
    expect(redact('x'.repeat(500), [])).toHaveLength(200);
    expect(redact(`${'x'.repeat(199)}\u{1F600}`, [])).toBe('x'.repeat(199));
  });

  test('may hold whatever a pattern would stumble over', () => {
    const value = String.raw`a.*+?^${'$'}{}()|[\]/-b`;
    expect(redact(`no ${value} here`, [value])).toBe('no *** here');
  });

  test('never show a value, wherever it stands, nor five digits in a row', () => {
    const anyValue = fc.string({ minLength: 2, maxLength: 12 }).filter((value) => value.trim().length > 1);
    fc.assert(
      fc.property(fc.string(), anyValue, fc.string(), (before, value, after) => {
        const shown = redact(`${before} ${value} ${after}`, [value]);
        const plain = value
          .normalize('NFC')
          .replaceAll(/\p{Cf}/gu, '')
          .replaceAll(/[\p{Cc}\s]+/gu, ' ')
          .trim();
        if (plain.length > 1 && !'***'.includes(plain)) expect(shown.includes(` ${plain} `)).toBe(false);
        expect(shown).not.toMatch(/\p{Cc}|\d{5}/u);
        expect(shown.length).toBeLessThanOrEqual(200);
      }),
      { numRuns: 500 },
    );
  });
});
