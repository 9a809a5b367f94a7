import { expect, test } from 'vitest';
import { hang } from '../../src/report/hang.ts';
import { viewWith } from '../../src/report/style.ts';

test('hangs further lines below the text, not below what heads it', () => {
  expect(hang('calls nobody before nine', 18, { first: '- now: ' })).toEqual([
    '- now: calls',
    '       nobody',
    '       before nine',
  ]);
});

test('counts no columns for the colours of the head', () => {
  const { style } = viewWith({ columns: 18, color: true });
  expect(hang('calls nobody', 14, { first: style.bold('now: ') })).toEqual([
    `${style.bold('now: ')}calls`,
    '     nobody',
  ]);
});

test('puts what is told before further lines, and keeps all of them within the columns', () => {
  expect(hang('calls nobody before nine', 16, { first: '', rest: '    ' })).toEqual([
    'calls nobody',
    '    before nine',
  ]);
});
