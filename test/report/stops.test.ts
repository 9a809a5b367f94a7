import { describe, expect, test } from 'vitest';
import { renderBeforeCancel, renderCancelled } from '../../src/report/render-cancelled.ts';
import type { CancelledReport } from '../../src/report/cancelled-report.ts';
import { stopWords } from '../../src/report/stop-words.ts';
import { viewWith } from '../../src/report/style.ts';
import { renderPaused } from '../../src/report/render-wave-change.ts';
import { emptyCounts } from '../../src/model/wave.ts';
import type { PausedReport } from '../../src/report/wave-change-report.ts';
import { widthOf } from '../../src/report/width.ts';

const head = { address: 'clinic-reminders/prod', file: 'campaign.yaml', wave: '2026-11-24' };
const paused = { kind: 'paused', at: '2026-11-24T10:00:00+01:00', by: 'amina\u0007' } as const;
const cancelled = { ...paused, kind: 'cancelled' } as const;
const run = { hostname: 'reception', pid: 4711 };
const common = { ...head, tool_version: '0.1.0', diagnostics: [] };

const view = viewWith({ columns: 60, color: false });

/** What stands below the heading, each sentence on one line. */
function below(text: string): string {
  for (const line of text.split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(60);
  return text.split('\n').slice(3).join(' ').replaceAll(/\s+/g, ' ').trim();
}

test('says who stopped a wave and when', () => {
  expect(stopWords(paused)).toBe('paused by amina, 2026-11-24 10:00 +01:00');
});

describe('a pause', () => {
  const report: PausedReport = { ...common, was: null, stopped: paused, under_way: 0, run: null };
  const said = (change: Partial<PausedReport>): string => below(renderPaused({ ...report, ...change }, view));

  test.for<readonly [string, Partial<PausedReport>, string]>([
    ['of a wave that rests', {}, 'Paused. Nobody is called until it is resumed.'],
    [
      'of one that is run',
      { run, under_way: 1 },
      'Paused. Nobody is called until it is resumed. The run under way (process 4711 on reception) ends once its requests ' +
        'are answered. 1 call goes on; the next run follows it, and calls nobody.',
    ],
    [
      'of one that is paused',
      { was: paused, under_way: 2 },
      'It was paused by amina, 2026-11-24 10:00 +01:00; nothing was changed. Nobody is called until it is resumed. ' +
        '2 calls go on; the next run follows them, and calls nobody.',
    ],
    [
      'of one that is cancelled',
      { was: cancelled, stopped: cancelled },
      'It was cancelled by amina, 2026-11-24 10:00 +01:00; nothing was changed. Nobody is called any more in this wave.',
    ],
  ])('%s', ([, change, words]) => {
    expect(said(change)).toBe(words);
  });
});

describe('a cancel', () => {
  const before = { ...head, pending: 1, accepted: 0, doubtful: 0, cannot: undefined, run: null };
  const report: CancelledReport = {
    ...common,
    was: null,
    stopped: cancelled,
    skipped: 1,
    why: null,
    counts: emptyCounts,
    run: null,
    files: [],
  };

  test('shows before the question whom and what it is about', () => {
    expect(below(renderBeforeCancel(before, view))).toBe('cancel 1 person not called any more in this wave, for good');
    const more = { ...before, pending: 1204, accepted: 1, doubtful: 2, run };
    expect(below(renderBeforeCancel(more, view))).toBe(
      'cancel 1,204 people not called any more in this wave, for good under way 1 call, which the provider is asked to ' +
        'end in doubt 2 people, looked up as by a run run process 4711 on reception is under way, and sees to the calls',
    );
    expect(below(renderBeforeCancel({ ...more, cannot: 'no page says how' }, view))).toContain(
      'under way 1 call, to be followed to the end: no page says how',
    );
  });

  test('says what came of it', () => {
    expect(below(renderCancelled(report, view))).toBe('Cancelled, for good: 1 person is not called any more.');
    const left = { ...report, skipped: 2, run, why: 'the rest is\u0007 left', files: ['runs/manifest.json'] };
    expect(below(renderCancelled(left, view))).toBe(
      'Cancelled, for good: 2 people are not called any more. The run under way (process 4711 on reception) sees to the ' +
        'calls. Not all calls are over: the rest is left runs/manifest.json',
    );
    expect(below(renderCancelled({ ...report, was: cancelled, skipped: 0 }, view))).toBe(
      'It was cancelled by amina, 2026-11-24 10:00 +01:00; nobody of it is called any more.',
    );
  });
});
