import type { Weekday, Window } from '../model/campaign.ts';
import { localTime, offsetMs, weekdayOf, type LocalTime } from './local-time.ts';

const weekdays: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const minuteMs = 60_000;
const dayMs = 86_400_000;

/**
 * The first instant not before `fromMs` at which a window is open in the zone: `fromMs` itself if one is open then.
 * Undefined where none opens within eight days. A window over midnight belongs to its first day; a local hour that
 * happens twice is open twice; one that daylight saving leaves out opens when the clocks have moved on.
 */
export function nextOpening(windows: 'always' | readonly Window[], zone: string, fromMs: number): number | undefined {
  if (windows === 'always' || isOpen(windows, zone, fromMs)) return fromMs;
  const today = localTime(zone, fromMs).day;
  const instants: number[] = [];
  for (let day = today; day <= today + 8; day += 1) {
    const offsets = offsetsAround(zone, day);
    if (offsets.change !== undefined) instants.push(offsets.change);
    for (const window of windows) {
      const localMs = day * dayMs + window.fromMinute * minuteMs;
      instants.push(localMs - offsets.before, localMs - offsets.after);
    }
  }
  return instants.toSorted((a, b) => a - b).find((instant) => instant > fromMs && isOpen(windows, zone, instant));
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
