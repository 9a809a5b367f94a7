/**
 * Which trap an unquoted number is: a phone number or an id that YAML reads as a number and that loses its plus, its
 * leading zeros or its last digits. Undefined where nothing is lost.
 */
export function readLossyNumber(written: string, value: number): 'TRAP_PHONE' | 'TRAP_NUMBER' | undefined {
  if (/^\+\d{7,15}$/.test(written) || /^0\d{7,14}$/.test(written)) return 'TRAP_PHONE';
  if (written.startsWith('+') || /^-?0\d/.test(written) || /^0[ox]/.test(written)) return 'TRAP_NUMBER';
  if (/^-?\d+$/.test(written)) return Number.isSafeInteger(value) ? undefined : 'TRAP_NUMBER';
  return /^[-.\d]*e/i.test(written) ? 'TRAP_NUMBER' : undefined;
}
