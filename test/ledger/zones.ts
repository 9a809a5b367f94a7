/** What the tests of local time compare with: luxon's view of the zones, and a search minute by minute. */
import * as fc from 'fast-check';
import { DateTime } from 'luxon';
import type { Policy } from '../../src/model/policy.ts';
import type { Weekday, Window } from '../../src/model/window.ts';

/** Whole, half and quarter hours; north and south; changes at midnight, of half an hour, of two, in Ramadan; none. */
export const zones: readonly string[] = [
  'Africa/Lagos',
  'Africa/Cairo',
  'Africa/Casablanca',
  'America/Havana',
  'America/New_York',
  'America/Nuuk',
  'America/Santiago',
  'America/St_Johns',
  'Antarctica/Troll',
  'Asia/Beirut',
  'Asia/Gaza',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Europe/Berlin',
  'Europe/Dublin',
  'Pacific/Apia',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
  'Pacific/Niue',
  'UTC',
];

/** Calls from 8 to 21 o'clock. */
export const policy: Policy = {
  name: 'garki@1',
  title: 'A made-up policy',
  windows: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], fromMinute: 8 * 60, toMinute: 21 * 60 }],
  consent: false,
  citations: [],
};

export const minuteMs: number = 60_000;
export const hourMs: number = 60 * minuteMs;
export const dayMs: number = 24 * hourMs;

/** Epoch ms of an ISO date-time with its offset. */
export function at(text: string): number {
  const ms = DateTime.fromISO(text, { setZone: true }).toMillis();
  if (Number.isNaN(ms)) throw new Error(`no instant: ${text}`);
  return ms;
}

/** Local time as ISO, with the offset that holds. */
export function iso(ms: number | undefined, zone: string): string | undefined {
  if (ms === undefined) return undefined;
  return DateTime.fromMillis(ms, { zone }).toISO({ suppressMilliseconds: true, suppressSeconds: true }) ?? undefined;
}

/** The instants of a span in which the zone's offset changes, by luxon. */
export function changesOf(zone: string, fromMs: number, toMs: number): readonly number[] {
  const offset = (ms: number) => DateTime.fromMillis(ms, { zone }).offset;
  const changes: number[] = [];
  for (let start = fromMs; start < toMs; start += dayMs) {
    let [low, high] = [start, start + dayMs];
    if (offset(low) === offset(high)) continue;
    while (high - low > minuteMs) {
      const middle = low + Math.floor((high - low) / minuteMs / 2) * minuteMs;
      if (offset(middle) === offset(low)) low = middle;
      else high = middle;
    }
    changes.push(high);
  }
  return changes;
}

export type Span = { readonly fromMs: number; readonly toMs: number; readonly offsetMs: number };

/** A span of time cut into pieces of one offset. */
export function spansOf(zone: string, fromMs: number, toMs: number): readonly Span[] {
  const ends = [...changesOf(zone, fromMs, toMs), toMs];
  return ends.map((end, index) => {
    const start = ends[index - 1] ?? fromMs;
    return { fromMs: start, toMs: end, offsetMs: DateTime.fromMillis(start, { zone }).offset * minuteMs };
  });
}

const weekdays: readonly Weekday[] = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** Whether a window is open, as the words of the campaign file say it. */
export function isOpenByWords(windows: readonly Window[], localMs: number): boolean {
  const minute = Math.floor((((localMs % dayMs) + dayMs) % dayMs) / minuteMs);
  const weekday = (ms: number) => weekdays[new Date(ms).getUTCDay()] ?? 'sun';
  return windows.some(({ days, fromMinute, toMinute }) => {
    const isOverMidnight = toMinute <= fromMinute;
    if (days.includes(weekday(localMs)) && minute >= fromMinute && (isOverMidnight || minute < toMinute)) return true;
    return isOverMidnight && days.includes(weekday(localMs - dayMs)) && minute < toMinute;
  });
}

/** The first opening, searched minute by minute through spans that reach far enough. */
export function searchedOpening(
  windows: readonly Window[],
  spans: readonly Span[],
  fromMs: number,
): number | undefined {
  const lastMs = fromMs + 15 * dayMs;
  let span = spans.findIndex(({ toMs }) => toMs > fromMs);
  for (let ms = fromMs; ms < lastMs; ms = Math.floor(ms / minuteMs + 1) * minuteMs) {
    while (ms >= (spans[span]?.toMs ?? Infinity)) span += 1;
    if (isOpenByWords(windows, ms + (spans[span]?.offsetMs ?? 0))) return ms;
  }
  return undefined;
}

const anyDays = fc.subarray([...weekdays], { minLength: 1 });

/** Windows of the common kind and of every other: short, over midnight, of a whole day. */
export const anyWindow: fc.Arbitrary<Window> = fc.oneof(
  fc.record({
    days: anyDays,
    fromMinute: fc.integer({ min: 0, max: 1439 }),
    toMinute: fc.integer({ min: 1, max: 1440 }),
  }),
  fc.record({ days: anyDays, fromMinute: fc.constantFrom(0, 30, 60, 90, 120, 150, 1380, 1410) }).chain((start) =>
    fc.constantFrom(10, 30, 60, 90, 1440).map((length) => {
      const end = start.fromMinute + length;
      return { ...start, toMinute: end > 1440 ? end - 1440 : end };
    }),
  ),
);
