import type { RowReason } from '../../model/recipient.ts';
import { hasTime } from './date-pattern.ts';
import type { DateExpression } from './expression.ts';
import { readDate } from './read-date.ts';

/** How many results one expression remembers: appointments repeat, and reading a date costs microseconds. */
const rememberedDates = 4096;

/** Prints one value in a zone, or says why not; `column` names the value in the reason. */
export type FormatDate = (text: string, zone: string) => string | RowReason;

/** formatDate for one expression of a template. */
export function dateFormatter(
  { pattern, written }: Pick<DateExpression, 'pattern' | 'written'>,
  locale: string,
  column: string | undefined,
): FormatDate {
  const printsTime = hasTime(pattern);
  const fail = (detail: string): RowReason => ({
    code: 'ROW_VALUE_DATE',
    ...(column === undefined ? {} : { column }),
    detail,
  });
  const format = (text: string, zone: string): string | RowReason => {
    const read = readDate(text.trim(), { written, locale, zone });
    if (read.kind === 'failed')
      return read.problem === 'form' ? fail(expected(written)) : fail(zoneDetail(read.problem, zone));
    if (printsTime && !read.timed) return fail('it is a date without a time of day');
    return read.date.setLocale(locale).toFormat(pattern);
  };
  return remember(format);
}

/** What a date has to look like, in words. */
export function expected(written: string | undefined): string {
  return written === undefined ? 'ISO 8601 was expected, such as 2026-11-24T10:30' : `${written} was expected`;
}

function zoneDetail(problem: 'gap' | 'zone', zone: string): string {
  return problem === 'gap' ? `the clocks of ${zone} leave this time out` : `${zone} is not a zone`;
}

function remember(format: FormatDate): FormatDate {
  const known = new Map<string, string | RowReason>();
  return (text, zone) => {
    const key = `${zone} ${text}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const made = format(text, zone);
    if (known.size >= rememberedDates) known.clear();
    known.set(key, made);
    return made;
  };
}
