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

/** Days from 1970-01-01 in the proleptic Gregorian calendar: https://howardhinnant.github.io/date_algorithms.html */
function daysSinceEpoch({ year, month, day }: IsoDate): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}
