/**
 * A cell to E.164, or why not. A number is taken only where the cell leaves no choice; what a spreadsheet has done
 * to it is named, so that the person mends the column instead of calling strangers.
 */
import {
  getCountryCallingCode,
  isSupportedCountry,
  parseDigits,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/max';
import type { CountryCode, PhoneNumber } from 'libphonenumber-js/max';
import type { E164, RowReasonCode } from '../model/recipient.ts';
import { damageOf } from './phone-damage.ts';
import { planByCode, planByCountry } from './phone-plan.ts';

/** A number, or why a cell is none. */
export type ParsedPhone =
  | {
      readonly kind: 'phone';
      readonly phone: E164;
      /** Calling it costs extra, and somebody earns by it. */
      readonly isPremium?: true;
    }
  | { readonly kind: 'rejected'; readonly code: RowReasonCode; readonly detail?: string };

/** Parses one cell. `country`: ISO 3166 alpha-2, for numbers written without a country code. */
export function parsePhone(cell: string, country: string | undefined): ParsedPhone {
  const text = cell.trim();
  const plain = plainPhone(text, country);
  if (plain !== undefined) return { kind: 'phone', phone: plain };
  const damage = damageOf(text);
  if (damage !== undefined) return { kind: 'rejected', ...damage };
  if (/^[+＋]/.test(text)) return international(`+${text.slice(1)}`);
  if (country === undefined) return withoutCountry(text);
  const known = country.toUpperCase();
  if (!isSupportedCountry(known))
    return reject('ROW_PHONE_NO_COUNTRY', 'its country is no code of two letters such as NG');
  return national(text, known);
}

/** Most cells: `+` and digits, or zero and digits with at most spaces and dashes between. */
function plainPhone(text: string, country: string | undefined): E164 | undefined {
  if (/^\+[1-9]\d{6,14}$/.test(text)) return plainInternational(text.slice(1));
  if (country === undefined || !/^0\d[\d -]{5,14}\d$/.test(text)) return undefined;
  const plan = planByCountry(country);
  const number = plan?.national(text.replaceAll(/[ -]/g, ''));
  return plan === undefined || number === undefined ? undefined : e164(`+${plan.code}${number}`);
}

function plainInternational(digits: string): E164 | undefined {
  for (const length of [1, 2, 3]) {
    const plan = planByCode(digits.slice(0, length));
    if (plan !== undefined) return plan.isInternational(digits.slice(length)) ? e164(`+${digits}`) : undefined;
  }
  return undefined;
}

function international(text: string): ParsedPhone {
  const number = parsePhoneNumberFromString(text, { extract: false });
  return number?.isValid() ? accept(number) : invalid(text);
}

/** 00 is what ITU-T E.123 lets stand for the plus; any other number needs a country. */
function withoutCountry(text: string): ParsedPhone {
  const digits = parseDigits(text);
  if (digits.startsWith('00')) return international(`+${digits.slice(2)}`);
  const lost = isBare(text) && parsePhoneNumberFromString(`+${digits}`, { extract: false })?.isValid();
  return lost ? reject('ROW_PHONE_LOST_PLUS') : reject('ROW_PHONE_NO_COUNTRY');
}

function national(text: string, country: CountryCode): ParsedPhone {
  const number = parsePhoneNumberFromString(text, { extract: false, defaultCountry: country });
  const digits = parseDigits(text);
  if (!number?.isValid()) return digits.startsWith('00') ? withoutCountry(text) : invalid(text);
  if (lostPlus(number, digits, country)) return reject('ROW_PHONE_LOST_PLUS');
  if (lostZero(number, digits, text)) return reject('ROW_PHONE_LOST_ZERO');
  return accept(number);
}

/** In +1 the country code is also what people dial before a national number: 1 415 555 2671 lost nothing. */
function lostPlus(number: PhoneNumber, digits: string, country: CountryCode): boolean {
  const code = getCountryCallingCode(country);
  return code !== '1' && digits === code + number.nationalNumber;
}

/**
 * A cell of nothing but digits without the zero that the country always writes: the spreadsheet took it for a
 * number. Spaces or dashes show that a person wrote it so.
 */
function lostZero(number: PhoneNumber, digits: string, text: string): boolean {
  if (!isBare(text) || digits !== number.nationalNumber || digits.startsWith('0')) return false;
  return parseDigits(number.formatNational({ nationalPrefix: false })).startsWith('0');
}

function isBare(text: string): boolean {
  return /^\p{Nd}+$/u.test(text);
}

function accept(number: PhoneNumber): ParsedPhone {
  if (number.ext !== undefined) return reject('ROW_PHONE_INVALID', 'it has an extension, which cannot be dialled');
  const phone = e164(number.number);
  if (phone === undefined) return reject('ROW_PHONE_INVALID');
  return number.getType() === 'PREMIUM_RATE' ? { kind: 'phone', phone, isPremium: true } : { kind: 'phone', phone };
}

function invalid(text: string): ParsedPhone {
  return reject('ROW_PHONE_INVALID', `${String(parseDigits(text).length)} digits`);
}

function reject(code: RowReasonCode, detail?: string): ParsedPhone {
  return detail === undefined ? { kind: 'rejected', code } : { kind: 'rejected', code, detail };
}

/** The one place where a text becomes a number that may be dialled. */
function e164(text: string): E164 | undefined {
  return isE164(text) ? text : undefined;
}

function isE164(text: string): text is E164 {
  return /^\+[1-9]\d{6,14}$/.test(text);
}
