/**
 * Local time of a zone, by Intl: one formatter per zone is kept, as making one is 80 times the cost of using it, and the
 * offsets at midnights, as asking it is 50 times the cost of looking one up. UTC needs none,
 * as the first formatter takes 10 ms.
 */
import { daysSinceEpoch } from '../model/calendar.ts';

/** A zone's wall clock at some instant. */
export type LocalTime = {
  /** Days since 1970-01-01 in local reckoning. */
  readonly day: number;
  /** Minutes since local midnight. */
  readonly minute: number;
};

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** The zone's offset from UTC at an instant, ms: local = utc + offset. @throws RangeError for an unknown zone */
export function offsetMs(zone: string, atMs: number): number {
  const day = Math.floor(atMs / dayMs);
  const offset = midnightOffset(zone, day);
  // No zone sets its clocks twice within a day.
  return offset === midnightOffset(zone, day + 1) ? offset : readOffset(zone, atMs);
}

const midnights = new Map<string, Map<number, number>>();
const mostMidnights = 1_000;

/** At a midnight of UTC, by days since 1970-01-01. */
function midnightOffset(zone: string, day: number): number {
  const known = midnights.get(zone) ?? new Map<number, number>();
  const found = known.get(day);
  if (found !== undefined) return found;
  const offset = readOffset(zone, day * dayMs);
  if (known.size >= mostMidnights) known.clear();
  midnights.set(zone, known.set(day, offset));
  return offset;
}

function readOffset(zone: string, atMs: number): number {
  if (zone === 'UTC') return 0;
  const parts = formatterOf(zone).formatToParts(atMs);
  const read = (type: Intl.DateTimeFormatPartTypes): number =>
    Number(parts.find((part) => part.type === type)?.value ?? 0);
  const days = daysSinceEpoch({ year: read('year'), month: read('month'), day: read('day') });
  const localMs = days * dayMs + (read('hour') * 60 + read('minute')) * minuteMs + read('second') * 1000;
  return localMs - Math.floor(atMs / 1000) * 1000;
}

/** The first instant, to the second, with another offset than `fromMs`, where `toMs` has another. */
export function offsetChange(zone: string, fromMs: number, toMs: number): number {
  const before = offsetMs(zone, fromMs);
  let low = Math.floor(fromMs / 1000);
  let high = Math.ceil(toMs / 1000);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetMs(zone, middle * 1000) === before) low = middle;
    else high = middle;
  }
  return high * 1000;
}

/** What a clock on the wall shows in that zone. */
export function localTime(zone: string, atMs: number): LocalTime {
  const localMs = atMs + offsetMs(zone, atMs);
  const day = Math.floor(localMs / dayMs);
  return { day, minute: Math.floor((localMs - day * dayMs) / minuteMs) };
}

/** 0 is Monday. */
export function weekdayOf(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formatters.set(zone, made);
  return made;
}
