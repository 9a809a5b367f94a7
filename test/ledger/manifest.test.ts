import { describe, expect, test } from 'vitest';
import { manifestCounts, manifestFolder, manifestLimits, manifestRun } from '../../src/ledger/manifest.ts';
import { resultLine, type ResultLine } from '../../src/ledger/result-line.ts';
import type { AttemptState } from '../../src/model/attempt.ts';
import type { Standing } from '../../src/model/standing.ts';
import { hmac } from '../../src/model/digest.ts';
import { emptyTally } from '../../src/model/tally.ts';
import type { Counts, ResultRow, ResultWithInputs } from '../../src/model/wave.ts';
import { amaka, minute, policy, startMs, states } from './clinic.ts';

const nameOf = (key: string) => hmac('key of the store', key);
const isoTime = (ms: number) => new Date(ms).toISOString();

type AttemptOfRow = ResultRow['attempts'][number];

function attemptOf(state: AttemptState, change: Partial<AttemptOfRow> = {}): AttemptOfRow {
  return {
    n: 1,
    intentMs: startMs,
    state,
    definition: 'sha256:1',
    resourceId: 'wf_1',
    events: ['intended', 'accepted', 'ended'],
    ...change,
  };
}

const answered: AttemptState = {
  kind: 'ended',
  outcome: 'answered',
  handle: { batchId: 'b1', callId: 'c1' },
  reply: { option: '1', label: 'Confirm' },
  seconds: 31,
  cost: '0.05',
  status: 'COMPLETED',
};

function row(standing: Standing, attempts: readonly AttemptOfRow[]): ResultWithInputs {
  return {
    key: 'A-100',
    phone: amaka,
    standing,
    row: { first_name: 'Amaka', last_name: 'Okonkwo', mobile: '0803 000 0001' },
    variables: { patient_name: 'Amaka Okonkwo' },
    attempts,
  };
}

function line(standing: Standing, ...attempts: readonly AttemptOfRow[]): ResultLine {
  return resultLine(row(standing, attempts), nameOf, isoTime);
}

describe('a line of the results', () => {
  test('says of a call that ended what it came to, with times and ids apart', () => {
    const ended = attemptOf(answered, { endedMs: startMs + minute });
    expect(line({ kind: 'done' }, ended)).toEqual({
      recipient: nameOf('A-100'),
      state: 'done',
      outcome: 'answered',
      reply: { option: '1', label: 'Confirm' },
      attempts: [
        {
          n: 1,
          state: 'ended',
          outcome: 'answered',
          reply: { option: '1', label: 'Confirm' },
          seconds: 31,
          cost: '0.05',
          definition: 'sha256:1',
          evidence: ['intended', 'accepted', 'ended'],
        },
      ],
      record: {
        attempts: [
          {
            n: 1,
            started_at: isoTime(startMs),
            ended_at: isoTime(startMs + minute),
            resource_id: 'wf_1',
            batch_id: 'b1',
            call_id: 'c1',
            status: 'COMPLETED',
          },
        ],
      },
    });
  });

  test('says nothing that nobody knows', () => {
    const bare = attemptOf({ kind: 'ended', outcome: 'unknown' });
    const { attempts, record, ...rest } = line({ kind: 'done' }, bare);
    expect(rest).toEqual({ recipient: nameOf('A-100'), state: 'done', outcome: 'unknown' });
    expect(attempts[0]).toEqual({
      n: 1,
      state: 'ended',
      outcome: 'unknown',
      definition: 'sha256:1',
      evidence: ['intended', 'accepted', 'ended'],
    });
    expect(record.attempts[0]).toEqual({ n: 1, started_at: isoTime(startMs), resource_id: 'wf_1' });
  });

  const pending: Standing = { kind: 'pending', n: 2, dueMs: startMs, why: 'retry' };

  test.each([
    ['not yet called', { kind: 'pending', n: 1, dueMs: startMs, why: 'window' }, undefined, 'pending', 'window'],
    ['to be called again', pending, states.ended, 'pending', 'retry'],
    ['skipped', { kind: 'skipped', reason: 'suppressed' }, undefined, 'skipped', 'suppressed'],
    ['being sent', { kind: 'open' }, states.intent, 'intent', undefined],
    ['being called', { kind: 'open' }, states.accepted, 'accepted', undefined],
    ['perhaps called', { kind: 'open' }, states.in_doubt, 'in_doubt', undefined],
    ['open without an attempt', { kind: 'open' }, undefined, 'open', undefined],
    ['refused', { kind: 'rejected' }, states.rejected, 'rejected', 'HTTP 422'],
    ['for a person to settle', { kind: 'unresolved' }, states.unresolved, 'unresolved', 'two calls could be this one'],
    ['unresolved without a word', { kind: 'unresolved' }, undefined, 'unresolved', undefined],
  ] as const)('of one who is %s', (_who, standing, attempt, state, reason) => {
    const made = attempt === undefined ? line(standing) : line(standing, attemptOf(attempt));
    expect(made.state).toBe(state);
    expect(made.reason).toBe(reason);
    expect(made).not.toHaveProperty('outcome');
  });

  test('of each attempt that came to nothing has the reason', () => {
    const [voided, refused] = line({ kind: 'rejected' }, attemptOf(states.voided), attemptOf(states.rejected)).attempts;
    expect([voided?.reason, refused?.reason]).toEqual(['HTTP 429', 'HTTP 422']);
  });

  test('holds no number, no name, no key and no text of the recipient, in whatever state', () => {
    const standings: readonly Standing[] = [{ kind: 'done' }, { kind: 'open' }, { kind: 'rejected' }, pending];
    for (const standing of standings) {
      for (const state of [answered, ...Object.values(states)]) {
        const text = JSON.stringify(state === undefined ? line(standing) : line(standing, attemptOf(state)));
        expect(text).not.toMatch(/Amaka|Okonkwo|A-100|803\D*000\D*0001|cp1\./i);
      }
    }
  });

  test('is the same for equal inputs, but for its record', () => {
    const one = line({ kind: 'done' }, attemptOf(answered, { endedMs: startMs }));
    const handle = { batchId: 'b7', callId: 'c7' };
    const other = line(
      { kind: 'done' },
      attemptOf({ ...answered, handle }, { intentMs: startMs + 5, resourceId: 'wf_2' }),
    );
    const withoutRecord = ({ record, ...rest }: ResultLine) => {
      expect(record.attempts).toHaveLength(1);
      return JSON.stringify(rest);
    };
    expect(withoutRecord(one)).toBe(withoutRecord(other));
    expect(JSON.stringify(one.record)).not.toBe(JSON.stringify(other.record));
  });

  test('names a recipient only by a key that another store does not have', () => {
    const other = resultLine(row({ kind: 'done' }, []), (key) => hmac('another key', key), isoTime);
    expect(other.recipient).not.toBe(line({ kind: 'done' }).recipient);
    expect(other.recipient).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('counts', () => {
  const counts: Counts = {
    recipients: 4,
    states: { skipped: 1, done: 3 },
    outcomes: { no_answer: 1, answered: 2 },
    replies: { Confirm: 1, Cancel: 1 },
    attempts: 5,
    seconds: 100,
    waits: {},
    skips: { zone_unknown: 1, suppressed: 0 },
  };

  test('have minutes to two decimals', () => {
    expect(manifestCounts(counts, emptyTally).minutes).toBe(1.67);
  });

  test('are the same bytes in whatever order a store counts', () => {
    const turned: Counts = {
      ...counts,
      states: { done: 3, skipped: 1 },
      outcomes: { answered: 2, no_answer: 1 },
      replies: { Cancel: 1, Confirm: 1 },
      skips: { suppressed: 0, zone_unknown: 1 },
    };
    expect(JSON.stringify(manifestCounts(turned, emptyTally))).toBe(JSON.stringify(manifestCounts(counts, emptyTally)));
    expect(Object.keys(manifestCounts(counts, emptyTally).states)).toEqual(['done', 'skipped']);
  });
});

describe('limits', () => {
  const execution = {
    ...policy,
    concurrency: 50,
    rate: { calls: 1, perMs: 1_000 },
    batchSize: 20,
    windows: 'always',
    maxCallMs: 15 * minute,
  } as const;

  test('are named as in the file', () => {
    const windows = [{ days: ['mon', 'tue'], fromMinute: 540, toMinute: 1080 }] as const;
    const guards = { maxRecipients: 500, maxNewRecipients: 100 };
    expect(manifestLimits({ guards, execution: { ...execution, windows } })).toEqual({
      max_recipients: 500,
      max_new_recipients: 100,
      concurrency: 50,
      rate: { calls: 1, per_ms: 1_000 },
      batch_size: 20,
      max_attempts: 3,
      windows: [{ days: ['mon', 'tue'], from_minute: 540, to_minute: 1080 }],
    });
  });

  test('that the file does not set are not there', () => {
    const limits = manifestLimits({ guards: {}, execution });
    expect(Object.keys(limits)).toEqual(['concurrency', 'rate', 'batch_size', 'max_attempts', 'windows']);
    expect(limits.windows).toBe('always');
  });
});

test('a run that is under way has neither an end nor an exit code', () => {
  const run = { run: 'r1', startedMs: startMs, definition: 'sha256:1', toolVersion: '1.0.0' };
  expect(manifestRun(run, isoTime)).toEqual({
    run: 'r1',
    started_at: isoTime(startMs),
    definition: 'sha256:1',
    tool_version: '1.0.0',
  });
  expect(manifestRun({ ...run, endedMs: startMs + 5, exit: 10 }, isoTime)).toMatchObject({
    ended_at: isoTime(startMs + 5),
    exit_code: 10,
  });
});

test('a wave has a folder of its own', () => {
  const address = { campaign: 'clinic-reminders', environment: 'prod' };
  expect(manifestFolder(address, '2026-11-24')).toBe('runs/clinic-reminders/prod/2026-11-24');
});
