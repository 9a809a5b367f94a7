import { describe, expect, test } from 'vitest';
import type { Rehearsal, RehearsalReport } from '../../src/report/rehearsal-report.ts';
import { renderRehearsal } from '../../src/report/render-rehearsal.ts';
import { viewWith } from '../../src/report/style.ts';
import { widthOf } from '../../src/report/width.ts';

const plain = viewWith({ columns: 80, color: false });
const head = { address: 'clinic-reminders/prod', file: 'campaigns/clinic/campaign.yaml', wave: '2026-11-24' };
const row = { source: 'recipients.csv', line: 3, code: 'ROW_RAGGED', column: null, message: 'cells are missing' };

const report: RehearsalReport = {
  tool_version: '0.1.0',
  ...head,
  status: 'complete',
  why: null,
  dialled: 1200,
  counts: {
    recipients: 1232,
    states: { done: 1199, unresolved: 1, skipped: 32 },
    outcomes: { answered: 1100, no_answer: 99 },
    replies: { Confirm: 700, 'Call me back, please, as soon as you can': 200 },
    attempts: 1404,
    seconds: 90_061,
    waits: {},
    skips: { suppressed: 30, not_after: 2 },
  },
  recipients: {
    sources: ['recipients.csv'],
    rows: 1244,
    valid: 1202,
    repeated: 0,
    suppressed: 30,
    invalid: { rows: 12, allowed: 20, reasons: { ROW_RAGGED: 12 } },
    first_invalid: Array.from({ length: 12 }, (_, index) => ({ ...row, line: index + 3 })),
  },
  began_at: '2026-11-24T07:00:00.000Z',
  first_call_at: '2026-11-24T08:00:00.000Z',
  ended_at: '2026-11-26T08:00:00.000Z',
  calls_by_hour: [{ hour: '2026-11-24T08:00:00.000Z', calls: 1404 }],
  busiest_minute: { minute: '2026-11-24T08:00:00.000Z', calls: 60, open: 50 },
  recipients_by_attempts: [
    { attempts: 1, recipients: 1020 },
    { attempts: 2, recipients: 156 },
    { attempts: 3, recipients: 24 },
  ],
  minutes: 1501.02,
  cost: {
    currency: 'USD',
    price: 'file',
    per_minute: 0.125,
    low: 0,
    expected: 187.6275,
    high: 6750,
    bound: 'max_call',
  },
  canary: { calls: 10, through_at: '2026-11-24T08:02:00.000Z' },
  skipped: [
    { reason: 'suppressed', recipients: 30, ids: ['A-1007', 'A-1031', 'A-1050'] },
    { reason: 'not_after', recipients: 2, ids: ['A-1101', 'A-1102'] },
  ],
  unresolved: [{ reason: 'the look-up was refused: 403', recipients: 1, ids: ['A-1200'] }],
  notes: ['INTRON_API_KEY not set: a rehearsal needs no secret, plan and run do'],
  diagnostics: [],
};

const rehearsal: Rehearsal = {
  report,
  before: {
    ...head,
    provider: 'intron',
    resource: 'workflow, created first',
    toCall: 1200,
    fresh: 1200,
    called: 0,
    changed: 0,
    removed: 0,
    skips: { not_after: 2 },
    suppressed: 30,
    repeated: 0,
    invalid: report.recipients.invalid,
    execution: {
      windows: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], fromMinute: 540, toMinute: 1080 }],
      rate: { calls: 1, perMs: 1_000 },
      concurrency: 50,
      attempts: { max: 3, retry: {} },
      maxCallMs: 900_000,
    },
  },
  maxCallMs: 900_000,
  began: 'Tue 24 Nov 08:00 Africa/Lagos',
  first: 'Tue 24 Nov 09:00 Africa/Lagos',
  ended: 'Thu 26 Nov 09:00 Africa/Lagos',
  lastedMs: 172_800_000,
  busiest: 'Tue 24 Nov 09:00 Africa/Lagos',
  canaryThrough: 'Tue 24 Nov 09:02 Africa/Lagos',
  chart: {
    by: 'day',
    rows: [
      { label: 'Tue 24 Nov', calls: 1300, most: 900 },
      { label: 'Wed 25 Nov', calls: 104, most: 30 },
    ],
  },
  rejects: 'callplan validate campaigns/clinic --rejects rejects.csv',
  all: 'callplan rehearse campaigns/clinic --all',
};

describe.each([{ columns: 80 }, { columns: 60 }])('in $columns columns', ({ columns }) => {
  test('answers first, then says who is not called, then how it was set up', () => {
    const text = renderRehearsal(rehearsal, viewWith({ columns, color: false }));
    const wide = text.split('\n').filter((line) => widthOf(line) > columns && !line.includes('callplan '));
    expect(wide).toEqual([]);
    expect(text).toMatchSnapshot();
  });
});

test('says of one that was interrupted that it does not go on', () => {
  const text = renderRehearsal({ ...rehearsal, report: { ...report, status: 'interrupted' } }, plain);
  expect(text).toContain('Interrupted: the next rehearsal begins anew');
  expect(text).not.toContain('goes on');
});

test('says of a rehearsal in which nobody is called only when it ends', () => {
  const counts = { ...report.counts, states: {}, outcomes: {}, replies: {}, seconds: 0, attempts: 0 };
  const text = answersOf({
    counts,
    cost: null,
    canary: null,
    calls_by_hour: [],
    busiest_minute: null,
    recipients_by_attempts: [],
    first_call_at: null,
  });
  expect(text).not.toMatch(/first call|talked|cost|busiest|canary|Calls by/);
  expect(text).toContain('  would end   Thu 26 Nov 09:00 Africa/Lagos\n');
});

test('says when something would stop it, and why', () => {
  const text = answersOf({ status: 'tripped', why: 'the budget of 1,000 calls is used up' });
  expect(text).toContain('would stop  Thu 26 Nov 09:00');
  expect(text).toContain('the budget of 1,000 calls is used up');
});

test.each([
  [[{ attempts: 1, recipients: 1 }], '1 person, once'],
  [[{ attempts: 1, recipients: 3 }], '3 people, once each'],
  [[{ attempts: 9, recipients: 2 }], '2 people in 18 calls: 2 9 times'],
])('words the calls %j', (groups, words) => {
  expect(answersOf({ recipients_by_attempts: groups })).toContain(`called      ${words}\n`);
});

const cost = {
  ...report.cost,
  currency: 'USD',
  price: 'file',
  per_minute: 0.09,
  low: 0,
  expected: 1.5,
  high: 9,
} as const;

test.each([
  [null, 3, 'not known: execution.price says what a minute costs'],
  [
    { ...cost, bound: 'max_call' },
    1,
    'about 1.50 USD at 0.09 USD a minute; from 0.00, if nobody answers, to 9.00, if everybody talks for 15 min',
  ],
  [
    { ...cost, bound: 'max_call' },
    8,
    'about 1.50 USD at 0.09 USD a minute; from 0.00, if nobody answers, to 9.00, if everybody talks for 15 min 8 times',
  ],
  [
    { ...cost, price: 'sandbox', per_minute: 0.114, bound: 'budget' },
    3,
    'about 1.50 USD at the stand-in’s 0.114 USD a minute; from 0.00, if nobody answers, to 9.00, the budget',
  ],
] as const)('words the cost %j with %d attempts', (range, max, words) => {
  const execution = { ...rehearsal.before.execution, attempts: { max, retry: {} } };
  const before = { ...rehearsal.before, execution };
  const view = viewWith({ columns: 200, color: false });
  expect(renderRehearsal({ ...rehearsal, before, report: { ...report, cost: range } }, view)).toContain(
    `  cost        ${words}\n`,
  );
});

test('says of a canary that it is not over', () => {
  const { canaryThrough: _, ...rest } = rehearsal;
  const text = renderRehearsal({ ...rest, report: { ...report, canary: { calls: 1, through_at: null } } }, plain);
  expect(text).toContain('  canary      its 1 call is not over\n');
});

test('shows the first hours of many, in colour', () => {
  const rows = Array.from({ length: 16 }, (_, hour) => ({ label: `Tue 24 Nov ${String(hour)}:00`, calls: hour }));
  const text = renderRehearsal({ ...rehearsal, chart: { by: 'hour', rows } }, viewWith({ columns: 80, color: true }));
  expect(text).toContain('    and 2 hours more; --format json has all\n');
  expect(text).toContain('\u001B[36m▇');
});

test('names no command where everybody is named already', () => {
  const skipped = report.skipped.slice(1);
  expect(answersOf({ skipped })).not.toContain('--all');
  expect(answersOf({ skipped, unresolved: [] })).not.toContain('Unresolved');
  expect(answersOf({ skipped: [], unresolved: [] })).not.toContain('Skipped');
});

function answersOf(change: Partial<RehearsalReport>): string {
  const { first, busiest, canaryThrough, ...rest } = rehearsal;
  const isCalled = change.first_call_at !== null;
  return renderRehearsal(
    { ...rest, ...(isCalled ? { first, busiest, canaryThrough } : {}), report: { ...report, ...change } },
    plain,
  );
}
