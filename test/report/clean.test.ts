import { expect, test } from 'vitest';
import { cleanLine, cleanText } from '../../src/report/clean.ts';

test('takes escape sequences and control characters out of data', () => {
  expect(cleanLine('\u001B[31mred\u001B[0m\u0007 bell\u0000')).toBe('red bell');
  expect(cleanLine('\u001B]8;;https://evil.example\u0007click\u001B]8;;\u0007')).toBe('click');
});

test('takes marks out that would turn the writing direction', () => {
  expect(cleanLine('+234\u202E 8012')).toBe('+234 8012');
});

test('keeps line ends of text, and none in a line', () => {
  expect(cleanText('one\r\ntwo\u2028three')).toBe('one\ntwo\nthree');
  expect(cleanLine('one\r\n\ttwo')).toBe('one two');
});
