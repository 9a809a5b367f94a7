import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { advance, lookAgainMs, settlesAtMs, type Policy } from '../../src/ledger/advance.ts';
import { outcomes, type Attempt, type AttemptEvent, type Outcome } from '../../src/model/attempt.ts';
import { anyEvent, attempt, events, hour, inDoubt, minute, moment, policy, second, startMs, states } from './clinic.ts';

function step(state: Attempt['state'], event: AttemptEvent, change: Partial<Attempt> = {}) {
  return advance(attempt({ state, ...change }), event, policy, moment());
}

describe('when an attempt is looked at next', () => {
  test('an accepted call is polled after one `every`, spread by a tenth to either side', () => {
    const due = (jitter: number) => advance(attempt(), events.accepted, policy, moment({ jitter })).dueMs ?? Number.NaN;
    expect([due(0), due(0.5), due(1)]).toEqual([13.5 * second, 15 * second, 16.5 * second].map((ms) => startMs + ms));
  });

  test('a doubt is looked up well before it settles, since it may show early', () => {
    expect(step(states.intent, events.doubted).dueMs).toBe(startMs + 75 * second);
  });

  test('a doubt that is about to settle is looked up in the moment in which it has', () => {
    const before = inDoubt({ sinceMs: startMs - 5 * minute + second });
    expect(step(before, events.look_failed).dueMs).toBe(startMs + second);
  });

  test('a settled doubt is looked up once more after one `every`', () => {
    const before = inDoubt({ sinceMs: startMs - 5 * minute });
    expect(step(before, events.not_seen).dueMs).toBe(startMs + 15 * second);
  });

  test('a batch that was refused is looked up at once, as nothing has to settle', () => {
    const { dueMs, state } = step(states.intent, { kind: 'doubted', why: 'refused', needs: 1 });
    expect(dueMs).toBe(startMs);
    if (state.kind === 'in_doubt') expect(settlesAtMs(state, policy)).toBe(startMs);
  });

  test('a batch that was refused waits one `every` after a look-up that failed', () => {
    expect(step(states.refused_batch, events.look_failed).dueMs).toBe(startMs + 15 * second);
  });

  test.each(['ended', 'rejected', 'unresolved', 'voided'] as const)('what is %s is not looked at again', (name) => {
    expect(step(states[name], events.seen)).not.toHaveProperty('dueMs');
  });

  test('a poll that brought nothing is repeated after one `every`', () => {
    expect(lookAgainMs(states.accepted, policy, { nowMs: startMs, jitter: 0.5 })).toBe(startMs + 15 * second);
  });

  test('a look-up that brought nothing before settling is not repeated more often than the first', () => {
    expect(lookAgainMs(states.in_doubt, policy, { nowMs: startMs, jitter: 0.5 })).toBe(startMs + 75 * second);
  });
});

describe('where a recipient stands', () => {
  test.each([
    ['accepted', events.accepted],
    ['doubted', events.doubted],
    ['seen', events.seen],
  ])('is open when its attempt is %s', (_name, event) => {
    expect(step(states.intent, event).standing).toEqual({ kind: 'open' });
  });

  test('is pending again under the same number when the attempt placed nothing', () => {
    expect(step(states.intent, events.voided, { n: 2 }).standing).toEqual({
      kind: 'pending',
      n: 2,
      dueMs: startMs + 4 * second,
      why: 'voided',
    });
  });

  test('is pending at once, and alone, when the whole batch was refused', () => {
    expect(step(states.refused_batch, events.voided).standing).toEqual({
      kind: 'pending',
      n: 1,
      dueMs: startMs,
      why: 'voided',
      alone: true,
    });
  });

  test('is pending among others when a doubt of its own came to nothing', () => {
    expect(step(states.in_doubt, events.voided).standing).not.toHaveProperty('alone');
  });

  test('is unresolved when nobody could tell', () => {
    expect(step(states.in_doubt, events.gave_up).standing).toEqual({ kind: 'unresolved' });
  });

  test('is rejected when the provider refused it', () => {
    expect(step(states.intent, events.refused).standing).toEqual({ kind: 'rejected' });
  });

  test('is pending again when a person says that it was not called', () => {
    expect(step(states.unresolved, events.settled_not_called).standing).toMatchObject({ kind: 'pending', n: 1 });
  });

  test('is done when a person says that it was called', () => {
    expect(step(states.unresolved, events.settled_called).standing).toEqual({ kind: 'done' });
  });
});

describe('retries', () => {
  const ended = (outcome: Outcome): AttemptEvent => ({ kind: 'ended', outcome });

  test('the n-th retry of an outcome waits its n-th delay, and the last delay repeats', () => {
    const generous: Policy = { ...policy, attempts: { ...policy.attempts, max: 9 } };
    const waits = [[], ['no_answer'], ['no_answer', 'no_answer'], ['no_answer', 'no_answer', 'no_answer']].map(
      (earlier) => {
        const before = attempt({ state: states.accepted, n: earlier.length + 1, earlier: earlier as Outcome[] });
        const { standing } = advance(before, ended('no_answer'), generous, moment());
        return standing.kind === 'pending' ? { n: standing.n, waitMs: standing.dueMs - startMs } : standing;
      },
    );
    expect(waits).toEqual([
      { n: 2, waitMs: 30 * minute },
      { n: 3, waitMs: 2 * hour },
      { n: 4, waitMs: 2 * hour },
      { n: 5, waitMs: 2 * hour },
    ]);
  });

  test('are due by the wall clock, which goes on while the machine sleeps', () => {
    const slept = moment({ wallMs: startMs + 8 * hour });
    const { standing } = advance(attempt({ state: states.accepted }), ended('no_answer'), policy, slept);
    expect(standing).toMatchObject({ kind: 'pending', dueMs: startMs + 8 * hour + 30 * minute });
  });

  test('outcomes are counted apart', () => {
    const before = { n: 2, earlier: ['busy'] as const };
    expect(step(states.accepted, ended('no_answer'), before).standing).toMatchObject({ dueMs: startMs + 30 * minute });
  });

  test('an earlier attempt whose end is not known counts, as it was retried: none comes too early', () => {
    const found = { n: 2, earlier: [] };
    expect(step(states.accepted, ended('no_answer'), found).standing).toMatchObject({ dueMs: startMs + 2 * hour });
  });

  test('who asked not to be called again is not', () => {
    const refused: AttemptEvent = { kind: 'ended', outcome: 'no_answer', optOut: true };
    expect(step(states.accepted, refused).standing).toEqual({ kind: 'done' });
  });

  test('an outcome without delays is final', () => {
    expect(step(states.accepted, ended('voicemail')).standing).toEqual({ kind: 'done' });
  });

  test('an outcome with an empty list of delays is final', () => {
    const none: Policy = { ...policy, attempts: { max: 3, retry: { busy: [] } } };
    const { standing } = advance(attempt({ state: states.accepted }), ended('busy'), none, moment());
    expect(standing).toEqual({ kind: 'done' });
  });

  test('a refused recipient is called again where the campaign says so', () => {
    const again: Policy = { ...policy, attempts: { max: 2, retry: { rejected: [hour] } } };
    const { standing } = advance(attempt(), events.refused, again, moment());
    expect(standing).toEqual({ kind: 'pending', n: 2, dueMs: startMs + hour, why: 'retry' });
  });

  test('unknown is never called again, even if a policy says so', () => {
    const again: Policy = { ...policy, attempts: { max: 9, retry: { unknown: [hour] } } };
    const { standing } = advance(attempt({ state: states.accepted }), ended('unknown'), again, moment());
    expect(standing).toEqual({ kind: 'done' });
  });

  const anyPolicy: fc.Arbitrary<Policy> = fc
    .record({
      max: fc.integer({ min: 1, max: 6 }),
      retry: fc.dictionary(fc.constantFrom(...outcomes), fc.array(fc.nat(hour), { maxLength: 3 })),
    })
    .map((attempts) => ({ ...policy, attempts }));

  test('no recipient gets more attempts than the most, whatever happens', () => {
    fc.assert(
      fc.property(anyPolicy, fc.array(fc.constantFrom(...outcomes), { minLength: 10, maxLength: 10 }), (any, ends) => {
        const earlier: Outcome[] = [];
        for (const outcome of ends) {
          const before = attempt({ state: states.accepted, n: earlier.length + 1, earlier: [...earlier] });
          const { standing } = advance(before, ended(outcome), any, moment());
          if (standing.kind !== 'pending') break;
          expect(standing.n).toBe(earlier.length + 2);
          earlier.push(outcome);
        }
        expect(earlier.length + 1).toBeLessThanOrEqual(any.attempts.max);
        expect(earlier).not.toContain('unknown');
      }),
    );
  });

  test('every step leaves the attempt that was read and says what its event makes of it', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.values(states)), anyEvent, fc.nat(hour), (state, event, laterMs) => {
        if (state === undefined) return;
        const before = attempt({ state });
        const nowMs = startMs + laterMs;
        const made = advance(before, event, policy, moment({ nowMs }));
        expect(made.attempt).toBe(before);
        const isOpen = ['intent', 'accepted', 'in_doubt'].includes(made.state.kind);
        expect(made.standing.kind === 'open').toBe(isOpen);
        expect(made.dueMs !== undefined).toBe(made.state.kind === 'accepted' || made.state.kind === 'in_doubt');
        if (made.dueMs !== undefined) expect(made.dueMs).toBeGreaterThanOrEqual(nowMs);
        if (made.state.kind === 'unresolved') expect(made.standing.kind).toBe('unresolved');
      }),
    );
  });
});
