import type { Weekday, Window } from '../model/campaign.ts';
import { localTime, offsetMs, weekdayOf, type LocalTime } from './local-time.ts';

const weekdays: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const minuteMs = 60_000;
const dayMs = 86_400_000;

/** A weekly window opens again within a week, or within two where daylight saving leaves it out once. */
const longestSearchDays = 15;

/**
 * The first instant not before `fromMs` at which a window is open in the zone: `fromMs` itself if one is open then.
 * Undefined where none opens within 15 days. A window over midnight belongs to its first day; a local hour that happens
 * twice is open twice; of a window that daylight saving leaves out in part, the rest opens when the clocks have moved on.
 */
export function nextOpening(windows: 'always' | readonly Window[], zone: string, fromMs: number): number | undefined {
  if (windows === 'always' || isOpen(windows, zone, fromMs)) return fromMs;
  const today = localTime(zone, fromMs).day;
  let last = today + longestSearchDays;
  let firstMs: number | undefined;
  // Yesterday may come back: clocks have been set from 0:01 to 23:01. Tomorrow may begin before today is over.
  for (let day = today - 1; day <= last; day += 1) {
    const openMs = openingsOf(windows, zone, day)
      .filter((instant) => instant > fromMs && instant < (firstMs ?? Infinity))
      .find((instant) => isOpen(windows, zone, instant));
    if (openMs === undefined) continue;
    if (firstMs === undefined) last = Math.min(last, day + 1);
    firstMs = openMs;
  }
  return firstMs;
}

/** Instants, in order, at which a window may open on a local day. */
function openingsOf(windows: readonly Window[], zone: string, day: number): readonly number[] {
  const { before, after, change } = offsetsAround(zone, day);
  const starts = windows.flatMap(({ fromMinute }) => {
    const localMs = day * dayMs + fromMinute * minuteMs;
    return before === after ? [localMs - before] : [localMs - before, localMs - after];
  });
  return (change === undefined ? starts : [...starts, change]).toSorted((a, b) => a - b);
}

/** Whether any window is open in the zone at that instant. */
export function isOpen(windows: readonly Window[], zone: string, atMs: number): boolean {
  const local = localTime(zone, atMs);
  return windows.some((window) => holds(window, local));
}

function holds(window: Window, local: LocalTime): boolean {
  const { fromMinute, toMinute } = window;
  const isToday = hasDay(window, local.day);
  if (fromMinute < toMinute) {
    return isToday && local.minute >= fromMinute && local.minute < toMinute;
  }
  if (isToday && local.minute >= fromMinute) return true;
  return hasDay(window, local.day - 1) && local.minute < toMinute;
}

function hasDay(window: Window, day: number): boolean {
  const weekday = weekdays[weekdayOf(day)];
  return weekday !== undefined && window.days.includes(weekday);
}

/** The zone's offsets around a local day and, where they differ, the instant of the change. */
function offsetsAround(
  zone: string,
  day: number,
): { readonly before: number; readonly after: number; readonly change?: number } {
  const before = offsetMs(zone, day * dayMs - 14 * 3_600_000);
  const after = offsetMs(zone, (day + 1) * dayMs + 12 * 3_600_000);
  if (before === after) return { before, after };
  let low = day * dayMs - 14 * 3_600_000;
  let high = (day + 1) * dayMs + 12 * 3_600_000;
  while (high - low > 1000) {
    const middle = Math.floor((low + high) / 2000) * 1000;
    if (offsetMs(zone, middle) === before) low = middle;
    else high = middle;
  }
  return { before, after, change: high };
}
