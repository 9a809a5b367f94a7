import type { CellText } from './cell-text.ts';

/** What a number with a format shows: an amount, a day, a day with its time, or a time of day. */
export type NumberForm = 'amount' | 'date' | 'date_time' | 'time';

/** A cell as a sheet holds it. */
export type SheetCell = {
  /** ECMA-376, 18.18.11: b, d, e, inlineStr, n, s, str. */
  readonly type: string;
  /** What stands in its `v`, or its own text; undefined for an empty one. */
  readonly value: string | undefined;
  readonly form: NumberForm;
};

/** The text of a cell. Dates become ISO 8601 without a zone, since a workbook knows none. */
export function sheetCellText({ type, value, form }: SheetCell, shared: readonly string[], is1904: boolean): CellText {
  if (type === 'e') return { kind: 'rejected', code: 'ROW_CELL_ERROR' };
  if (value === undefined || value === '') return { kind: 'cell', text: undefined };
  if (type === 's') return { kind: 'cell', text: shared[Number(value)] };
  if (type === 'b') return { kind: 'cell', text: value === '1' ? 'true' : 'false' };
  if (type !== 'n') return { kind: 'cell', text: value };
  const number = Number(value);
  if (form !== 'amount') return { kind: 'cell', text: dateText(number, form, is1904) };
  if (Math.abs(number) > largestExact) return { kind: 'rejected', code: 'ROW_CELL_DIGITS' };
  // Spreadsheets hold 15 digits and save up to 17: 0.1 + 0.2 is 0.30000000000000004 in the file, and 0.3 in the sheet.
  return { kind: 'cell', text: String(Number(number.toPrecision(15))) };
}

/** The form of a number format, by its number and, for the workbook's own, by its code (ECMA-376, 18.8.30). */
export function numberForm(id: number, code: string | undefined): NumberForm {
  if (code === undefined) return builtIn[id] ?? 'amount';
  const [first = ''] = code.replaceAll(/"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '').split(';');
  const letters = first.toLowerCase();
  if (letters === 'general' || !/[ymdhs]/.test(letters)) return 'amount';
  const hasTime = /[hs]/.test(letters);
  const hasDate = /[yd]/.test(letters) || !hasTime;
  return hasDate ? (hasTime ? 'date_time' : 'date') : 'time';
}

const largestExact = 999_999_999_999_999;

const builtIn: Readonly<Record<number, NumberForm>> = {
  ...Object.fromEntries([14, 15, 16, 17, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58].map((id) => [id, 'date'])),
  ...Object.fromEntries([18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56].map((id) => [id, 'time'])),
  22: 'date_time',
};

const secondsADay = 86_400;

/** Days since the end of 1899, or since 1904; the year 1900 counts a 29 February that there was not. */
function dateText(serial: number, form: Exclude<NumberForm, 'amount'>, is1904: boolean): string {
  const seconds = Math.round(serial * secondsADay);
  const day = Math.floor(seconds / secondsADay);
  const time = timeText(seconds - day * secondsADay);
  if (form === 'time' && day === 0) return time;
  const sinceEpoch = is1904 ? day - 24_107 : day - 25_569 + (day < 60 ? 1 : 0);
  const date = new Date(sinceEpoch * secondsADay * 1000);
  if (Number.isNaN(date.getTime())) return String(serial);
  const iso = date.toISOString().slice(0, 10);
  return form === 'date' && seconds % secondsADay === 0 ? iso : `${iso}T${time}`;
}

function timeText(seconds: number): string {
  const parts = [
    Math.floor(seconds / 3600),
    Math.floor(seconds / 60) % 60,
    ...(seconds % 60 === 0 ? [] : [seconds % 60]),
  ];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}
