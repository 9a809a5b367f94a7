import { expect, test } from 'vitest';
import { count, countOf, duration } from '../../src/report/quantity.ts';

test.each([
  [0, '0'],
  [999, '999'],
  [1000, '1,000'],
  [1_250_000, '1,250,000'],
])('writes %i as %s', (value, shown) => {
  expect(count(value)).toBe(shown);
});

test('puts a noun behind a count', () => {
  expect(countOf(1, 'recipient')).toBe('1 recipient');
  expect(countOf(1200, 'recipient')).toBe('1,200 recipients');
  expect(countOf(2, 'dispatch', 'dispatches')).toBe('2 dispatches');
});

test.each([
  [0, '0 s'],
  [1, '1 s'],
  [45_000, '45 s'],
  [59_500, '1 min'],
  [90_000, '1 min 30 s'],
  [3_599_999, '1 h'],
  [7_500_000, '2 h 5 min'],
  [259_200_000, '3 d'],
  [10_000_000_000, '115 d 18 h'],
])('writes %i ms as %s', (ms, shown) => {
  expect(duration(ms)).toBe(shown);
});
