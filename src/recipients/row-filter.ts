import type { Condition } from '../model/source.ts';
import { daysSinceEpoch } from '../model/calendar.ts';
import { epochMs } from '../model/instant.ts';
import { parseIsoDate, type IsoDate } from '../model/iso-date.ts';
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
  if (limit.time === undefined) return daysSinceEpoch(date) - daysSinceEpoch(limit);
  if (date.time === undefined) return undefined;
  const offsets = [date.time.offsetMinutes, limit.time.offsetMinutes];
  if (offsets.filter((offset) => offset === undefined).length === 1) return undefined;
  return epochMs(date) - epochMs(limit);
}
