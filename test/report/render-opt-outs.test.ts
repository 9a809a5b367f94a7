import { expect, test } from 'vitest';
import { renderOptOuts, renderOptOutsChanged } from '../../src/report/render-opt-outs.ts';
import type { ListedOptOut } from '../../src/report/opt-outs-report.ts';
import { viewWith } from '../../src/report/style.ts';

const view = viewWith({ columns: 80, color: false });
const common = { tool_version: '0.1.0', store: 'shared.db' };

test('lists the first twenty of many numbers, and says how many more there are', () => {
  const numbers = Array.from({ length: 23 }, () => ({ phone: '+234********01', change: 'added' as const }));
  const text = renderOptOutsChanged({ ...common, numbers, on_list: 23 }, view);
  expect(text.match(/ {2}added/g)).toHaveLength(20);
  expect(text).toContain('and 3 more; --format json lists all');
});

test('says of each who is on the list when and how, on lines that fit, and counts removals', () => {
  const note = { at: '2026-11-24T09:05:00.000Z', by: 'amina', because: null };
  const call = { kind: 'call', at: note.at, address: 'renewal/prod', wave: '2026-11', attempt: 2 } as const;
  const optOuts: readonly ListedOptOut[] = [
    { phone: '+234********01', source: call, removed: null },
    { phone: '+234********02', source: { kind: 'person', ...note }, removed: null },
    { phone: '+234********03', source: { kind: 'person', ...note, because: '\u001B[31masked' }, removed: note },
  ];
  expect(renderOptOuts({ ...common, exists: true, opt_outs: optOuts }, view)).toBe(`Opt-outs  shared.db

  +234********01  2026-11-24 09:05 UTC  said so in a call of renewal/prod,
      wave 2026-11, attempt 2
  +234********02  2026-11-24 09:05 UTC  by amina

  2 numbers are on the list: no campaign of this store calls them.
  1 removal on record: --format json shows them.
`);
});

test('takes out what a reason would do to the terminal', () => {
  const source = {
    kind: 'person',
    at: '2026-11-24T09:05:00.000Z',
    by: 'amina',
    because: '\u001B[31masked\nus',
  } as const;
  const one = { phone: '+234********01', source, removed: null };
  const text = renderOptOuts({ ...common, exists: true, opt_outs: [one] }, view);
  expect(text).toContain('by amina: asked us');
  expect(text).not.toContain('\u001B');
});
