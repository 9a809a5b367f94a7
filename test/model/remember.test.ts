import { expect, test } from 'vitest';
import { remember } from '../../src/model/remember.ts';

test('makes each result once, and forgets all of them when it is full', () => {
  const made: string[] = [];
  const recall = remember((text, zone) => {
    made.push(`${text} ${zone}`);
    return text.length;
  }, 2);
  expect([recall('09:00', 'Lagos'), recall('09:00', 'Lagos'), recall('09:00', 'Accra')]).toEqual([5, 5, 5]);
  expect(made).toEqual(['09:00 Lagos', '09:00 Accra']);
  recall('10:00', 'Lagos');
  recall('09:00', 'Lagos');
  expect(made).toHaveLength(4);
});
