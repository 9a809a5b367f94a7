import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changedLimits } from '../../src/ledger/changed-limits.ts';
import { compareEnds } from '../../src/ledger/compare-ends.ts';
import { endTable } from '../../src/ledger/end-table.ts';
import type { ReadResult } from '../../src/ledger/read-result.ts';
import { sha256 } from '../../src/model/digest.ts';

const nameOf = (id: number): string => sha256(`appointment ${String(id)}`);

function result(id: number, outcome: string, reply?: string): ReadResult {
  const end = reply === undefined ? { outcome } : { outcome, reply };
  return { recipient: nameOf(id), state: 'done', isEnded: true, end, attempts: 1, seconds: 0, costs: [] };
}

const wave = fc.dictionary(fc.nat(40).map(String), fc.constantFrom('answered', 'busy', 'no_answer'));

describe('two waves', () => {
  test('are compared person by person, the most common change first', () => {
    const ends = compareEnds(2);
    [1, 2, 3, 4, 5].forEach((id) => ends.addA(result(id, 'no_answer')));
    ends.addA(result(6, 'busy'));
    ends.addB(result(6, 'answered', 'Confirm'));
    [2, 1, 3].forEach((id) => ends.addB(result(id, 'answered', 'Confirm')));
    [4, 9].forEach((id) => ends.addB(result(id, 'no_answer')));
    expect(ends.compared()).toEqual({
      in_both: 5,
      only_in_a: 1,
      only_in_b: 1,
      alike: 1,
      changes: [
        {
          from: { outcome: 'no_answer' },
          to: { outcome: 'answered', reply: 'Confirm' },
          recipients: 3,
          who: [nameOf(2), nameOf(1)],
        },
        {
          from: { outcome: 'busy' },
          to: { outcome: 'answered', reply: 'Confirm' },
          recipients: 1,
          who: [nameOf(6)],
        },
      ],
    });
  });

  test('add up: each person of either is in both, or in one alone', () => {
    fc.assert(
      fc.property(wave, wave, (a, b) => {
        const ends = compareEnds(100);
        Object.entries(a).forEach(([id, outcome]) => ends.addA(result(Number(id), outcome)));
        Object.entries(b).forEach(([id, outcome]) => ends.addB(result(Number(id), outcome)));
        const { in_both: both, only_in_a: onlyA, only_in_b: onlyB, alike, changes } = ends.compared();
        expect([both + onlyA, both + onlyB]).toEqual([Object.keys(a).length, Object.keys(b).length]);
        expect(alike + changes.reduce((sum, { recipients }) => sum + recipients, 0)).toBe(both);
        expect(changes.flatMap(({ who }) => who)).toHaveLength(both - alike);
        expect(changes.every(({ from, to }) => from.outcome !== to.outcome)).toBe(true);
      }),
    );
  });
});

test('a table of ends keeps what was put, however many there are', () => {
  const table = endTable(2);
  Array.from({ length: 5_000 }, (_, id) => id).forEach((id) => table.put(nameOf(id), id % 7));
  table.put(nameOf(3), 6);
  expect([0, 3, 4_999, 5_000].map((id) => table.get(nameOf(id)))).toEqual([0, 6, 4_999 % 7, undefined]);
});

test('limits are compared by their values, whatever order they stand in', () => {
  const one = { rate: { calls: 1, per_ms: 1 }, concurrency: 5, max_recipients: 3 };
  const other = { concurrency: 4, rate: { per_ms: 1, calls: 1 } };
  expect(changedLimits(one, one)).toEqual([]);
  expect(changedLimits(one, other)).toEqual(['concurrency', 'max_recipients']);
});
