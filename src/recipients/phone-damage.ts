import type { RowReasonCode } from '../model/recipient.ts';

/** What became of a phone number before it got here. `detail` holds no digit of it. */
export type Damage = { readonly code: RowReasonCode; readonly detail?: string };

/** Plain notations, which most cells have: nothing below can be wrong with them. */
const plain = /^\+?[\d ()-]{4,20}$/;

/** Marks that set the direction of writing or take no room: they come along when numbers are copied from a page. */
const invisible = /[\u00AD\u061C\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]/;

/** Signs of a spreadsheet or of copying, which the phone library would pass over or take for digits. */
export function damageOf(text: string): Damage | undefined {
  if (plain.test(text)) return hasTwoNumbers(text) ? { code: 'ROW_PHONE_TWO_NUMBERS' } : undefined;
  if (text === '') return { code: 'ROW_PHONE_MISSING' };
  if (invisible.test(text)) return { code: 'ROW_PHONE_DIRECTION_MARK' };
  if (/^['’`]/.test(text)) return { code: 'ROW_PHONE_APOSTROPHE' };
  if (/^[+-]?\d+(?:[.,]\d*)?e[+-]?\d+$/i.test(text)) return { code: 'ROW_PHONE_SCIENTIFIC' };
  if (hasTwoNumbers(text)) return { code: 'ROW_PHONE_TWO_NUMBERS' };
  // The library takes the point for a separator and the zero for one more digit: another person's number.
  if (/^\+?\d+[.,]0+$/.test(text)) return { code: 'ROW_PHONE_INVALID', detail: 'it ends in a decimal fraction' };
  if (/\p{L}/u.test(text.replace(/(?:ext|x)\.?\s*\d+$/i, '')))
    return { code: 'ROW_PHONE_INVALID', detail: 'it holds letters' };
  return undefined;
}

/** Two stretches with the digits of a whole number each, or one stretch with too many for any number. */
function hasTwoNumbers(text: string): boolean {
  if (text.length < 14) return false;
  const separated = text.split(/[/,;|&\n\r\t]|\s(?:or|and|-)\s/i).filter((part) => digitsIn(part) >= 7);
  if (separated.length > 1) return true;
  const spaced = text.split(/\s+/).filter((part) => digitsIn(part) >= 8);
  return spaced.length > 1 || /.\+\d/.test(text);
}

function digitsIn(text: string): number {
  return text.replaceAll(/\P{Nd}/gu, '').length;
}
