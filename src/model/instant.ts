import { calendarDay, daysSinceEpoch } from './calendar.ts';
import { parseIsoDate, type IsoDate } from './iso-date.ts';

/**
 * Epoch ms of an ISO 8601 instant (`2024-03-20T10:30:05.123Z`); undefined where the text is none, or names no offset and
 * so no instant. For folders that have no `Date`.
 */
export function parseInstant(text: string): number | undefined {
  const date = parseIsoDate(text);
  return date?.time?.offsetMinutes === undefined ? undefined : epochMs(date);
}

/** Epoch ms of a date as it is written: one without a time of day means midnight, one without an offset UTC. */
export function epochMs(date: IsoDate): number {
  const { hour = 0, minute = 0, second = 0, millisecond = 0, offsetMinutes = 0 } = date.time ?? {};
  const minutes = (daysSinceEpoch(date) * 24 + hour) * 60 + minute - offsetMinutes;
  return (minutes * 60 + second) * 1000 + millisecond;
}

/** Days since 1970-01-01 of an ISO 8601 date; undefined where the text is none. */
export function parseDay(text: string): number | undefined {
  const date = parseIsoDate(text);
  return date === undefined || date.time !== undefined ? undefined : daysSinceEpoch(date);
}

/** The inverse of parseDay. */
export function printDay(days: number): string {
  const { year, month, day } = calendarDay(days);
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
}

/** `2024-03-20T10:30:00Z`: an instant (epoch ms) to the second, its fraction left out. The inverse of parseInstant. */
export function printInstant(ms: number): string {
  const days = Math.floor(ms / dayMs);
  const seconds = Math.floor((ms - days * dayMs) / 1000);
  const time = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(two).join(':');
  return `${printDay(days)}T${time}Z`;
}

const dayMs = 86_400_000;

function two(value: number): string {
  return String(value).padStart(2, '0');
}
