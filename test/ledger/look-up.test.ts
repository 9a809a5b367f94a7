import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evolve } from '../../src/ledger/evolve.ts';
import { lookUpEvent, lookUpFailure } from '../../src/ledger/look-up.ts';
import type { Match } from '../../src/ledger/match.ts';
import type { AttemptState } from '../../src/model/attempt.ts';
import { attempt, inDoubt, minute, policy, second, sighting, startMs, states } from './clinic.ts';

const settledMs = startMs + 5 * minute;
const absent: Match = { kind: 'absent' };

function look(
  match: Match,
  listing: { readonly complete?: boolean; readonly begunMs?: number } = {},
  state: AttemptState = inDoubt(),
) {
  return lookUpEvent(attempt({ state }), match, { complete: true, begunMs: settledMs, ...listing }, policy);
}

describe('presence', () => {
  const shown = sighting({ batchId: 'b1', callId: 'c1', status: 'QUEUED' });

  test('by reference counts at once, from any listing', () => {
    const match: Match = { kind: 'present', sighting: shown, certain: true };
    expect(look(match, { complete: false, begunMs: startMs })).toEqual({
      kind: 'seen',
      handle: { batchId: 'b1', callId: 'c1' },
      status: 'QUEUED',
    });
  });

  test('by number and time counts only after settling, as the right call may not be listed yet', () => {
    const match: Match = { kind: 'present', sighting: sighting({ callId: 'c1' }), certain: false };
    expect(look(match, { begunMs: settledMs - 1 })).toBeUndefined();
    expect(look(match)).toEqual({ kind: 'seen', handle: { callId: 'c1' } });
  });
});

describe('absence', () => {
  test('is nothing in a listing that was begun before settling, even if it came after', () => {
    expect(look(absent, { begunMs: settledMs - 1 })).toBeUndefined();
  });

  test('is two complete listings without it', () => {
    expect(look(absent)).toEqual({ kind: 'not_seen' });
    expect(look(absent, {}, inDoubt({ looks: 1 }))).toMatchObject({ kind: 'voided' });
  });

  test('is one complete listing where the provider refused the whole batch', () => {
    const refused = inDoubt({ needs: 1 });
    expect(look(absent, { begunMs: startMs }, refused)).toMatchObject({ kind: 'voided' });
    expect(look(absent, { begunMs: startMs, complete: false }, refused)).toMatchObject({ kind: 'look_failed' });
  });

  test('is not a listing that is not complete: that is a look-up that failed', () => {
    expect(look(absent, { complete: false }, inDoubt({ looks: 1 }))).toEqual({
      kind: 'look_failed',
      reason: 'the listing did not come complete',
    });
  });

  test('is given up when no listing came complete for 15 minutes', () => {
    const state = inDoubt({ looks: 1, failingSinceMs: settledMs });
    expect(look(absent, { complete: false, begunMs: settledMs + 15 * minute }, state)).toEqual({
      kind: 'gave_up',
      reason: 'look-up failed: the listing did not come complete',
    });
  });

  test('is of no interest for an attempt that is not in doubt', () => {
    expect(look(absent, {}, states.accepted)).toBeUndefined();
  });

  const anyListing = fc.record({
    laterMs: fc.nat(4 * minute),
    came: fc.constantFrom('complete', 'complete', 'incomplete', 'failed', 'restarted'),
  });

  test('takes two complete listings begun after settling and since the last restart, for any sequence of listings', () => {
    fc.assert(
      fc.property(
        fc.array(anyListing, { maxLength: 40 }),
        fc.constantFrom(1 as const, 2 as const),
        (listings, needs) => {
          let state: AttemptState = inDoubt({ needs });
          let nowMs = startMs;
          let sinceMs = startMs;
          let settled = 0;
          let failingSinceMs: number | undefined;
          for (const { laterMs, came } of listings) {
            nowMs += laterMs;
            const hasSettled = nowMs >= sinceMs + (needs === 1 ? 0 : 5 * minute);
            const event =
              came === 'restarted'
                ? { kind: came }
                : came === 'failed'
                  ? lookUpFailure(attempt({ state }), { reason: '503', forbidden: false, nowMs }, policy)
                  : lookUpEvent(attempt({ state }), absent, { complete: came === 'complete', begunMs: nowMs }, policy);
            if (came === 'restarted') {
              [sinceMs, settled, failingSinceMs] = [nowMs, 0, undefined];
            } else if (!hasSettled) {
              expect(event).toBeUndefined();
            } else if (came === 'complete') {
              [settled, failingSinceMs] = [settled + 1, undefined];
            }
            const mayGiveUp = failingSinceMs !== undefined && nowMs - failingSinceMs >= 15 * minute;
            if (event?.kind === 'look_failed') failingSinceMs ??= nowMs;
            expect(event?.kind === 'voided').toBe(hasSettled && came === 'complete' && settled === needs);
            expect(event?.kind === 'gave_up').toBe(mayGiveUp && (came === 'failed' || came === 'incomplete'));
            if (event !== undefined) state = evolve(state, event, nowMs) ?? state;
            if (state.kind !== 'in_doubt') return;
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('what cannot be told', () => {
  test.each([
    ['ambiguous', 'two calls could be this one'],
    ['foreign', 'a call to this number without our reference exists'],
  ] as const)('is unresolved: %s', (kind, reason) => {
    expect(look({ kind }, { begunMs: settledMs - second })).toBeUndefined();
    expect(look({ kind })).toEqual({ kind: 'gave_up', reason });
  });
});

describe('a look-up that failed', () => {
  const failed = { reason: 'GET /calls answered 503', forbidden: false, nowMs: settledMs };

  test('is noted and done again', () => {
    expect(lookUpFailure(attempt({ state: inDoubt() }), failed, policy)).toEqual({
      kind: 'look_failed',
      reason: 'GET /calls answered 503',
    });
  });

  test('does not count before settling, when a listing would say nothing either', () => {
    const early = { ...failed, nowMs: settledMs - 1 };
    expect(lookUpFailure(attempt({ state: inDoubt() }), early, policy)).toBeUndefined();
  });

  test('is given up after 15 minutes without a break', () => {
    const failing = attempt({ state: inDoubt({ failingSinceMs: settledMs }) });
    const after = (ms: number) => lookUpFailure(failing, { ...failed, nowMs: settledMs + ms }, policy)?.kind;
    expect([after(15 * minute - 1), after(15 * minute)]).toEqual(['look_failed', 'gave_up']);
  });

  test('is given up at once where asking again will not help', () => {
    const forbidden = { reason: 'GET /calls answered 403', forbidden: true, nowMs: startMs };
    expect(lookUpFailure(attempt({ state: inDoubt() }), forbidden, policy)).toEqual({
      kind: 'gave_up',
      reason: 'look-up failed: GET /calls answered 403',
    });
  });

  test('says nothing of an attempt that is not in doubt', () => {
    expect(lookUpFailure(attempt({ state: states.accepted }), failed, policy)).toBeUndefined();
  });
});
