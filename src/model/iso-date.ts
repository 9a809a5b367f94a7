/** A date as ISO 8601 writes it, before any zone: what the text says and no more. */
export type IsoDate = {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** Undefined for a date without a time of day. */
  readonly time?: IsoTime;
};

export type IsoTime = {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
  /** Minutes east of UTC; undefined for a local time. */
  readonly offsetMinutes?: number;
};

const form = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(Z|[+-]\d\d(?::?\d\d)?)?)?$/;

/**
 * Reads the extended calendar form, strictly: `2026-11-24`, `2026-11-24T10:30`, with seconds, a fraction, `Z` or an
 * offset. Undefined for anything else: days that no month has, 24:00, week dates, a blank instead of the T.
 */
export function parseIsoDate(text: string): IsoDate | undefined {
  const match = form.exec(text);
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0] = match.slice(1, 4).map(Number);
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined;
  if (match[4] === undefined) return { year, month, day };
  const time = timeOf(match.slice(4));
  return time && { year, month, day, time };
}

function timeOf(parts: readonly (string | undefined)[]): IsoTime | undefined {
  const [hour = 0, minute = 0, second = 0] = parts.slice(0, 3).map((part) => Number(part ?? '0'));
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const millisecond = Number((parts[3] ?? '').padEnd(3, '0').slice(0, 3));
  const time = { hour, minute, second, millisecond };
  const offset = parts[4];
  if (offset === undefined) return time;
  const offsetMinutes = minutesOf(offset);
  return offsetMinutes === undefined ? undefined : { ...time, offsetMinutes };
}

function minutesOf(offset: string): number | undefined {
  if (offset === 'Z') return 0;
  const hours = Number(offset.slice(1, 3));
  const minutes = Number(offset.slice(3).replace(':', ''));
  if (hours > 23 || minutes > 59) return undefined;
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

function daysIn(year: number, month: number): number {
  if (month !== 2) return [4, 6, 9, 11].includes(month) ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}
