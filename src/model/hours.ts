import type { Execution } from './execution.ts';
import type { Weekday, Window } from './window.ts';

/** When calls may be made: inside of the campaign's windows and of its policy's, on no holiday. */
export type Hours = Pick<Execution, 'windows' | 'holidays' | 'policy'>;

const dayMs = 86_400_000;

/** The days of a week in order. */
export const weekdays: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** A time of day for a retry lasts so long at least: what is over at once would be missed by who waits for a slot. */
export const anotherTimeLastsMs: number = 15 * 60_000;

/** How far two times of day are apart, round midnight. In ms since local midnight, or any day's. */
export function clockDistance(aMs: number, bMs: number): number {
  const apartMs = Math.abs(aMs - bMs) % dayMs;
  return Math.min(apartMs, dayMs - apartMs);
}

/** Whether the time of day does not matter, and so no zone. */
export function isAnyTime({ windows, holidays = [], policy }: Hours): boolean {
  return windows === 'always' && holidays.length === 0 && policy === undefined;
}

/** Lists of windows of which each must have one that is open. */
export function windowsOf({ windows, policy }: Pick<Hours, 'windows' | 'policy'>): readonly (readonly Window[])[] {
  return [...(windows === 'always' ? [] : [windows]), ...(policy === undefined ? [] : [policy.windows])];
}

/**
 * Whether windows and policy are open at a local time of an ordinary week.
 * @param weekday 0 is Monday
 * @param minute since local midnight, below 1440
 */
export function isInWindows(hours: Pick<Hours, 'windows' | 'policy'>, weekday: number, minute: number): boolean {
  return windowsOf(hours).every((windows) => windows.some((window) => holds(window, weekday, minute)));
}

function holds(window: Window, weekday: number, minute: number): boolean {
  const { fromMinute, toMinute } = window;
  const isToday = hasDay(window, weekday);
  if (fromMinute < toMinute) return isToday && minute >= fromMinute && minute < toMinute;
  return (isToday && minute >= fromMinute) || (hasDay(window, weekday + 6) && minute < toMinute);
}

function hasDay({ days }: Window, weekday: number): boolean {
  const day = weekdays[weekday % 7];
  return day !== undefined && days.includes(day);
}
