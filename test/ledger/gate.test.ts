import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Candidate } from '../../src/model/candidate.ts';
import type { CallZones } from '../../src/model/recipient.ts';
import { gate, type Gates } from '../../src/ledger/gate.ts';
import { rowZones } from '../../src/recipients/number-zones.ts';
import { nextOpening, openingsOf } from '../../src/ledger/window.ts';
import { amaka, bola, candidate, hour, minute, second } from './clinic.ts';
import { anyWindow, at, dayMs, zones } from './zones.ts';

/** A Tuesday, 10:00 in Lagos. */
const nowMs = at('2026-11-24T10:00+01:00');
const opensMs = at('2026-11-25T09:00+01:00');

const inLagos = candidate({ zone: 'Africa/Lagos', enrolledMs: nowMs - hour });

type Rules = Omit<Gates, 'openingAfter'>;

/** Gates as an admission makes them. */
function gatesOf(rules: Rules): Gates {
  return { ...rules, openingAfter: openingsOf(rules) };
}

const gates: Rules = {
  windows: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], fromMinute: 9 * 60, toMinute: 18 * 60 }],
  perPerson: [{ calls: 2, perMs: 24 * hour, in: 'store' }],
  zonesOf: rowZones,
  isSuppressed: () => false,
};

function judge(change: Partial<Candidate>, changed: Partial<Rules> = {}, atMs: number = nowMs) {
  return gate({ ...inLagos, ...change }, gatesOf({ ...gates, ...changed }), atMs);
}

/** Without a zone: nobody could tell it from the number. */
function zoneless(change: Partial<Candidate> = {}): Candidate {
  const { zone, ...rest } = inLagos;
  expect(zone).toBeDefined();
  return { ...rest, ...change };
}

test('who meets no gate may be called', () => {
  expect(judge({})).toEqual({ kind: 'open' });
});

describe('each gate closes by itself', () => {
  test('suppression: skipped', () => {
    expect(judge({}, { isSuppressed: ({ phone }) => phone === amaka })).toEqual({ kind: 'skip', reason: 'suppressed' });
  });

  test('opted out: skipped', () => {
    expect(judge({ optedOut: true })).toEqual({ kind: 'skip', reason: 'opted_out' });
  });

  test('a number that the file does not limit its calls to: skipped', () => {
    const skipped = { kind: 'skip', reason: 'only_phones' };
    expect(judge({}, { onlyPhones: [bola] })).toEqual(skipped);
    expect(judge({}, { onlyPhones: [] })).toEqual(skipped);
    expect(judge({}, { onlyPhones: [bola, amaka] })).toEqual({ kind: 'open' });
    expect(gate(inLagos, gatesOf({ ...gates, onlyPhones: [bola] }), nowMs, nowMs + hour)).toEqual(skipped);
  });

  test('more attempts than there are to be, as the file says now', () => {
    const attempts = { max: 2 };
    expect(judge({ n: 2 }, { attempts })).toEqual({ kind: 'open' });
    expect(judge({ n: 3 }, { attempts })).toEqual({ kind: 'skip', reason: 'attempts' });
    const { windows: _windows, ...anyTime } = gates;
    expect(
      gate({ ...inLagos, n: 3 }, gatesOf({ ...anyTime, windows: 'always', attempts }), nowMs, nowMs + hour),
    ).toEqual({
      kind: 'skip',
      reason: 'attempts',
    });
  });

  test('suppression that cannot be asked: nobody is called', () => {
    const broken = () => {
      throw new Error('no list');
    };
    expect(() => judge({}, { isSuppressed: broken })).toThrow('no list');
  });

  test('window: waits until it opens', () => {
    expect(judge({}, {}, at('2026-11-24T18:00+01:00'))).toEqual({ kind: 'wait', untilMs: opensMs, why: 'window' });
  });

  test('window that never opens: skipped', () => {
    expect(judge({}, { windows: [] })).toEqual({ kind: 'skip', reason: 'no_window' });
  });

  test('zone that nobody knows: skipped, however late the other gates would open', () => {
    expect(gate(zoneless(), gatesOf(gates), nowMs)).toEqual({ kind: 'skip', reason: 'zone_unknown' });
    expect(gate(zoneless({ phoneBusy: true }), gatesOf(gates), nowMs)).toEqual({
      kind: 'skip',
      reason: 'zone_unknown',
    });
  });

  test('zone that does not matter, as windows are lifted: open', () => {
    expect(gate(zoneless(), gatesOf({ ...gates, windows: 'always' }), nowMs)).toEqual({ kind: 'open' });
  });

  test('not_before: waits until then, and no longer', () => {
    const notBeforeMs = nowMs + hour;
    expect(judge({ notBeforeMs })).toEqual({ kind: 'wait', untilMs: notBeforeMs, why: 'not_before' });
    expect(judge({ notBeforeMs }, {}, notBeforeMs)).toEqual({ kind: 'open' });
  });

  test('not_after: the last instant is still in time', () => {
    expect(judge({ notAfterMs: nowMs })).toEqual({ kind: 'open' });
    expect(judge({ notAfterMs: nowMs - 1 })).toEqual({ kind: 'skip', reason: 'not_after' });
  });

  test('frequency: waits until the oldest call that counts is old enough', () => {
    const personCallsMs = [[nowMs - hour, nowMs - 20 * hour]];
    const untilMs = nowMs + 4 * hour;
    expect(judge({ personCallsMs }, { windows: 'always' })).toEqual({ kind: 'wait', untilMs, why: 'person' });
    expect(judge({ personCallsMs }, { windows: 'always' }, untilMs)).toEqual({ kind: 'open' });
  });

  test('frequency: fewer calls than the cap, or older ones, do not count', () => {
    expect(judge({ personCallsMs: [[nowMs - hour]] })).toEqual({ kind: 'open' });
    expect(judge({ personCallsMs: [[nowMs - hour, nowMs - 24 * hour]] })).toEqual({ kind: 'open' });
  });

  test('frequency: calls that seem to lie ahead, as the wall clock was set back, count', () => {
    const ahead = [[nowMs + hour, nowMs + hour]];
    expect(judge({ personCallsMs: ahead }, { windows: 'always' })).toMatchObject({ kind: 'wait', why: 'person' });
  });

  test('frequency: no cap, no wait', () => {
    const { perPerson, ...uncapped } = gates;
    expect(perPerson).toBeDefined();
    expect(gate({ ...inLagos, personCallsMs: [[nowMs, nowMs, nowMs]] }, gatesOf(uncapped), nowMs)).toEqual({
      kind: 'open',
    });
  });

  test('frequency: of several caps the longest wait holds, whichever stands first', () => {
    const caps = [
      { calls: 1, perMs: 2 * hour, in: 'store' },
      { calls: 2, perMs: 30 * hour, in: 'campaign' },
    ] as const;
    const personCallsMs = [[nowMs - hour], [nowMs - hour, nowMs - 20 * hour]];
    const wait = { kind: 'wait', untilMs: nowMs + 10 * hour, why: 'person' };
    expect(judge({ personCallsMs }, { windows: 'always', perPerson: caps })).toEqual(wait);
    const reversed = { personCallsMs: personCallsMs.toReversed() };
    expect(judge(reversed, { windows: 'always', perPerson: caps.toReversed() })).toEqual(wait);
    const short = { personCallsMs: [[nowMs - hour], [nowMs - hour]] };
    expect(judge(short, { perPerson: caps })).toEqual({ kind: 'wait', untilMs: nowMs + hour, why: 'person' });
  });

  test("frequency: a policy's caps hold besides the campaign's own", () => {
    const policy = {
      name: 'lagos@1',
      title: 'Calls in Lagos',
      windows: [{ days: ['tue'], fromMinute: 0, toMinute: 1440 }],
      consent: false,
      perPerson: [{ calls: 1, perMs: 3 * hour, in: 'store' }],
      citations: [],
    } as const;
    const personCallsMs = [[nowMs - 2 * hour], [nowMs - 2 * hour]];
    const wait = { kind: 'wait', untilMs: nowMs + hour, why: 'person' };
    expect(judge({ personCallsMs }, { policy })).toEqual(wait);
    const { perPerson, ...uncapped } = gates;
    expect(perPerson).toHaveLength(1);
    expect(gate({ ...inLagos, personCallsMs: [[nowMs - 2 * hour]] }, gatesOf({ ...uncapped, policy }), nowMs)).toEqual(
      wait,
    );
  });

  test('start_at: waits until then, for who may be called earlier', () => {
    const startAtMs = nowMs + hour;
    expect(judge({}, { startAtMs })).toEqual({ kind: 'wait', untilMs: startAtMs, why: 'start_at' });
    expect(judge({}, { startAtMs: nowMs })).toEqual({ kind: 'open' });
    const notBeforeMs = startAtMs + hour;
    expect(judge({ notBeforeMs }, { startAtMs })).toEqual({ kind: 'wait', untilMs: notBeforeMs, why: 'not_before' });
  });

  test('end_at: the last instant is still in time, and nobody waits for a window beyond it', () => {
    expect(judge({}, { endAtMs: nowMs })).toEqual({ kind: 'open' });
    expect(judge({}, { endAtMs: nowMs - 1 })).toEqual({ kind: 'skip', reason: 'end_at' });
    const evening = at('2026-11-24T18:00+01:00');
    expect(judge({}, { endAtMs: opensMs - 1 }, evening)).toEqual({ kind: 'skip', reason: 'end_at' });
  });

  test('expire_after: counts from the entry into the wave', () => {
    expect(judge({}, { expireAfterMs: hour })).toEqual({ kind: 'open' });
    expect(judge({}, { expireAfterMs: hour - 1 })).toEqual({ kind: 'skip', reason: 'expired' });
    expect(judge({ enrolledMs: nowMs }, { expireAfterMs: hour - 1 })).toEqual({ kind: 'open' });
  });

  test('toll-free number without a zone: skipped', () => {
    const tollFree = (): CallZones => ({ from: 'nowhere', why: 'toll_free' });
    expect(judge({}, { zonesOf: tollFree })).toEqual({ kind: 'skip', reason: 'toll_free' });
  });

  test('a phone with an open attempt: looked at again in a moment', () => {
    expect(judge({ phoneBusy: true })).toEqual({ kind: 'wait', untilMs: nowMs + 5 * second, why: 'phone_busy' });
  });
});

describe('a retry at another time of day', () => {
  const attempts = { anotherTimeMs: 3 * hour };
  const retry = { n: 2, earlierMs: [nowMs - hour] };

  test('waits until the clock is so far from what it was', () => {
    const wait = { kind: 'wait', untilMs: nowMs + 2 * hour, why: 'time_of_day' };
    expect(judge(retry, { attempts })).toEqual(wait);
    expect(judge(retry, { attempts }, nowMs + 2 * hour)).toEqual({ kind: 'open' });
    expect(judge(retry)).toEqual({ kind: 'open' });
    expect(judge({ earlierMs: [] }, { attempts })).toEqual({ kind: 'open' });
  });

  test('waits for the window first, and says so, where that is enough', () => {
    const evening = at('2026-11-24T19:00+01:00');
    expect(judge({ n: 2, earlierMs: [evening - 2 * hour] }, { attempts }, evening)).toEqual({
      kind: 'wait',
      untilMs: opensMs,
      why: 'window',
    });
    expect(judge({ n: 2, earlierMs: [evening - 9 * hour] }, { attempts }, evening)).toEqual({
      kind: 'wait',
      untilMs: at('2026-11-25T13:00+01:00'),
      why: 'time_of_day',
    });
  });

  test('waits longer than the other waits, or no longer', () => {
    const busy = { ...retry, phoneBusy: true };
    expect(judge(busy, { attempts })).toMatchObject({ untilMs: nowMs + 2 * hour, why: 'time_of_day' });
    expect(judge({ ...busy, earlierMs: [nowMs - 3 * hour] }, { attempts })).toMatchObject({ why: 'phone_busy' });
  });

  test('is skipped where none comes before the last instant, or ever', () => {
    const late = { attempts, endAtMs: nowMs + hour };
    expect(judge(retry, late)).toEqual({ kind: 'skip', reason: 'end_at' });
    expect(judge({ ...retry, notAfterMs: nowMs + hour }, { attempts })).toEqual({ kind: 'skip', reason: 'not_after' });
    const windows = [{ days: ['tue'], fromMinute: 9 * 60, toMinute: 11 * 60 }] as const;
    expect(judge(retry, { attempts, windows })).toEqual({ kind: 'skip', reason: 'no_window' });
  });

  test('without windows needs no zone: the clock is then that of UTC', () => {
    const unzoned = gatesOf({ ...gates, attempts, windows: 'always' });
    expect(gate(zoneless(retry), unzoned, nowMs)).toMatchObject({ untilMs: nowMs + 2 * hour, why: 'time_of_day' });
  });

  test('that the provider is to dial later is at another time then, or skipped', () => {
    const scheduled = (atMs: number) => gate({ ...inLagos, ...retry }, gatesOf({ ...gates, attempts }), nowMs, atMs);
    expect(scheduled(nowMs + hour)).toEqual({ kind: 'skip', reason: 'no_window' });
    expect(scheduled(nowMs + 2 * hour)).toEqual({ kind: 'open' });
  });

  test('who waits for it may be called then, and who may be called keeps away from the last attempt', () => {
    const byTheClock = (a: number, b: number) => Math.min(Math.abs(a - b) % dayMs, dayMs - (Math.abs(a - b) % dayMs));
    const ago = fc.array(fc.integer({ min: minute, max: 100 * hour }), { minLength: 1, maxLength: 4 });
    const anyZone = fc.constantFrom('Africa/Lagos', 'Asia/Kathmandu', 'UTC');
    fc.assert(
      fc.property(
        anyZone,
        ago,
        fc.integer({ min: 1, max: 6 }),
        fc.array(anyWindow, { minLength: 1, maxLength: 2 }),
        (...any) => {
          const [zone, agoMs, hours, windows] = any;
          const earlierMs = agoMs.toSorted((a, b) => a - b).map((ms) => nowMs - ms);
          const asked = { ...inLagos, zone, n: 2, earlierMs };
          const rules = gatesOf({ ...gates, windows, attempts: { anotherTimeMs: hours * hour } });
          const judged = gate(asked, rules, nowMs);
          // Clocks stand still in these zones, so that a difference of instants is one of clocks.
          const openMs = judged.kind === 'wait' ? judged.untilMs : nowMs;
          if (judged.kind === 'skip') return;
          expect(gate(asked, rules, openMs)).toEqual({ kind: 'open' });
          expect(byTheClock(openMs, earlierMs[0] ?? 0)).toBeGreaterThanOrEqual(hours * hour);
          expect(nextOpening({ windows }, [zone], openMs)).toBe(openMs);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('several gates', () => {
  test('the latest wait holds', () => {
    const notBeforeMs = nowMs + minute;
    const personCallsMs = [[nowMs - 23 * hour, nowMs - 23 * hour]];
    expect(judge({ notBeforeMs, personCallsMs, phoneBusy: true })).toEqual({
      kind: 'wait',
      untilMs: nowMs + hour,
      why: 'person',
    });
  });

  test('the window must be open when the other waits are over', () => {
    const notBeforeMs = at('2026-11-24T20:00+01:00');
    expect(judge({ notBeforeMs })).toEqual({ kind: 'wait', untilMs: opensMs, why: 'window' });
  });

  test('who can be called only after not_after is skipped at once', () => {
    const late = at('2026-11-24T19:00+01:00');
    expect(judge({ notAfterMs: opensMs - 1 }, {}, late)).toEqual({ kind: 'skip', reason: 'not_after' });
    expect(judge({ notAfterMs: opensMs }, {}, late)).toEqual({ kind: 'wait', untilMs: opensMs, why: 'window' });
  });

  test('not_before after not_after leaves nobody to call', () => {
    expect(judge({ notBeforeMs: nowMs + 2, notAfterMs: nowMs + 1 })).toEqual({ kind: 'skip', reason: 'not_after' });
  });

  test('suppression goes before everything else', () => {
    const skipped = gate(zoneless({ notAfterMs: 0 }), gatesOf({ ...gates, isSuppressed: () => true }), nowMs);
    expect(skipped).toEqual({ kind: 'skip', reason: 'suppressed' });
    const optedOut = gate(zoneless({ notAfterMs: 0, optedOut: true }), gatesOf(gates), nowMs);
    expect(optedOut).toEqual({ kind: 'skip', reason: 'opted_out' });
  });

  const offset = (to: number) => fc.integer({ min: -to, max: to }).map((ms) => nowMs + ms);
  const anyCandidate = fc
    .record({
      zone: fc.constantFrom(...zones),
      notBeforeMs: fc.option(offset(48 * hour), { nil: undefined }),
      notAfterMs: fc.option(offset(48 * hour), { nil: undefined }),
      phoneBusy: fc.boolean(),
      optedOut: fc.boolean(),
      personCallsMs: fc.array(offset(30 * hour), { maxLength: 2 }),
    })
    .map(({ notBeforeMs, notAfterMs, personCallsMs, ...rest }) => ({
      ...inLagos,
      ...rest,
      personCallsMs: [personCallsMs.toSorted((a, b) => b - a)],
      ...(notBeforeMs === undefined ? {} : { notBeforeMs }),
      ...(notAfterMs === undefined ? {} : { notAfterMs }),
    }));

  test('who is called passes every gate by itself, and who waits is asked again only when it may have changed', () => {
    fc.assert(
      fc.property(anyCandidate, fc.array(anyWindow, { maxLength: 2 }), (any, windows) => {
        const judged = gate(any, gatesOf({ ...gates, windows }), nowMs);
        const counted = any.personCallsMs.flat().filter((start) => start > nowMs - 24 * hour).length;
        const isFree =
          !any.phoneBusy &&
          !any.optedOut &&
          nextOpening({ windows }, [any.zone], nowMs) === nowMs &&
          (any.notBeforeMs ?? 0) <= nowMs &&
          (any.notAfterMs ?? Infinity) >= nowMs &&
          counted < 2;
        expect(judged.kind === 'open').toBe(isFree);
        if (judged.kind !== 'wait') return;
        expect(judged.untilMs).toBeGreaterThan(nowMs);
        expect(judged.untilMs).toBeLessThanOrEqual(any.notAfterMs ?? Infinity);
        expect(nextOpening({ windows }, [any.zone], judged.untilMs)).toBe(judged.untilMs);
        const later = gate({ ...any, phoneBusy: false }, gatesOf({ ...gates, windows }), judged.untilMs);
        expect(later).toEqual({ kind: 'open' });
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('a call that the provider is to dial later is judged at that instant, which no waiting moves', () => {
  const at10 = at('2026-11-25T10:00+01:00');
  const scheduled = (change: Partial<Candidate>, atMs: number, changed: Partial<Rules> = {}) =>
    gate({ ...inLagos, ...change }, gatesOf({ ...gates, ...changed }), nowMs, atMs);

  test.each([
    ['open then, whatever the hour is now', {}, at10, { kind: 'open' }],
    ['a window that is closed then', {}, at('2026-11-25T08:59+01:00'), { kind: 'skip', reason: 'no_window' }],
    ['later than not_after', { notAfterMs: at10 - 1 }, at10, { kind: 'skip', reason: 'not_after' }],
    ['earlier than not_before', { notBeforeMs: at10 + 1 }, at10, { kind: 'skip', reason: 'not_before' }],
    ['a phone with an open call waits now', { phoneBusy: true }, at10, { kind: 'wait', why: 'phone_busy' }],
    ['an instant that has passed: dialled at once', {}, nowMs - hour, { kind: 'open' }],
    ['one that was closed stays so when it has passed', {}, nowMs - 2 * hour, { kind: 'skip', reason: 'no_window' }],
    ['so does one before not_before', { notBeforeMs: nowMs }, nowMs - hour, { kind: 'skip', reason: 'not_before' }],
    ['but a retry has no time of its own', { n: 2 }, nowMs - 2 * hour, { kind: 'open' }],
  ] as const)('%s', (_, change, atMs, expected) => {
    expect(scheduled(change, atMs)).toMatchObject(expected);
    expect(gate({ ...inLagos, ...change }, gatesOf({ ...gates, isSuppressed: () => true }), nowMs, atMs).kind).toBe(
      'skip',
    );
    expect(scheduled({ ...change, optedOut: true }, atMs)).toEqual({ kind: 'skip', reason: 'opted_out' });
  });

  test('without a zone nobody knows', () => {
    expect(gate(zoneless(), gatesOf(gates), nowMs, at10)).toEqual({ kind: 'skip', reason: 'zone_unknown' });
    expect(gate(zoneless(), gatesOf({ ...gates, windows: 'always' }), nowMs, at10)).toEqual({ kind: 'open' });
  });
});
