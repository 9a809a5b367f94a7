import { expect, test } from 'vitest';
import { resultTable } from '../../src/ledger/result-table.ts';
import type { ResultRow, ResultWithInputs } from '../../src/model/wave.ts';
import { amaka, minute } from './clinic.ts';

function call(n: number, cost: string): ResultRow['attempts'][number] {
  const state = { kind: 'ended', outcome: n === 3 ? 'answered' : 'no_answer', seconds: 10 * n, cost } as const;
  return { n, intentMs: n * minute, endedMs: n * minute, state, definition: 'd', resourceId: 'wf_1', events: [] };
}

test.each([
  [['0 USD', '0.0038 USD'], '0.0038 USD'],
  [['0.06 USD', '1 EUR', '0.07 USD'], '0.13 USD; 1 EUR'],
  [['0.06 USD', 'free'], '0.06 USD; free'],
])('what the calls of one person cost is told as sums: %j', (costs, sum) => {
  const table = resultTable([], { transcripts: false, isoTime: String });
  const attempts = costs.map((cost, index) => call(index + 1, cost));
  const row: ResultWithInputs = {
    key: 'A-1',
    phone: amaka,
    standing: { kind: 'done' },
    row: {},
    variables: {},
    attempts,
  };
  expect(table.cells(row, undefined).at(table.columns.indexOf('callplan_cost'))).toBe(sum);
});
