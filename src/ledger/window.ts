import { isAnyTime, isInWindows, windowsOf, type Hours } from '../model/hours.ts';
import { localTime, offsetChange, offsetMs, weekdayOf } from './local-time.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** A weekly window opens again within a week, or within two where daylight saving leaves it out once. */
const longestSearchDays = 15;

/** How far ahead an opening is looked for. */
export function searchMs({ holidays = [] }: Hours): number {
  return (longestSearchDays + 7 * holidays.length) * dayMs;
}

/**
 * The first instant not before `fromMs` that is open in all of the zones: `fromMs` itself if it is. Undefined where none
 * is within 15 days, or a week more for each holiday. A window over midnight belongs to its first day; a local hour that
 * happens twice is open twice; of a window that daylight saving leaves out in part, the rest opens when the clocks have
 * moved on. A holiday is a local date: it ends what a window of the day before would leave open.
 */
export function nextOpening(hours: Hours, zones: readonly string[], fromMs: number): number | undefined {
  const longestMs = searchMs(hours);
  let atMs = fromMs;
  while (atMs - fromMs <= longestMs) {
    const closed = zones.find((zone) => !isOpenIn(hours, zone, atMs));
    if (closed === undefined) return atMs;
    const opensMs = openingIn(hours, { zone: closed, fromMs: atMs, longestDays: longestMs / dayMs });
    if (opensMs === undefined) return undefined;
    atMs = opensMs;
  }
  return undefined;
}

/** So long nothing new is searched for where no opening was in sight. */
const noneMs = 3_600_000;

/** nextOpening for many people of few zones, one after the other, as an admission asks. */
export function openingsOf(hours: Hours): (zones: readonly string[], fromMs: number) => number | undefined {
  const known = new Map<string, { readonly fromMs: number; readonly opensMs: number | undefined }>();
  return (zones, fromMs) => {
    const name = zones.join(' ');
    const last = known.get(name);
    const lastsMs = last === undefined ? 0 : (last.opensMs ?? last.fromMs + noneMs);
    if (last !== undefined && fromMs >= last.fromMs && fromMs <= lastsMs) return last.opensMs;
    const opensMs = nextOpening(hours, zones, fromMs);
    known.set(name, { fromMs, opensMs });
    return opensMs;
  };
}

/** Whether the instant is open in all of the zones. */
export function isOpen(hours: Hours, zones: readonly string[], atMs: number): boolean {
  return zones.every((zone) => isOpenIn(hours, zone, atMs));
}

type Search = { readonly zone: string; readonly fromMs: number; readonly longestDays: number };

function openingIn(hours: Hours, { zone, fromMs, longestDays }: Search): number | undefined {
  const today = localTime(zone, fromMs).day;
  let last = today + longestDays;
  let firstMs: number | undefined;
  // Yesterday may come back: clocks have been set from 0:01 to 23:01. Tomorrow may begin before today is over.
  for (let day = today - 1; day <= last; day += 1) {
    const openMs = startsOf(hours, zone, day)
      .filter((instant) => instant > fromMs && instant < (firstMs ?? Infinity))
      .find((instant) => isOpenIn(hours, zone, instant));
    if (openMs === undefined) continue;
    if (firstMs === undefined) last = Math.min(last, day + 1);
    firstMs = openMs;
  }
  return firstMs;
}

/** Instants, in order, at which calling may begin on a local day: where a window begins, or a holiday is over. */
function startsOf(hours: Hours, zone: string, day: number): readonly number[] {
  const { before, after, change } = offsetsAround(zone, day);
  const minutes = windowsOf(hours).flatMap((windows) => windows.map(({ fromMinute }) => fromMinute));
  if ((hours.holidays ?? []).length > 0) minutes.push(0);
  const starts = minutes.flatMap((fromMinute) => {
    const localMs = day * dayMs + fromMinute * minuteMs;
    return before === after ? [localMs - before] : [localMs - before, localMs - after];
  });
  return (change === undefined ? starts : [...starts, change]).toSorted((a, b) => a - b);
}

function isOpenIn(hours: Hours, zone: string, atMs: number): boolean {
  if (isAnyTime(hours)) return true;
  const local = localTime(zone, atMs);
  if (hours.holidays?.includes(local.day) === true) return false;
  return isInWindows(hours, weekdayOf(local.day), local.minute);
}

/** The zone's offsets around a local day and, where they differ, the instant of the change. */
function offsetsAround(
  zone: string,
  day: number,
): { readonly before: number; readonly after: number; readonly change?: number } {
  const fromMs = day * dayMs - 14 * 3_600_000;
  const toMs = (day + 1) * dayMs + 12 * 3_600_000;
  const before = offsetMs(zone, fromMs);
  const after = offsetMs(zone, toMs);
  return before === after ? { before, after } : { before, after, change: offsetChange(zone, fromMs, toMs) };
}
