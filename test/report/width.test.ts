import { expect, test } from 'vitest';
import { styleOf } from '../../src/report/style.ts';
import { fit, padEnd, padStart, widthOf, wrap } from '../../src/report/width.ts';

test.each([
  ['', 0],
  ['Confirm', 7],
  ['Ọlámidé', 7],
  ['e\u0301', 1],
  ['日本', 4],
  ['☎️ 📞', 4],
  [styleOf({ color: true }).red('no'), 2],
])('measures %j as %i columns', (text, width) => {
  expect(widthOf(text)).toBe(width);
});

test('pads by columns, not by characters', () => {
  expect(padEnd('日本', 6)).toBe('日本  ');
  expect(padStart('12', 4)).toBe('  12');
  expect(padEnd('longer', 3)).toBe('longer');
});

test('cuts text that does not fit and says so', () => {
  expect(fit('Garki Hospital', 14)).toBe('Garki Hospital');
  expect(fit('Garki Hospital', 8)).toBe('Garki H…');
  expect(fit('Garki Hospital', 7)).toBe('Garki…');
  expect(fit('日本語', 4)).toBe('日…');
});

test('wraps numbers with what they count', () => {
  expect(wrap('within max_invalid: 1 ROW_RAGGED, 12,000 ROW_QUOTES', 36)).toEqual([
    'within max_invalid: 1 ROW_RAGGED,',
    '12,000 ROW_QUOTES',
  ]);
  expect(wrap('called once (1 of 2), then 3', 14)).toEqual(['called once', '(1 of 2), then', '3']);
});

test('wraps at spaces, keeps line ends, and breaks words that are longer than a line', () => {
  expect(wrap('Your appointment is on Monday', 16)).toEqual(['Your appointment', 'is on Monday']);
  expect(wrap('one\n\ntwo', 16)).toEqual(['one', '', 'two']);
  expect(wrap('for 3 retries', 6)).toEqual(['for 3', 'retrie', 's']);
  expect(wrap('a 0123456789', 4)).toEqual(['a', '0123', '4567', '89']);
});
