import { DateTime } from 'luxon';
import { parseIsoDate } from '../model/iso-date.ts';
import type { IsoDate } from '../model/iso-date.ts';
import { remember } from '../model/remember.ts';

/** An instant; a local time in the hour that clocks show twice stands for two of them. */
export type Instant =
  | { readonly kind: 'instant'; readonly earliestMs: number; readonly latestMs: number }
  | { readonly kind: 'failed'; readonly detail: string };

/** Reads an ISO 8601 date-time; without an offset it is local to the zone, and an error where no zone is known. */
export function parseLocalInstant(text: string, zone: string | undefined): Instant {
  return remembered(text, zone ?? '');
}

const remembered = remember(readInstant);

function readInstant(text: string, zone: string): Instant {
  const iso = parseIsoDate(text.trim());
  if (iso === undefined) return fail('ISO 8601 was expected, such as 2026-11-24T10:30');
  if (iso.time === undefined) return fail('it is a date without a time of day');
  const { offsetMinutes } = iso.time;
  if (offsetMinutes !== undefined) {
    const ms = DateTime.fromObject(fieldsOf(iso), { zone: 'utc' }).toMillis() - offsetMinutes * 60_000;
    return { kind: 'instant', earliestMs: ms, latestMs: ms };
  }
  if (zone === '') return fail('it names no offset, and recipients.timezone is not set');
  return readLocal(iso, zone);
}

function readLocal(iso: IsoDate, zone: string): Instant {
  const local = DateTime.fromObject(fieldsOf(iso), { zone });
  const exists = local.hour === iso.time?.hour && local.minute === iso.time.minute;
  if (!exists) return fail(`the clocks of ${zone} leave this time out`);
  const all = local.getPossibleOffsets().map((possible) => possible.toMillis());
  return { kind: 'instant', earliestMs: Math.min(...all), latestMs: Math.max(...all) };
}

function fieldsOf({ year, month, day, time }: IsoDate): Readonly<Record<string, number>> {
  const { hour = 0, minute = 0, second = 0, millisecond = 0 } = time ?? {};
  return { year, month, day, hour, minute, second, millisecond };
}

function fail(detail: string): Instant {
  return { kind: 'failed', detail };
}
