import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Weekday, Window } from '../../src/model/window.ts';
import { isOpen, nextOpening, openingsOf } from '../../src/ledger/window.ts';
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
  searchedOpening,
  spansOf,
  zones,
} from './zones.ts';

const weekdays: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri'];
const everyDay: readonly Weekday[] = [...weekdays, 'sat', 'sun'];

/** `09:00` to `18:00`; the end may be `24:00`. */
function window(from: string, to: string, days: readonly Weekday[] = everyDay): Window {
  return { days, fromMinute: minutes(from), toMinute: minutes(to) };
}

function minutes(text: string): number {
  const [hour = 0, minute = 0] = text.split(':').map(Number);
  return hour * 60 + minute;
}

function opening(windows: readonly Window[], zone: string, from: string): string | undefined {
  return iso(nextOpening({ windows }, [zone], at(from)), zone);
}

describe('office hours in Lagos', () => {
  const office = [window('09:00', '18:00', weekdays)];

  test.each([
    ['before they begin', '2026-11-23T08:59+01:00', '2026-11-23T09:00+01:00'],
    ['in the minute in which they begin', '2026-11-23T09:00+01:00', '2026-11-23T09:00+01:00'],
    ['in their last minute', '2026-11-23T17:59+01:00', '2026-11-23T17:59+01:00'],
    ['when they are over', '2026-11-23T18:00+01:00', '2026-11-24T09:00+01:00'],
    ['on Friday evening', '2026-11-27T18:00+01:00', '2026-11-30T09:00+01:00'],
    ['on Sunday', '2026-11-29T12:00+01:00', '2026-11-30T09:00+01:00'],
  ])('%s', (_when, from, expected) => {
    expect(opening(office, 'Africa/Lagos', from)).toBe(expected);
  });
});

describe('windows', () => {
  test('over midnight belong to their first day', () => {
    const night = [window('22:00', '02:00', ['fri'])];
    const zone = 'Africa/Lagos';
    expect(isOpen({ windows: night }, [zone], at('2026-11-27T23:00+01:00'))).toBe(true);
    expect(isOpen({ windows: night }, [zone], at('2026-11-28T01:59+01:00'))).toBe(true);
    expect(isOpen({ windows: night }, [zone], at('2026-11-28T02:00+01:00'))).toBe(false);
    expect(isOpen({ windows: night }, [zone], at('2026-11-27T01:00+01:00'))).toBe(false);
    expect(isOpen({ windows: night }, [zone], at('2026-11-28T23:00+01:00'))).toBe(false);
  });

  test('to 24:00 are open to the last minute of the day', () => {
    const late = [window('20:00', '24:00', ['fri'])];
    expect(isOpen({ windows: late }, ['UTC'], at('2026-11-27T23:59:59.999Z'))).toBe(true);
    expect(isOpen({ windows: late }, ['UTC'], at('2026-11-28T00:00Z'))).toBe(false);
  });

  test('from 00:00 to 24:00 are open all day', () => {
    expect(opening([window('00:00', '24:00', ['sat'])], 'UTC', '2026-11-27T23:59Z')).toBe('2026-11-28T00:00Z');
  });

  test('that end where they begin last a whole day', () => {
    const round = [window('10:00', '10:00', ['fri'])];
    expect(isOpen({ windows: round }, ['UTC'], at('2026-11-28T09:59Z'))).toBe(true);
    expect(isOpen({ windows: round }, ['UTC'], at('2026-11-28T10:00Z'))).toBe(false);
  });

  test('that are none never open', () => {
    expect(nextOpening({ windows: [] }, ['UTC'], 0)).toBeUndefined();
    expect(nextOpening({ windows: [window('09:00', '10:00', [])] }, ['UTC'], 0)).toBeUndefined();
  });

  test('that are lifted are always open', () => {
    expect(nextOpening({ windows: 'always' }, ['no zone'], 7)).toBe(7);
  });

  test('may be several a day: the next is taken', () => {
    const twice = [window('16:00', '18:00'), window('09:00', '12:00')];
    expect(opening(twice, 'UTC', '2026-11-24T12:00Z')).toBe('2026-11-24T16:00Z');
    expect(opening(twice, 'UTC', '2026-11-24T18:00Z')).toBe('2026-11-25T09:00Z');
  });

  test('of an unknown zone are an error: nobody is called', () => {
    expect(() => nextOpening({ windows: [window('09:00', '10:00')] }, ['Africa/Garki'], 0)).toThrow(RangeError);
  });
});

describe('when clocks are set forward', () => {
  // Berlin: 2026-03-29, 2:00 is followed by 3:00.
  test('a window that begins in the missing hour opens when the clocks have moved on', () => {
    expect(opening([window('02:30', '04:00')], 'Europe/Berlin', '2026-03-29T01:59+01:00')).toBe(
      '2026-03-29T03:00+02:00',
    );
  });

  test('a window that lies in the missing hour does not open that day', () => {
    expect(opening([window('02:00', '03:00')], 'Europe/Berlin', '2026-03-29T01:59+01:00')).toBe(
      '2026-03-30T02:00+02:00',
    );
  });

  test('a weekly window in the missing hour opens a week later, even if asked two weeks before', () => {
    const weekly = [window('02:00', '03:00', ['sun'])];
    expect(opening(weekly, 'Europe/Berlin', '2026-03-23T00:00+01:00')).toBe('2026-04-05T02:00+02:00');
  });

  test('a day that begins at 1:00 opens what begins at midnight at 1:00', () => {
    // Cairo: 2026-04-24, 0:00 is followed by 1:00.
    expect(opening([window('00:00', '06:00', ['fri'])], 'Africa/Cairo', '2026-04-23T12:00+02:00')).toBe(
      '2026-04-24T01:00+03:00',
    );
  });

  test('Lord Howe leaves out half an hour', () => {
    const early = [window('02:15', '02:45')];
    expect(opening(early, 'Australia/Lord_Howe', '2026-10-04T01:00+10:30')).toBe('2026-10-04T02:30+11:00');
  });

  test('Samoa left out a Friday, so what is open on Fridays waited for the next', () => {
    const friday = [window('09:00', '10:00', ['fri'])];
    expect(opening(friday, 'Pacific/Apia', '2011-12-23T12:00-10:00')).toBe('2012-01-06T09:00+14:00');
  });

  test('what was open on Samoa\u2019s last Thursday night went on on Saturday', () => {
    const night = [window('22:00', '02:00', ['thu', 'fri'])];
    expect(opening(night, 'Pacific/Apia', '2011-12-29T23:59-10:00')).toBe('2011-12-29T23:59-10:00');
    expect(opening(night, 'Pacific/Apia', '2011-12-31T00:00+14:00')).toBe('2011-12-31T00:00+14:00');
  });
});

describe('when clocks are set back', () => {
  // Berlin: 2026-10-25, 3:00 is followed by 2:00.
  test('a window in the hour that comes twice opens twice', () => {
    const short = [window('02:10', '02:20')];
    expect(opening(short, 'Europe/Berlin', '2026-10-25T01:00+02:00')).toBe('2026-10-25T02:10+02:00');
    expect(opening(short, 'Europe/Berlin', '2026-10-25T02:20+02:00')).toBe('2026-10-25T02:10+01:00');
    expect(opening(short, 'Europe/Berlin', '2026-10-25T02:20+01:00')).toBe('2026-10-26T02:10+01:00');
  });

  test('a window that was over opens again in the moment of the change', () => {
    expect(opening([window('01:00', '02:30')], 'Europe/Berlin', '2026-10-25T02:30+02:00')).toBe(
      '2026-10-25T02:00+01:00',
    );
  });

  test('a day that was over may come back', () => {
    // St. John's set its clocks from 0:01 to 23:01 of the day before, until 2011.
    const lastHour = [window('23:30', '23:50', ['sat'])];
    expect(opening(lastHour, 'America/St_Johns', '2010-11-07T00:00:30-02:30')).toBe('2010-11-06T23:30-03:30');
  });
});

/** Days since 1970 of an ISO date. */
function dayOf(date: string): number {
  return Math.floor(at(`${date}T00:00Z`) / dayMs);
}

describe('holidays', () => {
  const office = {
    windows: [window('09:00', '18:00', weekdays)],
    holidays: [dayOf('2026-12-25'), dayOf('2026-12-28')],
  };

  test('are closed from midnight to midnight of the recipient', () => {
    expect(iso(nextOpening(office, ['Africa/Lagos'], at('2026-12-24T18:00+01:00')), 'Africa/Lagos')).toBe(
      '2026-12-29T09:00+01:00',
    );
    expect(isOpen(office, ['Pacific/Niue'], at('2026-12-25T09:30Z'))).toBe(false);
    const always = { windows: 'always', holidays: [dayOf('2026-12-25')] } as const;
    expect(iso(nextOpening(always, ['Pacific/Niue'], at('2026-12-25T11:00Z')), 'Pacific/Niue')).toBe(
      '2026-12-26T00:00-11:00',
    );
  });

  test('end what a window of the evening before would leave open, and what is left of one opens after them', () => {
    const night = { windows: [window('22:00', '04:00')], holidays: [dayOf('2026-12-25')] };
    expect(isOpen(night, ['Africa/Lagos'], at('2026-12-24T23:59+01:00'))).toBe(true);
    expect(iso(nextOpening(night, ['Africa/Lagos'], at('2026-12-25T00:00+01:00')), 'Africa/Lagos')).toBe(
      '2026-12-26T00:00+01:00',
    );
  });

  test('on many Mondays in a row are waited out', () => {
    const mondays = Array.from({ length: 5 }, (_, week) => dayOf('2026-11-30') + 7 * week);
    const hours = { windows: [window('09:00', '10:00', ['mon'])], holidays: mondays };
    expect(iso(nextOpening(hours, ['UTC'], at('2026-11-28T00:00Z')), 'UTC')).toBe('2027-01-04T09:00Z');
  });
});

describe('a policy', () => {
  test('narrows the windows of the campaign, and binds where they are lifted', () => {
    const early = { windows: [window('06:00', '12:00')], policy };
    expect(iso(nextOpening(early, ['America/Chicago'], at('2026-11-24T06:30-06:00')), 'America/Chicago')).toBe(
      '2026-11-24T08:00-06:00',
    );
    const night = { windows: [window('22:00', '04:00')], policy };
    expect(nextOpening(night, ['America/Chicago'], 0)).toBeUndefined();
    expect(isOpen({ windows: 'always', policy }, ['America/Chicago'], at('2026-11-24T21:00-06:00'))).toBe(false);
  });
});

describe('a number of several zones', () => {
  const day = { windows: [window('09:00', '18:00')] };

  test('may be called while all of them are open', () => {
    const both = ['America/New_York', 'America/Los_Angeles'];
    expect(iso(nextOpening(day, both, at('2026-11-24T09:00-05:00')), 'America/New_York')).toBe(
      '2026-11-24T12:00-05:00',
    );
    expect(isOpen(day, both, at('2026-11-24T17:59-05:00'))).toBe(true);
    expect(isOpen(day, both, at('2026-11-24T18:00-05:00'))).toBe(false);
  });

  test('may never be called where they share no open hour', () => {
    expect(nextOpening(day, ['Europe/Kaliningrad', 'Asia/Kamchatka'], at('2026-11-24T09:00Z'))).toBeUndefined();
  });
});

describe('for all zones, windows and instants', () => {
  const yearMs = at('2026-01-01T00:00Z');
  const spans = new Map(zones.map((zone) => [zone, spansOf(zone, yearMs - dayMs, yearMs + 390 * dayMs)]));
  const changes = new Map(zones.map((zone) => [zone, changesOf(zone, yearMs, yearMs + 365 * dayMs)]));

  /** Half of the instants lie around a change of the clocks. */
  const anyInstant = fc.constantFrom(...zones).chain((zone) =>
    fc
      .oneof(
        fc.integer({ min: yearMs, max: yearMs + 365 * dayMs }),
        fc
          .record({
            change: fc.constantFrom(...(changes.get(zone) ?? []), yearMs + dayMs),
            by: fc.integer({ min: -8 * 24, max: 24 }),
            to: fc.integer({ min: -hourMs, max: hourMs }),
          })
          .map(({ change, by, to }) => Math.max(yearMs, change + by * hourMs + to)),
      )
      .map((fromMs) => ({ zone, fromMs })),
  );

  test('the next opening is the one that a search minute by minute finds', () => {
    fc.assert(
      fc.property(anyInstant, fc.array(anyWindow, { minLength: 1, maxLength: 3 }), ({ zone, fromMs }, windows) => {
        const expected = searchedOpening(windows, spans.get(zone) ?? [], fromMs);
        expect(iso(nextOpening({ windows }, [zone], fromMs), zone)).toBe(iso(expected, zone));
      }),
      { numRuns: 2_000 },
    );
  });

  test('open is what the words of the file say', () => {
    fc.assert(
      fc.property(anyInstant, fc.array(anyWindow, { maxLength: 3 }), ({ zone, fromMs }, windows) => {
        const span = (spans.get(zone) ?? []).find(({ toMs }) => toMs > fromMs);
        expect(isOpen({ windows }, [zone], fromMs)).toBe(isOpenByWords(windows, fromMs + (span?.offsetMs ?? 0)));
      }),
      { numRuns: 1_000 },
    );
  });

  test('every hour of a year is open as Intl tells the hour and the day', () => {
    const office = { windows: [window('09:00', '18:00', weekdays)] };
    const startMs = at('2026-01-01T00:00Z');
    for (const zone of zones) {
      const told = new Intl.DateTimeFormat('en-GB', { timeZone: zone, weekday: 'short', hour: '2-digit' });
      let open = 0;
      for (let hour = 0; hour < 365 * 24; hour += 1) {
        const atMs = startMs + hour * hourMs;
        const [weekday = '', shown = ''] = told.format(atMs).split(/, /);
        const expected = !['Sat', 'Sun'].includes(weekday) && Number(shown) >= 9 && Number(shown) < 18;
        if (isOpen(office, [zone], atMs) !== expected) expect.fail(`${zone} at ${String(iso(atMs, zone))}`);
        if (expected) open += 1;
      }
      expect(open).toBeGreaterThan(2_300);
    }
  });

  test('several zones open together when a search minute by minute finds each of them open', () => {
    const anyHours = fc.record({
      windows: fc.array(anyWindow, { minLength: 1, maxLength: 2 }),
      holidays: fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 2 }),
    });
    fc.assert(
      fc.property(anyInstant, fc.constantFrom(...zones), anyHours, ({ zone, fromMs }, other, { windows, holidays }) => {
        const days = holidays.map((day) => Math.floor(fromMs / dayMs) + day);
        const hours = { windows, holidays: days, policy };
        const opensMs = nextOpening(hours, [zone, other], fromMs);
        const steps = Math.ceil(((opensMs ?? fromMs + 15 * dayMs) - fromMs) / (10 * minuteMs));
        for (let step = 0; step < steps; step += 1) {
          expect(isOpen(hours, [zone, other], fromMs + step * 10 * minuteMs)).toBe(false);
        }
        if (opensMs !== undefined) expect(isOpen(hours, [zone], opensMs) && isOpen(hours, [other], opensMs)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  test('what is remembered of openings is what they are', () => {
    fc.assert(
      fc.property(
        anyInstant,
        fc.constantFrom(...zones),
        fc.array(anyWindow, { minLength: 1, maxLength: 2 }),
        fc.array(fc.integer({ min: -10, max: 600 }), { maxLength: 12 }),
        ({ zone, fromMs }, other, windows, steps) => {
          const openingAfter = openingsOf({ windows });
          let atMs = fromMs;
          for (const step of steps) {
            atMs += step * minuteMs;
            const expected = nextOpening({ windows }, [zone, other], atMs);
            if (expected !== undefined) expect(openingAfter([zone, other], atMs)).toBe(expected);
            expect(openingAfter([zone], atMs)).toBe(nextOpening({ windows }, [zone], atMs));
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});
