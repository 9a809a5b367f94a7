import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { diffLines, diffWords, likeness } from '../../src/report/text-diff.ts';

test('finds the words that changed', () => {
  expect(diffWords('Press 1 to confirm, 2 to cancel.', 'Press 1 to confirm, 3 to cancel or ask.')).toEqual([
    { kind: 'kept', text: 'Press 1 to confirm,' },
    { kind: 'removed', text: '2' },
    { kind: 'added', text: '3' },
    { kind: 'kept', text: 'to' },
    { kind: 'removed', text: 'cancel.' },
    { kind: 'added', text: 'cancel or ask.' },
  ]);
});

test('finds the lines that changed', () => {
  expect(diffLines('a\nb\nc', 'a\nc\nd')).toEqual([
    { kind: 'kept', text: 'a' },
    { kind: 'removed', text: 'b' },
    { kind: 'kept', text: 'c' },
    { kind: 'added', text: 'd' },
  ]);
});

test('gives both texts back: what is kept and removed, what is kept and added', () => {
  const text = fc.array(fc.constantFrom('your', 'appointment', 'is', 'on', 'Monday'), { maxLength: 12 });
  fc.assert(
    fc.property(text, text, (before, after) => {
      const lines = diffLines(before.join('\n'), after.join('\n'));
      const without = (kind: string): string =>
        lines
          .filter((stretch) => stretch.kind !== kind)
          .map((stretch) => stretch.text)
          .join('\n');
      expect(without('added')).toBe(before.join('\n'));
      expect(without('removed')).toBe(after.join('\n'));
    }),
  );
});

test('says how alike two texts are', () => {
  expect(likeness(diffWords('', ''))).toBe(1);
  expect(likeness(diffWords('one two', 'one two'))).toBe(1);
  expect(likeness(diffWords('one two', 'three four'))).toBe(0);
  expect(likeness(diffWords('one two', 'one six'))).toBe(0.5);
});

test('does not spend minutes on texts that are long and have nothing in common', () => {
  const before = Array.from({ length: 3000 }, (_, index) => `a${String(index)}`).join('\n');
  const after = Array.from({ length: 3000 }, (_, index) => `b${String(index)}`).join('\n');
  const lines = diffLines(before, after);
  expect(lines.slice(0, 3000).every(({ kind }) => kind === 'removed')).toBe(true);
  expect(lines.slice(3000).every(({ kind }) => kind === 'added')).toBe(true);
});
