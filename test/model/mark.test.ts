import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { appendMark, parseMark, printMark, takeMark } from '../../src/model/mark.ts';
import type { Mark } from '../../src/model/plan.ts';

const mark: Mark = { address: 'clinic-reminders/prod', applied: '0123456789abcdef', store: '89abcdef' };

test('prints and reads one line', () => {
  const line = '[callplan:1 clinic-reminders/prod sha256:0123456789abcdef store:89abcdef]';
  expect(printMark(mark)).toBe(line);
  expect(parseMark(line)).toEqual(mark);
});

test('says with a dash that no store runs it yet', () => {
  const { store: _, ...unclaimed } = mark;
  expect(printMark(unclaimed)).toContain('store:-]');
  expect(parseMark(printMark(unclaimed))).toEqual(unclaimed);
});

test.each(['', 'Reminders', '[callplan:2 a/b sha256:0123456789abcdef store:-]', '[callplan:1 a/b sha256:012 store:-]'])(
  'takes %j for no mark',
  (line) => {
    expect(parseMark(line)).toBeUndefined();
  },
);

const lines = fc.array(fc.oneof(fc.string(), fc.constant(''), fc.constant(printMark(mark))), { maxLength: 4 });

test('gives every text back, even one that ends in a line like a mark', () => {
  fc.assert(
    fc.property(
      lines.map((parts) => parts.join('\n')),
      (text) => {
        const own = { ...mark, address: 'recall/default' };
        expect(takeMark(appendMark(text, own))).toEqual({ text, mark: own });
      },
    ),
  );
});

test('finds the mark below which somebody wrote a note', () => {
  expect(takeMark(`Reminders\n${printMark(mark)}\nask Ada`)).toEqual({ text: 'Reminders\nask Ada', mark });
});

test('leaves a text without a mark alone', () => {
  expect(takeMark('Reminders\n')).toEqual({ text: 'Reminders\n' });
});
