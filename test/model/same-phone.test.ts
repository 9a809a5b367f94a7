import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { digitsOf, isUnreadable, maybeSamePhone, phoneEnding } from '../../src/model/same-phone.ts';

describe('numbers', () => {
  test.each([
    ['as we write it', '+2348030000001', true],
    ['without the plus', '2348030000001', true],
    ['with spaces and brackets', '+234 (803) 000-0001', true],
    ['with two zeros instead of the plus', '002348030000001', true],
    ['as it is dialled within the country', '08030000001', true],
    ['without the zero of the country', '8030000001', true],
    ['that is masked', '+234******01', true],
    ['that is cut', '0001', true],
    ['that is empty', '', true],
    ['with an extension', '+2348039999999 x12', true],
    ['of somebody else', '+2348030000002', false],
    ['of another country with the same end', '+18030000001', false],
  ])('one %s may be the same: %s', (_name, shown, expected) => {
    expect(maybeSamePhone(shown, '+2348030000001')).toBe(expected);
  });

  test('digits are what is compared', () => {
    expect(digitsOf('+234 803-000.0001')).toBe('2348030000001');
  });

  test('that may be the same, if they can be read, have one ending', () => {
    const digits = fc.string({ unit: fc.integer({ min: 0, max: 9 }).map(String), minLength: 7, maxLength: 14 });
    const written = fc.constantFrom('', '+', '0', '00', '(0) ', '+234', '234 ');
    fc.assert(
      fc.property(digits, digits, written, fc.boolean(), (one, other, prefix, isSame) => {
        const phone = `+1${one}`;
        const shown = `${prefix}${isSame ? one : other}`;
        if (isUnreadable(shown) || !maybeSamePhone(shown, phone)) return;
        expect(phoneEnding(shown)).toBe(phoneEnding(phone));
      }),
    );
  });
});
