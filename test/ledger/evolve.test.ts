import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AttemptEvent, AttemptState } from '../../src/model/attempt.ts';
import { evolve } from '../../src/ledger/evolve.ts';
import { anyEvent, anyHistory, events, inDoubt, minute, startMs, states } from './clinic.ts';

type StateName = keyof typeof states;
type EventName = keyof typeof events;
type Kind = AttemptState['kind'];

/** What each event makes of each state; every pair that is not here leaves the state as it is. */
const changes: Readonly<Record<EventName, Partial<Record<StateName, Kind>>>> = {
  intended: { none: 'intent', voided: 'intent' },
  imported: { none: 'accepted' },
  accepted: { intent: 'accepted', in_doubt: 'accepted', refused_batch: 'accepted', accepted: 'accepted' },
  seen: { intent: 'accepted', in_doubt: 'accepted', refused_batch: 'accepted', accepted: 'accepted' },
  refused: { intent: 'rejected' },
  voided: { intent: 'voided', in_doubt: 'voided', refused_batch: 'voided' },
  doubted: { intent: 'in_doubt' },
  restarted: { in_doubt: 'in_doubt', refused_batch: 'in_doubt' },
  not_seen: { in_doubt: 'in_doubt', refused_batch: 'in_doubt' },
  look_failed: { in_doubt: 'in_doubt', refused_batch: 'in_doubt' },
  ended: { intent: 'ended', accepted: 'ended', in_doubt: 'ended', refused_batch: 'ended' },
  gave_up: { intent: 'unresolved', in_doubt: 'unresolved', refused_batch: 'unresolved' },
  settled_called: { unresolved: 'ended' },
  settled_not_called: { unresolved: 'voided' },
};

const pairs = Object.keys(events).flatMap((event) =>
  Object.keys(states).map((state) => [event as EventName, state as StateName] as const),
);

describe('every event on every state', () => {
  test.each(pairs)('%s on %s', (eventName, stateName) => {
    const before = states[stateName];
    const after = evolve(before, events[eventName], startMs);
    const expected = changes[eventName][stateName];
    if (expected === undefined) expect(after).toEqual(before);
    else expect(after?.kind).toBe(expected);
  });
});

describe('an accepted call', () => {
  test('keeps the time of its acceptance and all ids that it was known by', () => {
    expect(evolve(states.accepted, events.seen, startMs)).toEqual({
      kind: 'accepted',
      handle: { batchId: 'b1', callId: 'c1' },
      sinceMs: startMs - minute,
      status: 'RINGING',
    });
  });

  test('is accepted from the moment that it was seen', () => {
    expect(evolve(states.in_doubt, events.accepted, startMs)).toEqual({
      kind: 'accepted',
      handle: { batchId: 'b2' },
      sinceMs: startMs,
    });
  });
});

describe('a doubt', () => {
  test('begins to settle when it is doubted', () => {
    expect(evolve({ kind: 'intent' }, { kind: 'doubted', why: 'HTTP 503', needs: 1 }, startMs)).toEqual(
      inDoubt({ why: 'HTTP 503', needs: 1 }),
    );
  });

  test('settles anew after a restart, and the listings so far count no more', () => {
    const before = inDoubt({ sinceMs: startMs - minute, looks: 1, failingSinceMs: startMs - 5 });
    expect(evolve(before, { kind: 'restarted' }, startMs)).toEqual(inDoubt());
  });

  test('counts the listings that did not show it and forgets that some failed', () => {
    const before = inDoubt({ failingSinceMs: startMs - 5 });
    expect(evolve(before, { kind: 'not_seen' }, startMs)).toEqual(inDoubt({ looks: 1 }));
  });

  test('knows since when look-ups fail without a break', () => {
    const once = evolve(inDoubt(), events.look_failed, startMs + 1);
    const twice = evolve(once, events.look_failed, startMs + 2);
    expect(once).toEqual(inDoubt({ failingSinceMs: startMs + 1 }));
    expect(twice).toEqual(once);
  });
});

test('an end keeps all that was said of it', () => {
  expect(evolve(states.accepted, events.ended, startMs)).toEqual({
    kind: 'ended',
    outcome: 'answered',
    handle: { callId: 'c1' },
    reply: { option: '1' },
    seconds: 31,
  });
});

test('a person who says that it was called leaves the outcome unknown', () => {
  expect(evolve(states.unresolved, events.settled_called, startMs)).toEqual({ kind: 'ended', outcome: 'unknown' });
});

describe('for all histories', () => {
  test('replaying the events gives the same state', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        let live: AttemptState | undefined;
        for (const { event, atMs } of history) live = evolve(live, event, atMs);
        const stored = JSON.parse(JSON.stringify(history)) as typeof history;
        const replayed = stored.reduce<AttemptState | undefined>(
          (state, { event, atMs }) => evolve(state, event, atMs),
          undefined,
        );
        expect(replayed).toEqual(live);
      }),
    );
  });

  test('a final state is left only by a person who settles it, or by a new intent of a voided number', () => {
    fc.assert(
      fc.property(anyHistory, anyEvent, (history, event) => {
        const state = history.reduce<AttemptState | undefined>(
          (now, step) => evolve(now, step.event, step.atMs),
          undefined,
        );
        const isFinal = ['ended', 'rejected', 'unresolved', 'voided'].includes(state?.kind ?? '');
        const after = evolve(state, event, startMs);
        if (!isFinal || JSON.stringify(after) === JSON.stringify(state)) return;
        const isSettled = state?.kind === 'unresolved' && event.kind === 'settled';
        const isCalledAnew = state?.kind === 'voided' && event.kind === 'intended';
        expect(isSettled || isCalledAnew).toBe(true);
      }),
    );
  });

  test('what was once accepted is never voided, doubted or refused again', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        let state: AttemptState | undefined;
        let wasAccepted = false;
        for (const { event, atMs } of history) {
          state = evolve(state, event, atMs);
          if (wasAccepted) expect(['accepted', 'ended']).toContain(state?.kind);
          if (state?.kind === 'accepted') wasAccepted = true;
        }
      }),
    );
  });

  test('an event that came twice changes nothing the second time, but for a listing that is counted', () => {
    fc.assert(
      fc.property(anyHistory, anyEvent, (history, event) => {
        if (event.kind === 'not_seen') return;
        const state = history.reduce<AttemptState | undefined>(
          (now, step) => evolve(now, step.event, step.atMs),
          undefined,
        );
        const once = evolve(state, event, startMs);
        expect(evolve(once, event, startMs)).toEqual(once);
      }),
    );
  });
});

test('an accepted call counts from when it is to be dialled, whatever became of its answer', () => {
  const intended = { kind: 'intended', dispatch: 'd', resourceId: 'r', account: 'a', definition: 'f' } as const;
  const handle = { callId: 'c' };
  const fold = (history: readonly AttemptEvent[]): AttemptState | undefined =>
    history.reduce<AttemptState | undefined>((state, event, index) => evolve(state, event, index + 1), undefined);
  const later = { ...intended, scheduledMs: 900 };
  const doubted = { kind: 'doubted', why: 'cut', needs: 2 } as const;
  expect(fold([later, { kind: 'accepted', handle }])).toEqual({ kind: 'accepted', handle, sinceMs: 900 });
  expect(fold([later, doubted, { kind: 'restarted' }, { kind: 'seen', handle }])).toMatchObject({ sinceMs: 900 });
  expect(
    fold([
      { ...intended, scheduledMs: 1 },
      { kind: 'accepted', handle },
    ]),
  ).toMatchObject({ sinceMs: 2 });
  expect(
    fold([
      { ...later, scheduledEngineMs: 300 },
      { kind: 'accepted', handle },
    ]),
  ).toMatchObject({ sinceMs: 300 });
});
