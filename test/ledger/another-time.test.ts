import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anotherTime } from '../../src/ledger/another-time.ts';
import type { Execution } from '../../src/model/execution.ts';
import type { Window } from '../../src/model/window.ts';
import {
  anyWindow,
  at,
  changesOf,
  dayMs,
  hourMs,
  iso,
  isOpenByWords,
  minuteMs,
  policy,
  spansOf,
  zones,
} from './zones.ts';
import type { Span } from './zones.ts';

const everyDay = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const workdays = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;
const usual: Window = { days: everyDay, fromMinute: 9 * 60, toMinute: 19 * 60 };

type Asked = {
  readonly hours?: Pick<Execution, 'windows' | 'policy' | 'holidays'>;
  readonly zones?: readonly string[];
  readonly apart: number;
  readonly earlier: readonly string[];
  readonly from: string;
  readonly until?: string;
};

/** In the first zone's time. */
function next({ hours = { windows: [usual] }, zones: asked = ['Africa/Lagos'], apart, earlier, from, until }: Asked) {
  const found = anotherTime(hours, {
    zones: asked,
    earlierMs: earlier.map(at),
    apartMs: apart,
    fromMs: at(from),
    untilMs: until === undefined ? Infinity : at(until),
  });
  return iso(found, asked[0] ?? 'UTC');
}

describe('a retry keeps three hours from the time of day of', () => {
  const apart = 3 * hourMs;

  test.each<readonly [string, readonly string[], string, string]>([
    ['a call long ago by the clock: at once', ['2026-11-24T10:00'], '2026-11-24T14:00', '2026-11-24T14:00'],
    ['a call just so far ago: at once', ['2026-11-24T10:00'], '2026-11-24T13:00', '2026-11-24T13:00'],
    ['a call of a while ago: the rest of three hours', ['2026-11-24T10:00'], '2026-11-24T11:00', '2026-11-24T13:00'],
    ['a call of yesterday, a little later', ['2026-11-23T12:00'], '2026-11-24T11:00', '2026-11-24T15:00'],
    ['a late call: the next morning', ['2026-11-24T17:30'], '2026-11-24T18:30', '2026-11-25T09:00'],
    ['two calls', ['2026-11-24T13:00', '2026-11-24T09:30'], '2026-11-24T14:00', '2026-11-24T16:00'],
    [
      'two calls, the next day between them',
      ['2026-11-24T18:00', '2026-11-24T10:00'],
      '2026-11-24T19:00',
      '2026-11-25T13:00',
    ],
    // 9:30 and 18:30 leave 12:30 to 15:30; 14:00 besides leaves nothing, so the oldest is let go.
    [
      'the two latest of three',
      ['2026-11-24T18:30', '2026-11-23T09:30', '2026-11-22T14:00'],
      '2026-11-24T18:40',
      '2026-11-25T12:30',
    ],
    // 14:00 leaves 9:00 to 11:00, and 10:00 besides 17:00 to 19:00.
    [
      'both, although the later time is on the same day',
      ['2026-11-24T14:00', '2026-11-23T10:00'],
      '2026-11-24T14:10',
      '2026-11-24T17:00',
    ],
  ])('%s', (_what, earlier, from, expected) => {
    const lagos = (text: string) => `${text}+01:00`;
    expect(next({ apart, earlier: earlier.map(lagos), from: lagos(from) })).toBe(lagos(expected));
  });
});

describe('a time of day lasts a quarter of an hour', () => {
  const lagos = (text: string) => `2026-11-${text}+01:00`;

  test('so that who waits for a slot does not miss it', () => {
    // 15:50 leaves 18:50 to 19:00 on the same day.
    const asked = { apart: 3 * hourMs, earlier: [lagos('24T15:50')] };
    expect(next({ ...asked, from: lagos('24T16:00') })).toBe(lagos('25T09:00'));
    expect(next({ ...asked, earlier: [lagos('24T15:44')], from: lagos('24T16:00') })).toBe(lagos('24T18:44'));
  });

  test('but who may be called now is called now', () => {
    const asked = { apart: 3 * hourMs, earlier: [lagos('24T15:50')] };
    expect(next({ ...asked, from: lagos('24T18:55') })).toBe(lagos('24T18:55'));
  });

  test('before another attempt, too', () => {
    // Between the two there are 10 minutes at 13:00.
    const earlier = [lagos('24T10:00'), lagos('23T16:10')];
    expect(next({ apart: 3 * hourMs, earlier, from: lagos('24T11:00') })).toBe(lagos('24T13:00'));
    const narrow = [lagos('24T16:05'), lagos('23T10:00')];
    expect(next({ apart: 3 * hourMs, earlier: narrow, from: lagos('24T16:10') })).toBe(lagos('25T09:00'));
  });
});

describe('the windows hold', () => {
  test('of the campaign and of its policy', () => {
    const hours = { windows: 'always', policy } as const;
    const earlier = ['2026-11-24T19:00+01:00'];
    expect(next({ hours, apart: 3 * hourMs, earlier, from: '2026-11-24T20:00+01:00' })).toBe('2026-11-25T08:00+01:00');
  });

  test('and holidays', () => {
    const hours = { windows: [{ ...usual, days: workdays }], holidays: [Math.floor(at('2026-11-25T12:00Z') / dayMs)] };
    const earlier = ['2026-11-24T17:30+01:00'];
    expect(next({ hours, apart: 3 * hourMs, earlier, from: '2026-11-24T18:30+01:00' })).toBe('2026-11-26T09:00+01:00');
  });

  test('in all of the zones, while the clock is that of the first', () => {
    const asked = { zones: ['America/New_York', 'America/Los_Angeles'], apart: 3 * hourMs };
    const earlier = ['2026-11-24T13:00-05:00'];
    expect(next({ ...asked, earlier, from: '2026-11-24T14:00-05:00' })).toBe('2026-11-24T16:00-05:00');
    expect(next({ ...asked, earlier: ['2026-11-24T16:00-05:00'], from: '2026-11-24T17:00-05:00' })).toBe(
      '2026-11-25T12:00-05:00',
    );
  });

  test('without any and without a zone the clock is that of UTC', () => {
    const asked = { hours: { windows: 'always' }, zones: [], apart: 6 * hourMs } as const;
    expect(next({ ...asked, earlier: ['2026-11-24T20:00Z'], from: '2026-11-24T21:00Z' })).toBe('2026-11-25T02:00Z');
  });

  test('that have no other time leave nobody to call, and so do those that end before', () => {
    const short = { windows: [{ days: everyDay, fromMinute: 600, toMinute: 660 }] };
    const earlier = ['2026-11-24T10:30Z'];
    expect(next({ hours: short, zones: ['UTC'], apart: hourMs, earlier, from: '2026-11-24T10:40Z' })).toBeUndefined();
    const asked = { zones: ['UTC'], apart: 3 * hourMs, earlier, from: '2026-11-24T10:40Z' };
    expect(next({ ...asked, until: '2026-11-24T13:29Z' })).toBeUndefined();
    expect(next({ ...asked, until: '2026-11-24T13:30Z' })).toBe('2026-11-24T13:30Z');
    expect(next({ hours: { windows: [] }, ...asked })).toBeUndefined();
  });

  test('until the last instant: from as many as there is time for', () => {
    const earlier = ['2026-11-24T14:00Z', '2026-11-23T17:30Z'];
    const asked = { zones: ['UTC'], apart: 3 * hourMs, earlier, from: '2026-11-24T14:10Z' };
    expect(next(asked)).toBe('2026-11-25T09:00Z');
    expect(next({ ...asked, until: '2026-11-24T18:00Z' })).toBe('2026-11-24T17:00Z');
  });
});

describe('when the clocks are set', () => {
  // In Berlin they go from 3:00 back to 2:00 on 2026-10-25, and from 2:00 to 3:00 on 2026-03-29.
  const berlin = { hours: { windows: 'always' }, zones: ['Europe/Berlin'], apart: 3 * hourMs } as const;

  test('back, three hours by the clock take four', () => {
    const earlier = ['2026-10-25T00:30+02:00'];
    expect(next({ ...berlin, earlier, from: '2026-10-25T01:00+02:00' })).toBe('2026-10-25T03:30+01:00');
  });

  test('forward, they take two', () => {
    const earlier = ['2026-03-29T00:30+01:00'];
    expect(next({ ...berlin, earlier, from: '2026-03-29T01:00+01:00' })).toBe('2026-03-29T03:30+02:00');
  });

  test('forward over the end of the distance, they end it', () => {
    const earlier = ['2026-03-28T23:15+01:00'];
    expect(next({ ...berlin, earlier, from: '2026-03-29T00:00+01:00' })).toBe('2026-03-29T03:00+02:00');
  });
});

test('times with fractions of a millisecond, as engine time has them, are no other times', () => {
  const earlierMs = [at('2026-11-24T10:00:00.200Z') + 0.7];
  const asked = { zones: ['UTC'], earlierMs, apartMs: 3 * hourMs, untilMs: Infinity };
  const hours = { windows: [usual] };
  const first = anotherTime(hours, { ...asked, fromMs: at('2026-11-24T11:00Z') + 0.123 });
  expect(first).toBe(at('2026-11-24T13:00:00.200Z'));
  const now = at('2026-11-24T13:00:00.200Z') + 0.001;
  expect(anotherTime(hours, { ...asked, fromMs: now })).toBe(now);
});

describe('a search minute by minute', () => {
  const fromDays = { min: at('2026-01-01T00:00Z') / dayMs, max: at('2027-01-01T00:00Z') / dayMs };
  const anySearch = fc
    .record({
      zone: fc.constantFrom(...zones),
      windows: fc.oneof(fc.constant('always' as const), fc.array(anyWindow, { minLength: 1, maxLength: 2 })),
      change: fc.option(fc.nat(3), { nil: undefined }),
      day: fc.integer(fromDays),
      minute: fc.integer({ min: -1440, max: 1440 }),
      earlier: fc.array(fc.integer({ min: 1, max: 3 * 1440 }), { minLength: 1, maxLength: 4 }),
      apart: fc.integer({ min: 30, max: 720 }),
      until: fc.option(fc.integer({ min: 0, max: 4 * 1440 }), { nil: undefined }),
    })
    .map(({ zone, change, day, minute, earlier, apart, until, ...rest }) => {
      const changes = changesIn2026(zone);
      const middleMs = changes[(change ?? changes.length) % Math.max(1, changes.length)] ?? day * dayMs;
      const fromMs = (change === undefined ? day * dayMs : middleMs) + minute * minuteMs;
      return {
        ...rest,
        zone,
        fromMs,
        earlierMs: earlier.toSorted((a, b) => a - b).map((ago) => fromMs - ago * minuteMs),
        apartMs: apart * minuteMs,
        untilMs: until === undefined ? Infinity : fromMs + until * minuteMs,
      };
    });

  test('finds the same', () => {
    fc.assert(
      fc.property(anySearch, ({ zone, windows, ...search }) => {
        const found = anotherTime({ windows }, { zones: [zone], ...search });
        expect(iso(found, zone)).toBe(iso(searched(windows, zone, search), zone));
      }),
      { numRuns: 300 },
    );
  });
});

const known = new Map<string, readonly number[]>();

function changesIn2026(zone: string): readonly number[] {
  const changes = known.get(zone) ?? changesOf(zone, at('2026-01-01T00:00Z'), at('2027-01-01T00:00Z'));
  known.set(zone, changes);
  return changes;
}

type Search = {
  readonly fromMs: number;
  readonly earlierMs: readonly number[];
  readonly apartMs: number;
  readonly untilMs: number;
};

/** As the words of the documentation say it. */
function searched(
  windows: Execution['windows'],
  zone: string,
  { fromMs, earlierMs, apartMs, untilMs }: Search,
): number | undefined {
  const lastMs = Math.min(untilMs, fromMs + 15 * dayMs);
  const spans = spansOf(zone, Math.min(...earlierMs) - dayMs, fromMs + 17 * dayMs);
  const clock = (ms: number) => ms + offsetAt(spans, ms);
  const taken = earlierMs.map(clock);
  const isOpen = (local: number) => windows === 'always' || isOpenByWords(windows, local);
  const roomAt = (ms: number) => {
    const local = clock(ms);
    if (!isOpen(local)) return 0;
    const near = taken.findIndex((then) => byTheClock(then, local) < apartMs);
    return near === -1 ? taken.length : near;
  };
  let best = 0;
  let found: number | undefined;
  for (let ms = fromMs; ms <= lastMs && best < taken.length; ms += minuteMs) {
    const room = ms === fromMs ? roomAt(ms) : Math.min(roomAt(ms), roomAt(ms + 15 * minuteMs));
    if (room > best) [best, found] = [room, ms];
  }
  return found;
}

function offsetAt(spans: readonly Span[], ms: number): number {
  return spans.find(({ toMs }) => ms < toMs)?.offsetMs ?? 0;
}

function byTheClock(a: number, b: number): number {
  const apart = Math.abs(a - b) % dayMs;
  return Math.min(apart, dayMs - apart);
}
