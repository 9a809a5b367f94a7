/** Phone numbers as providers show them, compared with numbers in E.164. */

/** Digits of a phone number: providers differ about the plus. */
export function digitsOf(phone: string): string {
  return phone.replaceAll(/\D/g, '');
}

/** Numbers of fewer digits than these say nothing. */
const fewestDigits = 7;

/**
 * Whether a number that a provider shows may be this one. Some show it as it is dialled within its country (0803... for
 * +234803...); one that is masked or too short may be any, since an absence must not rest on what cannot be read.
 */
export function maybeSamePhone(shown: string, phone: string): boolean {
  if (isUnreadable(shown)) return true;
  const [one, other] = [significant(shown), digitsOf(phone)];
  return one.endsWith(other) || other.endsWith(one);
}

/** Masked, or too short to be a number. */
export function isUnreadable(shown: string): boolean {
  return /[*#•xX_]/.test(shown) || significant(shown).length < fewestDigits;
}

/** The digits that a number has in common with every other way to write it: what `maybeSamePhone` takes for one has one ending. */
export function phoneEnding(phone: string): string {
  return digitsOf(phone).slice(-fewestDigits);
}

/** Without zeros that stand for a country or for dialling out. */
function significant(phone: string): string {
  return digitsOf(phone).replace(/^0+/, '');
}
