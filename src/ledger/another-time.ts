import { anotherTimeLastsMs, clockDistance, type Hours } from '../model/hours.ts';
import { offsetChange, offsetMs } from './local-time.ts';
import { nextOpening, searchMs } from './window.ts';

const dayMs = 86_400_000;

/** Where another time of day is looked for. */
export type Search = {
  /** The windows must be open in all of them; clocks are those of the first, or UTC where there is none. */
  readonly zones: readonly string[];
  /** When the earlier attempts were started, epoch ms, the latest first; at least one. */
  readonly earlierMs: readonly number[];
  /** So far the clock must be from what it was then. */
  readonly apartMs: number;
  readonly fromMs: number;
  /** The last instant that will do. */
  readonly untilMs: number;
};

/**
 * The first instant not before `fromMs` that is inside of the hours and at another time of day than the earlier attempts:
 * than all of them, else than as many of the latest as there is an instant for. Undefined where there is none even for the
 * last one. It must still be so a quarter of an hour later, but for `fromMs` itself.
 */
export function anotherTime(hours: Hours, search: Search): number | undefined {
  // Clocks are reckoned in whole milliseconds.
  const fromMs = Math.floor(search.fromMs);
  const earlierMs = search.earlierMs.map(Math.floor);
  const untilMs = Math.min(search.untilMs, fromMs + searchMs(hours));
  let best: number | undefined;
  for (const count of earlierMs.keys()) {
    const nearest = { ...search, fromMs, earlierMs: earlierMs.slice(0, count + 1), untilMs };
    // What keeps away from more attempts is no earlier.
    const foundMs = firstApart(hours, nearest, best ?? fromMs);
    if (foundMs === undefined) break;
    best = foundMs;
  }
  return best === fromMs ? search.fromMs : best;
}

function firstApart(hours: Hours, search: Search, startMs: number): number | undefined {
  let atMs = startMs;
  while (atMs <= search.untilMs) {
    const freeMs = freeFrom(hours, search, atMs);
    if (freeMs === undefined) return undefined;
    if (freeMs > atMs) {
      atMs = freeMs;
      continue;
    }
    if (atMs === search.fromMs) return atMs;
    const laterMs = freeFrom(hours, search, atMs + anotherTimeLastsMs);
    if (laterMs === undefined) return undefined;
    if (laterMs === atMs + anotherTimeLastsMs) return atMs;
    atMs = laterMs - anotherTimeLastsMs;
  }
  return undefined;
}

/** The instant itself where it will do, else one before which none does. */
function freeFrom(hours: Hours, { zones, earlierMs, apartMs }: Search, atMs: number): number | undefined {
  const opensMs = nextOpening(hours, zones, atMs);
  if (opensMs !== atMs) return opensMs;
  const zone = zones[0] ?? 'UTC';
  const near = earlierMs.find((ms) => clockDistance(clockMs(zone, ms), clockMs(zone, atMs)) < apartMs);
  if (near === undefined) return atMs;
  const untilFar = clockMs(zone, near) + apartMs - clockMs(zone, atMs);
  const farMs = atMs + (((untilFar % dayMs) + dayMs) % dayMs);
  // Clocks may be set meanwhile, and then that is not the time that they will show.
  return offsetMs(zone, farMs) === offsetMs(zone, atMs) ? farMs : offsetChange(zone, atMs, farMs);
}

/** What the clock shows, in ms since some midnight. */
function clockMs(zone: string, atMs: number): number {
  return atMs + offsetMs(zone, atMs);
}
