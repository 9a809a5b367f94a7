import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evolve } from '../../src/ledger/evolve.ts';
import { alikeLimit, tripOf } from '../../src/ledger/trip.ts';
import { nextTally, resumedTally, type TallyPolicy } from '../../src/ledger/next-tally.ts';
import type { AttemptEvent, AttemptState, Outcome } from '../../src/model/attempt.ts';
import { emptyTally, type Tally } from '../../src/model/tally.ts';
import { amaka, anyHistory, events, startMs, states } from './clinic.ts';

type Happened = { readonly who: number; readonly event: AttemptEvent; readonly n?: number };

/** A wave in which things happen one after another, as the ledger writes them. */
function wave(policy: TallyPolicy = {}): {
  readonly happen: (...happened: readonly Happened[]) => Tally;
  readonly resume: () => Tally;
} {
  const attempts = new Map<string, AttemptState>();
  let tally = emptyTally;
  return {
    happen: (...happened) => {
      for (const { who, event, n = 1 } of happened) {
        const id = `${String(who)}.${String(n)}`;
        const before = attempts.get(id);
        const state = evolve(before, event, startMs);
        if (state === undefined) continue;
        attempts.set(id, state);
        const change = { recipientId: who, key: `A-${String(who)}`, phone: amaka, n, event, state };
        tally = nextTally(tally, before === undefined ? change : { ...change, before }, policy);
      }
      return tally;
    },
    resume: () => (tally = resumedTally(tally)),
  };
}

function ended(outcome: Outcome, more: { readonly seconds?: number; readonly cost?: string } = {}): AttemptEvent {
  return { kind: 'ended', outcome, ...more };
}

function refused(who: number, reason: string): readonly Happened[] {
  return [
    { who, event: events.intended },
    { who, event: { kind: 'refused', reason } },
  ];
}

function called(who: number, event: AttemptEvent, n = 1): readonly Happened[] {
  return [
    { who, event: events.intended, n },
    { who, event: events.accepted, n },
    { who, event, n },
  ];
}

describe('what calls use up', () => {
  test.each<[string, readonly AttemptEvent[], Partial<Tally>]>([
    ['an intent reserves', [events.intended], { calls: 1, unmeasured: 1, seconds: 0 }],
    ['an accepted call reserves', [events.intended, events.accepted], { calls: 1, unmeasured: 1 }],
    ['a call in doubt reserves', [events.intended, events.doubted], { calls: 1, unmeasured: 1 }],
    ['an unresolved one reserves', [events.intended, events.doubted, events.gave_up], { calls: 1, unmeasured: 1 }],
    ['a voided one is none', [events.intended, events.voided], { calls: 0, unmeasured: 0 }],
    ['a refused one is none', [events.intended, events.refused], { calls: 0, unmeasured: 0 }],
    ['an imported one reserves', [events.imported], { calls: 1, unmeasured: 1 }],
    ['one that ended counts its seconds', [events.intended, events.ended], { calls: 1, unmeasured: 0, seconds: 31 }],
    ['one that nobody took has none', [events.intended, ended('no_answer')], { calls: 1, unmeasured: 0, seconds: 0 }],
    ['one answered of unknown length reserves', [events.intended, ended('answered')], { calls: 1, unmeasured: 1 }],
  ])('%s', (_, happened, expected) => {
    expect(wave().happen(...happened.map((event) => ({ who: 1, event })))).toMatchObject(expected);
  });

  test('is what the provider says that they cost, by currency', () => {
    const tally = wave().happen(
      ...called(1, ended('answered', { seconds: 60, cost: '0.42 USD' })),
      ...called(2, ended('answered', { cost: '0.08 USD' })),
      ...called(3, ended('answered', { seconds: 30, cost: '0.1 EUR' })),
      ...called(4, ended('answered', { seconds: 30, cost: 'a lot' })),
    );
    expect(tally.reported).toEqual({
      USD: { micros: 500_000, seconds: 60, unmeasured: 1 },
      EUR: { micros: 100_000, seconds: 30, unmeasured: 0 },
    });
  });

  test('is what all attempts add up to, whatever happened in between', () => {
    fc.assert(
      fc.property(fc.array(anyHistory, { maxLength: 6 }), (histories) => {
        const one = wave();
        let tally = emptyTally;
        const last = histories.map((history, who) => {
          let state: AttemptState | undefined;
          for (const { event } of history) {
            tally = one.happen({ who, event });
            state = evolve(state, event, startMs);
          }
          return state;
        });
        const made = last.filter((state) => state !== undefined && !['voided', 'rejected'].includes(state.kind));
        expect(tally.calls).toBe(made.length);
        const lengths = made.map((state) => (state?.kind === 'ended' ? (state.seconds ?? 0) : 0));
        expect(tally.seconds).toBe(lengths.reduce((sum, seconds) => sum + seconds, 0));
        expect(tally.unmeasured).toBeLessThanOrEqual(tally.calls);
        expect(tally.unmeasured).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('refusals alike', () => {
  function alike(...happened: readonly (readonly Happened[])[]): readonly [string, number] | undefined {
    const found = wave().happen(...happened.flat()).alike;
    return found === undefined ? undefined : [found.reason, found.calls.length];
  }

  test('ten in a row are the limit', () => {
    expect(alikeLimit).toBe(10);
    const one = wave();
    for (let who = 1; who < 10; who += 1) {
      expect(tripOf(one.happen(...refused(who, 'HTTP 400: bad voice')), {}, startMs)).toBeUndefined();
    }
    expect(tripOf(one.happen(...refused(10, 'HTTP 400: bad voice')), {}, startMs)).toMatchObject({
      kind: 'alike',
      reason: 'HTTP 400: bad voice',
      atMs: startMs,
    });
  });

  test('count for one cause whatever ids come with them, and keep the last words', () => {
    const row = [1, 2, 3].map((who) => refused(who, `HTTP 400: bad voice (request 7f${String(who)}c)`));
    expect(alike(...row)).toEqual(['HTTP 400: bad voice (request 7f3c)', 3]);
  });

  test('begin anew with another reason', () => {
    expect(alike(refused(1, 'HTTP 400'), refused(2, 'HTTP 400'), refused(3, 'HTTP 422'))).toEqual(['HTTP 422', 1]);
  });

  test('end with a first attempt that ended', () => {
    expect(alike(refused(1, 'HTTP 400'), called(2, events.ended))).toBeUndefined();
  });

  test('are not broken by what neither ended nor was refused', () => {
    const between = [events.accepted, events.voided, events.doubted, events.gave_up].flatMap((event, index) => [
      { who: 10 + index, event: events.intended },
      { who: 10 + index, event },
    ]);
    expect(alike(refused(1, 'HTTP 400'), between, refused(2, 'HTTP 400'))).toEqual(['HTTP 400', 2]);
  });

  test('leave retries out: they neither count nor break the row', () => {
    const retries = [...refused(2, 'HTTP 400').map((one) => ({ ...one, n: 2 })), ...called(3, events.ended, 2)];
    expect(alike(refused(1, 'HTTP 400'), retries)).toEqual(['HTTP 400', 1]);
  });

  test('do not count a refusal that came too late to refuse anything', () => {
    const state = states.accepted;
    const late = { recipientId: 1, key: 'A-1', phone: amaka, n: 1, before: state, event: events.refused, state };
    expect(nextTally(emptyTally, late, {}).alike).toBeUndefined();
  });
});

describe('a canary', () => {
  const policy: TallyPolicy = { canary: { calls: 5, stopWhen: [{ outcome: 'failed', percent: 40 }] } };
  const failed = ended('failed');

  test('has the first attempts that are begun until enough of them ended', () => {
    const one = wave(policy);
    expect(one.happen({ who: 1, event: events.intended }, { who: 2, event: events.intended }).canary).toEqual({
      open: [1, 2],
      ended: [],
    });
    expect(one.happen({ who: 1, event: events.accepted }, { who: 1, event: events.ended }).canary).toMatchObject({
      open: [2],
      ended: [{ key: 'A-1', n: 1, outcome: 'answered' }],
    });
  });

  test('does not count what placed nothing, what nobody can tell, and retries', () => {
    const one = wave(policy);
    one.happen({ who: 1, event: events.intended }, { who: 1, event: events.voided });
    one.happen(...called(2, events.ended, 2));
    one.happen({ who: 3, event: events.intended }, { who: 3, event: events.doubted });
    expect(one.happen({ who: 3, event: events.gave_up }).canary).toEqual({ open: [], ended: [] });
  });

  test('stops the wave as soon as the share is certain', () => {
    const one = wave(policy);
    expect(tripOf(one.happen(...called(1, failed)), policy, startMs)).toBeUndefined();
    expect(tripOf(one.happen(...called(2, events.ended)), policy, startMs)).toBeUndefined();
    expect(tripOf(one.happen(...refused(3, 'HTTP 400')), policy, startMs)).toMatchObject({
      kind: 'canary',
      outcome: 'failed',
      percent: 40,
      of: 5,
      calls: [{ key: 'A-1' }, { key: 'A-3', outcome: 'rejected' }],
    });
  });

  test('is over once enough ended well, whatever comes after', () => {
    const one = wave(policy);
    for (const who of [1, 2, 3, 4]) one.happen(...called(who, events.ended));
    one.happen(...called(5, failed));
    const tally = one.happen(...called(6, failed), ...called(7, failed));
    expect(tally.canary).toMatchObject({ open: [], ended: { length: 5 } });
    expect(tripOf(tally, policy, startMs)).toBeUndefined();
  });

  test('begins anew when the wave is resumed, without the calls that are under way', () => {
    const one = wave(policy);
    one.happen(...called(1, failed), ...called(2, failed), { who: 3, event: events.intended });
    expect(one.resume()).toEqual({ calls: 3, unmeasured: 1, seconds: 0, reported: {}, recent: [] });
    const tally = one.happen({ who: 3, event: events.accepted }, { who: 3, event: failed }, ...called(4, failed));
    expect(tally.canary).toMatchObject({ open: [], ended: [{ key: 'A-4' }] });
    expect(tripOf(tally, policy, startMs)).toBeUndefined();
  });
});

describe('a breaker', () => {
  const policy: TallyPolicy = { stopWhen: { shares: [{ outcome: 'no_answer', percent: 50 }], ofLast: 4 } };
  const unanswered = ended('no_answer');

  test('looks at the last calls only, retries among them', () => {
    const one = wave(policy);
    for (const who of [1, 2, 3, 4]) one.happen(...called(who, events.ended));
    expect(tripOf(one.happen(...called(5, unanswered)), policy, startMs)).toBeUndefined();
    expect(tripOf(one.happen(...called(5, unanswered, 2)), policy, startMs)).toMatchObject({
      kind: 'stop_when',
      outcome: 'no_answer',
      of: 4,
      calls: [
        { key: 'A-5', n: 1 },
        { key: 'A-5', n: 2 },
      ],
    });
  });

  test('forgets a call once so many ended after it', () => {
    const one = wave(policy);
    one.happen(...called(1, unanswered));
    for (const who of [2, 3, 4, 5]) one.happen(...called(who, events.ended));
    expect(tripOf(one.happen(...called(6, unanswered)), policy, startMs)).toBeUndefined();
  });

  test('looks at no more calls than the file says by now', () => {
    const one = wave(policy);
    one.happen(...called(1, unanswered));
    const tally = one.happen(...[2, 3, 4].flatMap((who) => called(who, events.ended)));
    const shorter: TallyPolicy = { stopWhen: { shares: [{ outcome: 'no_answer', percent: 50 }], ofLast: 2 } };
    expect(tripOf(tally, shorter, startMs)).toBeUndefined();
  });

  test('keeps none of the calls from before the wave was resumed', () => {
    const one = wave(policy);
    one.happen(...called(1, unanswered), ...called(2, unanswered));
    one.resume();
    expect(tripOf(one.happen(...called(3, unanswered)), policy, startMs)).toBeUndefined();
  });

  test('never remembers more than it looks at', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom<Outcome>('answered', 'no_answer'), { maxLength: 20 }), (outcomes) => {
        const one = wave(policy);
        outcomes.forEach((outcome, who) => one.happen(...called(who, ended(outcome))));
        const { recent } = one.happen();
        expect(recent.map(({ outcome }) => outcome)).toEqual(outcomes.slice(-4));
      }),
    );
  });
});
