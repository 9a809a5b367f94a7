import { parseIsoDate } from '../model/iso-date.ts';

/**
 * What was meant by a text that its schema's pattern refuses: `2d` for `2 days`, `2026-12-25` for `25.12.2026`, `09:00`
 * for `9:00`; undefined where nothing is obvious, or where the pattern takes words, so that it is no quantity.
 */
export function correctedForm(found: string, pattern: string): string | undefined {
  const form = new RegExp(pattern);
  if (form.test('word')) return undefined;
  const text = found.trim().toLowerCase();
  return [durationOf(text), dateOf(text), timeOf(text)].find((one) => one !== undefined && form.test(one));
}

function durationOf(text: string): string | undefined {
  const [, amount = '', word = ''] = /^0*(\d{1,5})\s*([a-z]+)$/.exec(text) ?? [];
  const unit = units.find(({ words }) => words.test(word));
  return unit === undefined ? undefined : `${String(Number(amount) * (unit.times ?? 1))}${unit.unit}`;
}

const units: readonly { readonly words: RegExp; readonly unit: string; readonly times?: number }[] = [
  { words: /^s(ec(ond)?s?)?$/, unit: 's' },
  { words: /^m(in(ute)?s?)?$/, unit: 'm' },
  { words: /^h((ou)?rs?)?$/, unit: 'h' },
  { words: /^d(ays?)?$/, unit: 'd' },
  { words: /^w(eeks?)?$/, unit: 'd', times: 7 },
];

/** Of a day and a month that could each be the other nothing is obvious, but between dots the day comes first. */
function dateOf(text: string): string | undefined {
  const [, first = '', between = '', second = '', year = ''] = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4})$/.exec(text) ?? [];
  const isDayFirst = between === '.' || Number(first) > 12;
  if (!isDayFirst && Number(second) <= 12) return undefined;
  const [day, month] = isDayFirst ? [first, second] : [second, first];
  const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return parseIsoDate(written) === undefined ? undefined : written;
}

function timeOf(text: string): string | undefined {
  return /^\d:\d{2}$/.test(text) ? `0${text}` : undefined;
}
