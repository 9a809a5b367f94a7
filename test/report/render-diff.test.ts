import { expect, test } from 'vitest';
import type { DiffReport, DiffSide } from '../../src/report/diff-report.ts';
import { renderDiff } from '../../src/report/render-diff.ts';
import { viewWith } from '../../src/report/style.ts';
import { widthOf } from '../../src/report/width.ts';

const side: DiffSide = {
  file: `runs/${'garage-recall/prod-south-east/'.repeat(4)}manifest.json`,
  address: 'garage-recall/prod',
  wave: '2026-11',
  status: 'complete',
  parent: null,
  record: { runs: 2, started_at: null, ended_at: null, tool_version: '0.1.0', commit: null },
};

const counts = {
  recipients: 1200,
  states: { done: 1200 },
  outcomes: { answered: 1000, no_answer: 200 },
  replies: { ['Yes, please call me back about it tomorrow morning']: 1000 },
  skipped: {},
  attempts: 1200,
  minutes: 800.5,
  costs: ['12.50 USD'],
};

const report: DiffReport = {
  tool_version: '0.1.0',
  same: false,
  a: side,
  b: {
    ...side,
    wave: '2026-12',
    status: 'incomplete',
    parent: { wave: '2026-11', run: 'a', only: ['busy', 'no_answer'] },
    record: { ...side.record, started_at: '2026-11-24T09:00:00.000Z', commit: '0123456789abcdef' },
  },
  digests: [
    { name: 'definition', a: 'a', b: 'b' },
    { name: 'of_a_version_to_come', a: 'a', b: 'b' },
  ],
  limits: ['concurrency', 'max_attempts', 'max_recipients', 'rate', 'windows'],
  counts: {
    a: counts,
    b: { ...counts, states: { done: 1, in_doubt: 3, skipped: 1 }, skipped: { odd: 1 }, costs: ['3 EUR'] },
  },
  recipients: {
    kind: 'compared',
    in_both: 1100,
    only_in_a: 100,
    only_in_b: 0,
    alike: 0,
    changes: Array.from({ length: 32 }, (_, index) => ({
      from: { outcome: 'in_doubt' },
      to: {
        outcome: 'answered',
        reply: `a reply of many words that goes on and on to the end of the line ${String(index)}`,
      },
      recipients: 32 - index,
      who: [],
    })),
  },
  diagnostics: [],
};

const view = viewWith({ columns: 60, color: false });

test('a comparison fits the width, and counts what it does not list', () => {
  const text = renderDiff(report, view);
  expect(text.split('\n').filter((line) => widthOf(line) > view.columns)).toEqual([]);
  expect(text).toContain('1,100 recipients in both, 100 only in A, none only in B');
  expect(text).toContain('and 2 more kinds of change; --format json lists all');
  expect(text).toMatchSnapshot();
});

test('a comparison of equals says so, and why people cannot be told again', () => {
  const same: DiffReport = {
    ...report,
    same: true,
    b: side,
    digests: [],
    limits: [],
    counts: { a: counts, b: counts },
    recipients: { kind: 'unknown', why: 'they name recipients by different keys (1 and 2)' },
  };
  const text = renderDiff(same, view);
  expect(text).toContain('No difference');
  expect(text).toContain('Configured alike');
  expect(text).toContain('cannot be told');
});

test('a comparison tells what is less, who is new, and when it ended', () => {
  const later = { ...side.record, started_at: '2026-11-24T09:00:00.000Z', ended_at: '2026-11-24T09:10:00.000Z' };
  const fewer = { ...counts, recipients: 3, outcomes: { busy: 3 }, states: { done: 3 }, replies: {}, minutes: 1 };
  const text = renderDiff(
    {
      ...report,
      a: { ...side, record: later },
      limits: [],
      digests: [{ name: 'templates', a: 'a', b: 'b' }],
      counts: { a: counts, b: { ...fewer, costs: [] } },
      recipients: {
        kind: 'compared',
        in_both: 1,
        only_in_a: 0,
        only_in_b: 2,
        alike: 1,
        changes: [{ from: { outcome: 'no_answer' }, to: { outcome: 'busy' }, recipients: 1, who: [] }],
      },
    },
    view,
  );
  expect(text).toContain("Differ: recipients' templates");
  expect(text).toMatch(/recipients +1,200 +3 +-1,197\n/);
  expect(text).toMatch(/busy +0 +3 +\+3\n/);
  expect(text).toMatch(/minutes +800\.50 +1\.00 +-799\.50\n/);
  expect(text).toContain('1 recipient in both, none only in A, 2 only in B');
  expect(text).toContain('1  no answer → busy');
  expect(text).toContain('1  ended alike');
  expect(text).toContain('2026-11-24 09:00:00Z to 2026-11-24 09:10:00Z');
});
