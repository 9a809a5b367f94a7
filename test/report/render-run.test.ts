import { describe, expect, test } from 'vitest';
import { emptyCounts } from '../../src/model/wave.ts';
import { renderBeforeRun, type BeforeRun } from '../../src/report/before-run.ts';
import { namingSteps } from '../../src/report/count-words.ts';
import { renderRun } from '../../src/report/render-run.ts';
import type { RunReport } from '../../src/report/run-report.ts';
import { viewWith } from '../../src/report/style.ts';
import { renderResolved, renderResumed } from '../../src/report/render-wave-change.ts';
import { widthOf } from '../../src/report/width.ts';

const plain = viewWith({ columns: 80, color: false });
const narrow = viewWith({ columns: 60, color: false });
const head = { address: 'clinic-reminders/prod', file: 'campaigns/clinic/campaign.yaml', wave: '2026-11-24' };
const change = { tool_version: '0.1.0', ...head, diagnostics: [] };

const before: BeforeRun = {
  ...head,
  provider: 'intron',
  resource: 'workflow 7ab0b2a1-75f4-4e9f-8f8e-31a7ac0d3bd1, unchanged',
  toCall: 1210,
  fresh: 1200,
  called: 40,
  changed: 2,
  removed: 1,
  skips: { not_after: 2 },
  suppressed: 3,
  repeated: 4,
  invalid: { rows: 12, allowed: 20, reasons: { ROW_PHONE_INVALID: 9, ROW_RAGGED: 3 } },
  rejects: 'runs/clinic-reminders/prod/2026-11-24/rejects.csv',
  execution: {
    windows: [
      { days: ['mon', 'tue', 'wed', 'thu', 'fri'], fromMinute: 540, toMinute: 1080 },
      { days: ['sat'], fromMinute: 600, toMinute: 785 },
    ],
    rate: { calls: 30, perMs: 60_000 },
    concurrency: 20,
    attempts: { max: 3, retry: {} },
    maxCallMs: 900_000,
  },
  first: 'Tue 24 Nov 09:00 Africa/Lagos',
  last: 'Tue 24 Nov 09:41 Africa/Lagos',
};

const none: BeforeRun = {
  ...head,
  provider: 'intron',
  resource: 'workflow, created first',
  toCall: 0,
  fresh: 0,
  called: 0,
  changed: 0,
  removed: 0,
  skips: {},
  suppressed: 0,
  repeated: 0,
  invalid: { rows: 0, allowed: 0, reasons: {} },
  execution: {
    windows: 'always',
    rate: { calls: 1, perMs: 1000 },
    concurrency: 1,
    attempts: { max: 1, retry: {} },
    maxCallMs: 900_000,
  },
};

const run: RunReport = {
  ...change,
  tripped: null,
  status: 'incomplete',
  why: 'the others are due later',
  parent: null,
  dialled: 1250,
  counts: {
    recipients: 1300,
    states: { done: 1100, accepted: 5, intent: 1, in_doubt: 2, unresolved: 1, pending: 150, rejected: 10, skipped: 31 },
    outcomes: { answered: 1000, no_answer: 80, busy: 15, voicemail: 0, failed: 5 },
    replies: { Confirm: 700, 'Call me back, please, as soon as you can': 200 },
    attempts: 1400,
    seconds: 90_061,
    waits: { window: 100, retry: 50 },
    skips: { suppressed: 30, removed: 1, not_after: 0 },
  },
  stopped: null,
  calls_without_reference: [],
  files: ['runs/clinic-reminders/prod/2026-11-24/manifest.json', 'runs/clinic-reminders/prod/2026-11-24/results.jsonl'],
};

describe.each([
  { columns: 80, view: plain },
  { columns: 60, view: narrow },
])('in $columns columns', ({ columns, view }) => {
  test('shows all that a run is about to do', () => {
    expect(fitting(renderBeforeRun(before, view), columns)).toMatchSnapshot();
  });

  test('shows how a run ended in every state at once', () => {
    expect(fitting(renderRun(run, view), columns)).toMatchSnapshot();
  });
});

test('shows what a run does that calls nobody', () => {
  expect(renderBeforeRun(none, plain)).toMatchInlineSnapshot(`
    "clinic-reminders/prod  wave 2026-11-24
    campaigns/clinic/campaign.yaml

      resource    intron workflow, created first
      to call     nobody
      windows     at any time of day
      pace        1 call a second, 1 at once
    "
  `);
});

test.each([
  [{ calls: 1, perMs: 1000 }, '1 call a second'],
  [{ calls: 30, perMs: 60_000 }, '30 calls a minute'],
  [{ calls: 500, perMs: 3_600_000 }, '500 calls an hour'],
  [{ calls: 2, perMs: 90_000 }, '2 calls in 90000 ms'],
])('words the pace %j', (rate, words) => {
  expect(renderBeforeRun({ ...none, execution: { ...none.execution, rate } }, plain)).toContain(`${words}, 1 at once`);
});

test('words who is to be called, one or many, new or left', () => {
  const toCall = (more: Partial<BeforeRun>): string | undefined =>
    /to call +(.*)/.exec(renderBeforeRun({ ...none, ...more }, plain))?.[1];
  expect(toCall({ toCall: 1, fresh: 1 })).toBe('1 person');
  expect(toCall({ toCall: 1, fresh: 0 })).toBe('1 person (1 left from an earlier run)');
  expect(toCall({ toCall: 1200, fresh: 1200 })).toBe('1,200 people');
  expect(toCall({ toCall: 0, tripped: 'refused alike' })).toBe('nobody, until the wave is resumed');
});

test('says why a stopped wave calls nobody, and windows of every day', () => {
  const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
  const execution = { ...none.execution, windows: [{ days, fromMinute: 1320, toMinute: 125 }] };
  const text = renderBeforeRun({ ...none, execution, tripped: 'ten were refused alike\u0007' }, plain);
  expect(text).toContain('stopped     ten were refused alike\n');
  expect(text).toContain('every day 22:00–02:05');
});

test.each(['complete', 'incomplete', 'interrupted', 'tripped', 'stopped', 'running'])(
  'words the status %s',
  (status) => {
    const [, , , line] = renderRun({ ...run, status, why: null, counts: emptyCounts, files: [] }, plain).split('\n');
    expect(line).toMatchSnapshot();
  },
);

test('leaves no room for calls that stopped a wave where none did', () => {
  const tripped = { kind: 'budget', why: 'the budget is spent', at: '2026-11-24T10:00:00+01:00', calls: [] } as const;
  expect(renderRun({ ...run, status: 'tripped', tripped }, plain)).not.toContain('\n\n\n');
});

test('says of a run that ended who needs a decision', () => {
  const counts = { ...emptyCounts, recipients: 1, states: { unresolved: 1 }, attempts: 1, seconds: 1 };
  const text = renderRun({ ...run, status: 'complete', why: null, dialled: 1, counts, files: [] }, plain);
  expect(text).toMatchInlineSnapshot(`
    "clinic-reminders/prod  wave 2026-11-24
    campaigns/clinic/campaign.yaml

      Ended; a person has to decide about 1 recipient
      1 recipient, 1 called for the first time in this run

        ! 1  unresolved   not called again until a person decides

      talked for 1 s in 1 attempt
    "
  `);
});

test('lists calls without a reference, the first twenty', () => {
  const calls = Array.from({ length: 22 }, (_, index) => ({ phone: '+234********01', id: index === 0 ? null : 'c-1' }));
  const text = renderRun({ ...run, counts: emptyCounts, files: [], calls_without_reference: calls }, plain);
  expect(text).toContain('+234********01  no id\n');
  expect(text.match(/\+234/g)).toHaveLength(20);
  expect(text).toContain('and 2 more; --format json lists all');
});

test('stands out in colour', () => {
  const view = viewWith({ columns: 80, color: true });
  expect(renderRun({ ...run, status: 'complete', counts: emptyCounts }, view)).toContain('\u001B[32mComplete');
  expect(renderRun(run, view)).toContain('\u001B[33mIncomplete');
});

test('says whom a person settled', () => {
  const many = Array.from({ length: 21 }, (_, index) => `A-${String(index)}`);
  const resolved = (as: 'called' | 'not-called', recipients: readonly string[]): string =>
    renderResolved({ ...change, as, recipients }, plain)
      .split('\n')
      .slice(3)
      .join('\n');
  expect(resolved('called', [])).toBe('  Nobody is unresolved; nothing was changed.\n');
  expect(resolved('called', ['A-1'])).toBe('  1 recipient settled as called: not called again in this wave\n    A-1\n');
  expect(resolved('not-called', many)).toContain(
    '  21 recipients settled as not called: the next run may call them\n    A-0\n',
  );
  expect(resolved('not-called', many)).toContain('    and 1 more; --format json lists all\n');
});

test('says whether a wave was let go on', () => {
  const resumed = (was: string | null): string =>
    renderResumed({ ...change, was, stopped: null }, narrow)
      .split('\n')
      .slice(3)
      .join('\n');
  expect(resumed(null)).toBe('  It was not stopped; nothing was changed.\n');
  expect(fitting(resumed('10 recipients in a row were refused alike: the number is not in service'), 60)).toBe(
    '  It may be run again.\n  It had stopped because 10 recipients in a row were refused\n  alike: the number is not in service\n',
  );
});

/** The text, if no line of it is too wide. */
function fitting(text: string, columns: number): string {
  const wide = text.split('\n').filter((line) => widthOf(line) > columns && !line.includes('callplan '));
  expect(wide).toEqual([]);
  return text;
}

test('says what to write where nobody said what a status means', () => {
  expect(namingSteps([], 'campaign.yaml')).toEqual([]);
  const unknown = ['ESCALATED', 'on hold'].map((status) => ({ status, calls: 2 }));
  expect(namingSteps(unknown, 'campaign.yaml')).toEqual([
    'say in campaign.yaml how such a call ends, as in:',
    'provider: {statuses: {ESCALATED: no_answer, "on hold": no_answer}}',
  ]);
});
