import * as fc from 'fast-check';
import { getCountries, getExampleNumber, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import { describe, expect, test } from 'vitest';
import { parsePhone } from '../../src/recipients/phone.ts';

/** The number, or the code of the reason with its detail. */
function parsed(cell: string, country?: string): string {
  const result = parsePhone(cell, country);
  if (result.kind === 'phone') return result.phone;
  return result.detail === undefined ? result.code : `${result.code} ${result.detail}`;
}

describe('phone numbers', () => {
  test.each([
    '+2348030000101',
    '+234 803 000 0101',
    '+234-803-000-0101',
    '+234 (0) 803 000 0101',
    '00234 803 000 0101',
    '009234 803 000 0101',
    '08030000101',
    '0803 000 0101',
    '0803-000-0101',
    '(0803) 000 0101',
    '0803.000.0101',
    '0803/0000101',
    '803 000 0101',
    ' 08030000101 ',
    '0803\u00A0000\u00A00101',
    '٠٨٠٣٠٠٠٠١٠١',
    '＋２３４８０３００００１０１',
  ])('%j is one number in Nigeria', (cell) => {
    expect(parsed(cell, 'NG')).toBe('+2348030000101');
  });

  test.each([
    ['4155550132', 'US', '+14155550132'],
    ['1 415 555 0132', 'US', '+14155550132'],
    ['14155550132', 'us', '+14155550132'],
    ['9876543210', 'IN', '+919876543210'],
    ['11961234567', 'BR', '+5511961234567'],
    ['07911 123456', 'GB', '+447911123456'],
    ['8 916 123-45-67', 'RU', '+79161234567'],
    ['011 44 7911 123456', 'US', '+447911123456'],
    ['+80012345678', undefined, '+80012345678'],
    ['0044 7911 123456', undefined, '+447911123456'],
    ['+234 803 000 0101', undefined, '+2348030000101'],
    ['+234 803 000 0101', 'Nigeria', '+2348030000101'],
  ])('%s of %s is %s', (cell, country, phone) => {
    expect(parsed(cell, country)).toBe(phone);
  });

  test.each([
    ['', 'ROW_PHONE_MISSING'],
    ['   ', 'ROW_PHONE_MISSING'],
    ['2.34803E+12', 'ROW_PHONE_SCIENTIFIC'],
    ['2,34803e12', 'ROW_PHONE_SCIENTIFIC'],
    ['8E+09', 'ROW_PHONE_SCIENTIFIC'],
    ['2348030000101', 'ROW_PHONE_LOST_PLUS'],
    ['234 803 000 0101', 'ROW_PHONE_LOST_PLUS'],
    ['8030000101', 'ROW_PHONE_LOST_ZERO'],
    ["'08030000101", 'ROW_PHONE_APOSTROPHE'],
    ['’+2348030000101', 'ROW_PHONE_APOSTROPHE'],
    ['\u202A+2348030000101\u202C', 'ROW_PHONE_DIRECTION_MARK'],
    ['0803\u200B0000101', 'ROW_PHONE_DIRECTION_MARK'],
    ['0803000\u00AD0101', 'ROW_PHONE_DIRECTION_MARK'],
    ['08030000101 / 08050000102', 'ROW_PHONE_TWO_NUMBERS'],
    ['08030000101,08050000102', 'ROW_PHONE_TWO_NUMBERS'],
    ['08030000101 or 08050000102', 'ROW_PHONE_TWO_NUMBERS'],
    ['08030000101 08050000102', 'ROW_PHONE_TWO_NUMBERS'],
    ['+2348030000101+2348050000102', 'ROW_PHONE_TWO_NUMBERS'],
    ['08030000101\n08050000102', 'ROW_PHONE_TWO_NUMBERS'],
    ['080300001', 'ROW_PHONE_INVALID 9 digits'],
    ['080300001011', 'ROW_PHONE_INVALID 12 digits'],
    ['01030000101', 'ROW_PHONE_INVALID 11 digits'],
    ['+2340000000000', 'ROW_PHONE_INVALID 13 digits'],
    ['+999 803 000 0101', 'ROW_PHONE_INVALID 13 digits'],
    ['08030000101.0', 'ROW_PHONE_INVALID it ends in a decimal fraction'],
    ['803000010.0', 'ROW_PHONE_INVALID it ends in a decimal fraction'],
    ['call me', 'ROW_PHONE_INVALID it holds letters'],
    ['0803 CLINIC', 'ROW_PHONE_INVALID it holds letters'],
    ['08030000101 ext. 5', 'ROW_PHONE_INVALID it has an extension, which cannot be dialled'],
    ['#', 'ROW_PHONE_INVALID 0 digits'],
    ['-', 'ROW_PHONE_INVALID 0 digits'],
    [`0803${' '.repeat(300)}0000101`, 'ROW_PHONE_INVALID 11 digits'],
  ])('%j in Nigeria is %s', (cell, reason) => {
    expect(parsed(cell, 'NG')).toBe(reason);
  });

  test.each([
    ['8030000101', undefined, 'ROW_PHONE_NO_COUNTRY'],
    ['0803 000 0101', undefined, 'ROW_PHONE_NO_COUNTRY'],
    ['2348030000101', undefined, 'ROW_PHONE_LOST_PLUS'],
    ['08030000101', 'Nigeria', 'ROW_PHONE_NO_COUNTRY its country is no code of two letters such as NG'],
    ['08030000101', 'ZZ', 'ROW_PHONE_NO_COUNTRY its country is no code of two letters such as NG'],
    ['7911123456', 'GB', 'ROW_PHONE_LOST_ZERO'],
    ['712345678', 'KE', 'ROW_PHONE_LOST_ZERO'],
    ['447911123456', 'GB', 'ROW_PHONE_LOST_PLUS'],
    ['79161234567', 'RU', 'ROW_PHONE_LOST_PLUS'],
  ])('%s of %s is %s', (cell, country, reason) => {
    expect(parsed(cell, country)).toBe(reason);
  });

  test.each([
    ['0909 879 0000', 'GB', true],
    ['09098790000', 'GB', true],
    ['+33892123456', 'FR', true],
    ['0892123456', 'FR', true],
    ['+1 900 234 5678', 'US', true],
    ['0180 5123456', 'DE', false],
    ['+1 800 234 5678', 'US', false],
    ['07911 123456', 'GB', false],
    ['+33612345678', 'FR', false],
  ])('%s of %s is of premium rate: %s', (cell, country, isPremium) => {
    const result = parsePhone(cell, country);
    expect(result.kind === 'phone' ? result.isPremium === true : result).toBe(isPremium);
  });

  test('a cell of any text never throws, and no detail holds its digits', () => {
    const text = fc.string({
      unit: fc.constantFrom(...Array.from("0123456789+-() ./,;eEx’'\u200E٣\n\taz")),
      maxLength: 30,
    });
    fc.assert(
      fc.property(text, fc.constantFrom(undefined, 'NG', 'US', 'GB', '??'), (cell, country) => {
        const result = parsePhone(cell, country);
        if (result.kind === 'phone') expect(result.phone).toMatch(/^\+[1-9]\d{6,14}$/);
        else expect(result.detail ?? '').not.toMatch(/\d{3}/);
      }),
    );
  });

  test('agrees with the library on plainly written numbers of every country', () => {
    const country = fc.constantFrom(...getCountries());
    fc.assert(
      fc.property(
        country,
        fc.array(fc.nat(9), { maxLength: 6 }),
        fc.nat(3),
        fc.boolean(),
        (code, tail, cut, isLocal) => {
          const example = getExampleNumber(code, examples);
          if (example === undefined) throw new Error(`no example for ${code}`);
          const kept = example.nationalNumber.slice(
            0,
            Math.max(1, example.nationalNumber.length - tail.length - cut + 1),
          );
          const national = kept + tail.join('');
          const cell = isLocal ? `0${national}` : `+${example.countryCallingCode}${national}`;
          fc.pre(!cell.startsWith('00'));
          const theirs = parsePhoneNumberFromString(cell, { extract: false, defaultCountry: code });
          const ours = parsePhone(cell, code);
          if (ours.kind === 'phone') {
            expect(ours.phone).toBe(theirs?.number);
            expect(ours.isPremium === true).toBe(theirs?.getType() === 'PREMIUM_RATE');
          } else if (!ours.code.startsWith('ROW_PHONE_LOST')) expect(theirs?.isValid() ?? false).toBe(false);
        },
      ),
      { numRuns: 3000 },
    );
  });
});
