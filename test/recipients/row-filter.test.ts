import { expect, test } from 'vitest';
import { rowFilter } from '../../src/recipients/row-filter.ts';
import type { Condition } from '../../src/model/source.ts';

const at = { file: 'campaign.yaml', line: 12, col: 9 };

function is(
  column: string,
  condition: { in?: string[]; not?: string[]; before?: string; after?: string },
): Condition[] {
  const { in: one, not, before, after } = condition;
  return [
    ...(one === undefined ? [] : [{ column, at, kind: 'in' as const, values: one }]),
    ...(not === undefined ? [] : [{ column, at, kind: 'not' as const, values: not }]),
    ...(before === undefined ? [] : [{ column, at, kind: 'before' as const, limit: before }]),
    ...(after === undefined ? [] : [{ column, at, kind: 'after' as const, limit: after }]),
  ];
}

test.each([
  [{ in: ['yes'] }, 'yes', 'read'],
  [{ in: ['yes'] }, ' yes ', 'read'],
  [{ in: ['yes'] }, 'Yes', 'left_out'],
  [{ in: ['yes'] }, undefined, 'left_out'],
  [{ in: [''] }, undefined, 'read'],
  [{ in: ['A', 'B'] }, 'B', 'read'],
  [{ not: ['cancelled'] }, 'due', 'read'],
  [{ not: ['cancelled'] }, undefined, 'read'],
  [{ not: ['cancelled', 'done'] }, 'done', 'left_out'],
  [{ after: '2026-11-23' }, '2026-11-24', 'read'],
  [{ after: '2026-11-24' }, '2026-11-24T23:59', 'left_out'],
  [{ before: '2026-11-24' }, '2026-11-23T23:59+05:00', 'read'],
  [{ before: '2027-01-01' }, '2026-12-31', 'read'],
  [{ after: '2026-11-24T10:00' }, '2026-11-24T10:00', 'left_out'],
  [{ after: '2026-11-24T10:00' }, '2026-11-24T10:00:01', 'read'],
  [{ after: '2026-11-24T10:00Z' }, '2026-11-24T10:30+01:00', 'left_out'],
  [{ before: '2026-03-01T00:00Z' }, '2026-02-28T23:59:59.999Z', 'read'],
  [{ after: '2026-11-23', before: '2026-11-25' }, '2026-11-24', 'read'],
  [{ after: '2026-11-23', before: '2026-11-25' }, '2026-11-26', 'left_out'],
])('a cell that must be %j and is %j is %s', (condition, cell, judged) => {
  const judge = rowFilter(is('visit', condition));
  expect(judge(cell === undefined ? {} : { visit: cell })).toBe(judged);
});

test.each([
  ['2026-11-24', undefined],
  ['2026-11-24', '24/11/2026'],
  ['2026-11-24', '2026-11-31'],
  ['2026-11-24T10:00', '2026-11-24'],
  ['2026-11-24T10:00', '2026-11-24T10:00Z'],
])('whether %s is before %j cannot be judged, and nobody is left out in silence', (limit, cell) => {
  const judge = rowFilter(is('visit', { before: limit }));
  expect(judge(cell === undefined ? {} : { visit: cell })).toEqual({ code: 'ROW_FILTER', column: 'visit' });
});

test('a row that another condition leaves out needs no date', () => {
  const judge = rowFilter([...is('visit', { after: '2026-11-24' }), ...is('consent', { in: ['yes'] })]);
  expect(judge({ visit: 'soon', consent: 'no' })).toBe('left_out');
});
