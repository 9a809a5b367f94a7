import type { Value } from '../model/value.ts';
import { isFields, isList, isSecret, isText } from '../model/value.ts';
import { maskPhone } from './mask-phone.ts';

/** Shorter runs of digits are no number. */
const leastDigits = 7;

/**
 * A text in which these people's numbers are masked, however they are written there: with or without country code, plus,
 * zero and separators.
 */
export function maskText(text: string, phones: readonly string[]): string {
  return text.replaceAll(/\+?\d(?:[\d\s().-]{5,})\d/g, (written) => {
    const digits = written.replaceAll(/\D/g, '').replace(/^0+/, '');
    const phone = digits.length < leastDigits ? undefined : phones.find((known) => known.endsWith(digits));
    return phone === undefined ? written : maskPhone(phone, { show: false });
  });
}

/** A value with the same numbers masked, and secrets as `***`. */
export function maskValue(value: Value, phones: readonly string[]): Value {
  if (typeof value === 'string') return maskText(value, phones);
  if (isSecret(value)) return '***';
  if (isList(value)) return value.map((item) => maskValue(item, phones));
  if (isText(value) || !isFields(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, maskValue(member, phones)]));
}
