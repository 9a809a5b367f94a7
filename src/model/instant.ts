import { parseIsoDate, type IsoDate } from './iso-date.ts';

/**
 * Epoch ms of an ISO 8601 instant (`2024-03-20T10:30:05.123Z`); undefined where the text is none, or names no offset and
 * so no instant. For folders that have no `Date`.
 */
export function parseInstant(text: string): number | undefined {
  const date = parseIsoDate(text);
  const offset = date?.time?.offsetMinutes;
  if (date?.time === undefined || offset === undefined) return undefined;
  const { hour, minute, second, millisecond } = date.time;
  const minutes = (daysSinceEpoch(date) * 24 + hour) * 60 + minute - offset;
  return (minutes * 60 + second) * 1000 + millisecond;
}

/** Days since 1970-01-01 of an ISO 8601 date; undefined where the text is none. */
export function parseDay(text: string): number | undefined {
  const date = parseIsoDate(text);
  return date === undefined || date.time !== undefined ? undefined : daysSinceEpoch(date);
}

/** The inverse of parseDay. */
export function printDay(days: number): string {
  const { year, month, day } = dateOf(days);
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
}

/** `2024-03-20T10:30:00Z`: an instant to the second, its fraction left out. The inverse of parseInstant. */
export function printInstant(epochMs: number): string {
  const days = Math.floor(epochMs / dayMs);
  const seconds = Math.floor((epochMs - days * dayMs) / 1000);
  const time = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(two).join(':');
  return `${printDay(days)}T${time}Z`;
}

const dayMs = 86_400_000;

function two(value: number): string {
  return String(value).padStart(2, '0');
}

/** Days from 1970-01-01 in the proleptic Gregorian calendar: https://howardhinnant.github.io/date_algorithms.html */
function daysSinceEpoch({ year, month, day }: IsoDate): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** The inverse of daysSinceEpoch: https://howardhinnant.github.io/date_algorithms.html#civil_from_days */
export function dateOf(days: number): { readonly year: number; readonly month: number; readonly day: number } {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1_460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const fromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  const day = dayOfYear - Math.floor((153 * fromMarch + 2) / 5) + 1;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}
