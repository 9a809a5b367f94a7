/** Country codes of one and two digits (ITU-T E.164, list of assigned codes); all others have three. */
const oneDigit = /^[17]/;
const twoDigits = /^(?:2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/;

/** A number as others may see it: `+234********67`, country code and last two digits; all of it if `show`. */
export function maskPhone(e164: string, options: { readonly show: boolean }): string {
  if (options.show) return e164;
  const digits = e164.replaceAll(/\D/g, '');
  const code = digits.slice(0, codeLength(digits));
  const hidden = digits.length - code.length - 2;
  return hidden < 1 ? `+${'*'.repeat(digits.length)}` : `+${code}${'*'.repeat(hidden)}${digits.slice(-2)}`;
}

function codeLength(digits: string): number {
  if (oneDigit.test(digits)) return 1;
  return twoDigits.test(digits) ? 2 : 3;
}
