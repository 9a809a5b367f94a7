import type { Diagnostic } from '../../model/diagnostic.ts';
import { anotherTimeLastsMs, clockDistance, isInWindows } from '../../model/hours.ts';
import { printDuration } from '../quantity.ts';
import { durationAt } from '../read-quantity.ts';
import { at, entriesAt, printPath, textAt } from '../sourced.ts';
import type { WeekHours } from './hours-of.ts';
import { hoursOf } from './hours-of.ts';
import type { Rule } from './rule.ts';

const path = ['execution', 'attempts', 'another_time'];
const leastMs = 30 * 60_000;
const mostMs = 12 * 3_600_000;
const minuteMs = 60_000;
const minutesPerDay = 1440;
const lastsMinutes = anotherTimeLastsMs / minuteMs;

/** Retries at another time of day need retries, a distance that a day has, and windows that leave room for it. */
export const anotherTime: Rule = ({ root }) => {
  const node = at(root, path);
  const ms = durationAt(node, []);
  if (node === undefined || ms === undefined) return [];
  const found = String(textAt(node, []));
  if (ms < leastMs || ms > mostMs) {
    const args = { path: printPath(path), found, expected: `between ${printDuration(leastMs)} and 12h` };
    return [{ code: 'VALUE_RANGE', args, at: node.place } satisfies Diagnostic];
  }
  if (entriesAt(root, ['execution', 'attempts', 'retry']).size === 0) {
    return [{ code: 'ANOTHER_TIME_WITHOUT_RETRY', args: {}, at: node.place }];
  }
  const hours = hoursOf(root);
  const room = hours === undefined ? undefined : roomOf(hours);
  if (room === undefined || room * minuteMs >= ms) return [];
  const longest = room * minuteMs >= leastMs ? { longest: printDuration(room * minuteMs) } : {};
  return [{ code: 'ANOTHER_TIME_ROOM', args: { distance: found, ...longest }, at: node.place }];
};

/**
 * How far, in minutes, a retry can keep from whatever time the windows allow for the call before; undefined where they
 * allow none.
 */
function roomOf(hours: WeekHours): number | undefined {
  const minutes = Array.from({ length: minutesPerDay }, (_, minute) => minute);
  const days = [0, 1, 2, 3, 4, 5, 6];
  const called = minutes.filter((minute) => days.some((day) => isInWindows(hours, day, minute)));
  const starts = called.filter((minute) => days.some((day) => lasts(hours, day, minute)));
  if (called.length === 0) return undefined;
  const rooms = called.map((before) =>
    Math.max(0, ...starts.map((minute) => Math.min(apart(minute, before), apart(minute + lastsMinutes, before)))),
  );
  return Math.min(...rooms);
}

function lasts(hours: WeekHours, day: number, minute: number): boolean {
  const later = minute + lastsMinutes;
  return (
    isInWindows(hours, day, minute) &&
    isInWindows(hours, day + Math.floor(later / minutesPerDay), later % minutesPerDay)
  );
}

function apart(a: number, b: number): number {
  return clockDistance(a * minuteMs, b * minuteMs) / minuteMs;
}
