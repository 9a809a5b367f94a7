import { DateTime } from 'luxon';
import type { DateObjectUnits } from 'luxon';
import { parseIsoDate } from '../../model/iso-date.ts';
import type { IsoDate } from '../../model/iso-date.ts';
import { hasTime, printsZone } from './date-pattern.ts';

export type ReadDate =
  | {
      readonly kind: 'read';
      readonly date: DateTime;
      /** False for a date without a time of day; `date` is then in UTC, as no zone moves it. */
      readonly timed: boolean;
      /** The text names an instant, so the zone decides what a clock shows. */
      readonly absolute: boolean;
    }
  | { readonly kind: 'failed'; readonly problem: DateProblem };

/** `gap`: clocks go forward over it; `no_zone`: an instant, and no zone to show it in. */
export type DateProblem = 'form' | 'gap' | 'zone' | 'no_zone';

/** How a date is written, and where its local times belong. */
export type DateForm = {
  /** A pattern in Luxon's tokens; undefined: ISO 8601. */
  readonly written: string | undefined;
  /** For the names of months and days in `written`. */
  readonly locale: string;
  /** IANA zone; undefined: not known, which does for local times. */
  readonly zone: string | undefined;
};

/**
 * Reads a date: ISO 8601, or what `written` says. An instant with an offset is shown in the zone; a local time is
 * taken to be one of the zone, and must exist there (clocks that go forward leave an hour out).
 */
export function readDate(text: string, form: DateForm): ReadDate {
  const { written, locale, zone } = form;
  if (written !== undefined) return readWritten(text, { written, locale, zone });
  const iso = parseIsoDate(text);
  return iso === undefined ? { kind: 'failed', problem: 'form' } : readIso(iso, zone);
}

function readIso({ year, month, day, time }: IsoDate, zone: string | undefined): ReadDate {
  if (time === undefined) return { kind: 'read', date: DateTime.utc(year, month, day), timed: false, absolute: false };
  const { hour, minute, second, millisecond, offsetMinutes } = time;
  const fields = { year, month, day, hour, minute, second, millisecond };
  if (offsetMinutes !== undefined) {
    const utc = DateTime.fromObject(fields, { zone: 'utc' }).minus({ minutes: offsetMinutes });
    return absolute(utc, zone);
  }
  return local(fields, zone);
}

function readWritten(text: string, { written, locale, zone }: DateForm & { written: string }): ReadDate {
  const date = DateTime.fromFormat(text, written, { locale, zone: 'utc', setZone: true });
  if (!date.isValid) return { kind: 'failed', problem: 'form' };
  if (!hasTime(written)) return { kind: 'read', date, timed: false, absolute: false };
  const { year, month, day, hour, minute, second, millisecond } = date;
  // A pattern with Z carries the value's own offset; one without says a local time.
  if (printsZone(written)) return absolute(date, zone);
  return local({ year, month, day, hour, minute, second, millisecond }, zone);
}

function absolute(instant: DateTime, zone: string | undefined): ReadDate {
  if (zone === undefined) return { kind: 'failed', problem: 'no_zone' };
  const date = instant.setZone(zone);
  return date.isValid ? { kind: 'read', date, timed: true, absolute: true } : { kind: 'failed', problem: 'zone' };
}

function local(fields: DateObjectUnits, zone: string | undefined): ReadDate {
  const date = DateTime.fromObject(fields, { zone: zone ?? 'utc' });
  if (!date.isValid) return { kind: 'failed', problem: 'zone' };
  const exists = date.hour === fields.hour && date.minute === fields.minute;
  return exists ? { kind: 'read', date, timed: true, absolute: false } : { kind: 'failed', problem: 'gap' };
}
