import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { costOf, parseMoney, printMoney } from '../../src/model/money.ts';

describe('money is read', () => {
  test.each([
    ['150 USD', 150_000_000, 'USD'],
    ['0.09 USD', 90_000, 'USD'],
    ['12.5 NGN', 12_500_000, 'NGN'],
    ['0.0000014 EUR', 1, 'EUR'],
    ['0.9999999 EUR', 1_000_000, 'EUR'],
    ['007 EUR', 7_000_000, 'EUR'],
  ])('%s', (text, micros, currency) => {
    expect(parseMoney(text)).toEqual({ micros, currency });
  });

  test.each([
    '150',
    'USD 150',
    '150 usd',
    '150USD',
    '$150',
    '-1 USD',
    '1,5 USD',
    '1. USD',
    '1e-6 USD',
    '150 USD/min',
    '',
  ])('but not "%s"', (text) => {
    expect(parseMoney(text)).toBeUndefined();
  });
});

describe('money is printed', () => {
  test.each([
    [150_000_000, '150 USD'],
    [90_000, '0.09 USD'],
    [12_500_000, '12.50 USD'],
    [125_000, '0.125 USD'],
    [1, '0.000001 USD'],
    [0, '0 USD'],
  ])('%i millionths', (micros, text) => {
    expect(printMoney({ micros, currency: 'USD' })).toBe(text);
  });

  test('so that it is read as what it was', () => {
    const anyMoney = fc.record({
      micros: fc.oneof(fc.nat(2_000_000), fc.integer({ min: 0, max: 999_999_999_999_999 })),
      currency: fc.constantFrom('USD', 'EUR', 'NGN'),
    });
    fc.assert(
      fc.property(anyMoney, (money) => {
        expect(parseMoney(printMoney(money))).toEqual(money);
      }),
    );
  });
});

test('a call costs its length times the price of a minute, rounded up', () => {
  const price = { micros: 90_000, currency: 'USD' };
  expect(costOf(price, 15 * 60_000)).toEqual({ micros: 1_350_000, currency: 'USD' });
  expect(costOf(price, 1)).toEqual({ micros: 2, currency: 'USD' });
  expect(costOf(price, 0)).toEqual({ micros: 0, currency: 'USD' });
});
