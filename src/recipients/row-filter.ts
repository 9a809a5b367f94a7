import type { Condition } from '../model/campaign.ts';
import { parseIsoDate } from '../model/iso-date.ts';
import type { IsoDate } from '../model/iso-date.ts';
import type { Row, RowReason } from '../model/recipient.ts';

/** Whether a row is read, left out, or cannot be judged. */
export type Judged = 'read' | 'left_out' | RowReason;

/** Judges rows by all conditions. A row that one of them leaves out is left out, whatever the others say. */
export function rowFilter(conditions: readonly Condition[]): (cells: Row['cells']) => Judged {
  const judges = conditions.map(judgeOf);
  return (cells) => {
    let doubt: RowReason | undefined;
    for (const judge of judges) {
      const judged = judge(cells);
      if (judged === 'left_out') return judged;
      if (judged !== 'read') doubt ??= judged;
    }
    return doubt ?? 'read';
  };
}

function judgeOf(condition: Condition): (cells: Row['cells']) => Judged {
  const { column, kind } = condition;
  if ('values' in condition) {
    const values = new Set(condition.values.map((value) => value.trim()));
    return (cells) => (values.has((cells[column] ?? '').trim()) === (kind === 'in') ? 'read' : 'left_out');
  }
  const limit = parseIsoDate(condition.limit);
  return (cells) => {
    const date = parseIsoDate((cells[column] ?? '').trim());
    const order = date === undefined || limit === undefined ? undefined : compare(date, limit);
    if (order === undefined) return { code: 'ROW_FILTER', column };
    return (kind === 'before' ? order < 0 : order > 0) ? 'read' : 'left_out';
  };
}

/** By days where the limit is a day, else by time; undefined where the two cannot be compared. */
function compare(date: IsoDate, limit: IsoDate): number | undefined {
  if (limit.time === undefined) return dayNumber(date) - dayNumber(limit);
  if (date.time === undefined) return undefined;
  const offsets = [date.time.offsetMinutes, limit.time.offsetMinutes];
  if (offsets.filter((offset) => offset === undefined).length === 1) return undefined;
  return milliseconds(date) - milliseconds(limit);
}

/** Grows from day to day; the days between two dates do not matter. */
function dayNumber({ year, month, day }: IsoDate): number {
  return (year * 12 + month) * 31 + day;
}

function milliseconds(date: IsoDate): number {
  const { hour = 0, minute = 0, second = 0, millisecond = 0, offsetMinutes = 0 } = date.time ?? {};
  return daysSince(date) * 86_400_000 + ((hour * 60 + minute - offsetMinutes) * 60 + second) * 1000 + millisecond;
}

/** Days since a fixed one, by the calendar: https://howardhinnant.github.io/date_algorithms.html#days_from_civil */
function daysSince({ year, month, day }: IsoDate): number {
  const shifted = month <= 2 ? year - 1 : year;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return shifted * 365 + Math.floor(shifted / 4) - Math.floor(shifted / 100) + Math.floor(shifted / 400) + dayOfYear;
}
