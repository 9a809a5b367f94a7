/** Calls by the hours and days of a zone. */
import type { Calls } from './course.ts';
import { localTime, offsetMs } from './local-time.ts';

/** A day's calls, and those of its fullest hour. */
export type Day = Calls & { readonly most: number };

const hourMs = 3_600_000;

/** Hours in which calls were started, in order, as the clocks of the zone begin them. */
export function callsByHour(minutes: readonly Calls[], zone: string): readonly Calls[] {
  const hours = new Map<number, number>();
  for (const { startMs: minute, calls } of minutes) {
    const offset = offsetMs(zone, minute);
    const startMs = Math.floor((minute + offset) / hourMs) * hourMs - offset;
    hours.set(startMs, (hours.get(startMs) ?? 0) + calls);
  }
  return [...hours].map(([startMs, calls]) => ({ startMs, calls }));
}

/** Days of the zone in which calls were started, in order; `startMs` is the first of their hours with a call. */
export function callsByDay(hours: readonly Calls[], zone: string): readonly Day[] {
  const days = [...Map.groupBy(hours, ({ startMs }) => localTime(zone, startMs).day).values()];
  return days.map((of) => ({
    startMs: of[0]?.startMs ?? 0,
    calls: of.reduce((sum, { calls }) => sum + calls, 0),
    most: Math.max(...of.map(({ calls }) => calls)),
  }));
}
