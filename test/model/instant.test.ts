import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseInstant, printInstant } from '../../src/model/instant.ts';

test('reads every instant as Date does', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
      (date) => parseInstant(date.toISOString()) === date.getTime(),
    ),
  );
});

test.each([
  ['2024-03-20T10:30:05Z', Date.UTC(2024, 2, 20, 10, 30, 5)],
  ['2024-03-20T10:30:05+01:00', Date.UTC(2024, 2, 20, 9, 30, 5)],
  ['2024-03-20T10:30:05.123456-0530', Date.UTC(2024, 2, 20, 16, 0, 5, 123)],
  ['2024-02-29T00:00:00Z', Date.UTC(2024, 1, 29)],
])('reads %s', (text, ms) => {
  expect(parseInstant(text)).toBe(ms);
});

test.each(['2024-03-20T10:30:05', '2024-03-20', '2023-02-29T00:00:00Z', 'yesterday', ''])(
  'takes %j for no instant',
  (text) => {
    expect(parseInstant(text)).toBeUndefined();
  },
);

test('prints to the second what it reads', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
      (date) => printInstant(date.getTime()) === date.toISOString().replace(/\.\d+/, ''),
    ),
  );
});
