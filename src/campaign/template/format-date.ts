import { remember } from '../../model/remember.ts';
import type { RowReason } from '../../model/recipient.ts';
import { hasTime } from './date-pattern.ts';
import type { DateExpression } from './expression.ts';
import type { DateProblem } from './read-date.ts';
import { readDate } from './read-date.ts';

/** Prints one value in a zone, or says why not; `column` names the value in the reason. */
export type FormatDate = (text: string, zone: string | undefined) => string | RowReason;

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
    const read = readDate(text.trim(), { written, locale, zone: zone === '' ? undefined : zone });
    if (read.kind === 'failed') return fail(detailOf(read.problem, written, zone));
    if (printsTime && !read.timed) return fail('it is a date without a time of day');
    return read.date.setLocale(locale).toFormat(pattern);
  };
  // Appointments repeat, and reading a date costs microseconds.
  const remembered = remember(format);
  return (text, zone) => remembered(text, zone ?? '');
}

function detailOf(problem: DateProblem, written: string | undefined, zone: string): string {
  const details: Readonly<Record<DateProblem, string>> = {
    form: written === undefined ? 'ISO 8601 was expected, such as 2026-11-24T10:30' : `${written} was expected`,
    gap: `the clocks of ${zone} leave this time out`,
    zone: 'its zone is not known',
    no_zone: 'it names an instant, and recipients.timezone does not say in which zone to tell it',
  };
  return details[problem];
}
