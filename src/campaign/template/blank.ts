import type { Scalar } from '../../model/value.ts';

/** True where there is nothing to say: no value, or nothing but white space. A number or boolean never is. */
export function isBlank(value: Scalar | undefined): boolean {
  if (value === undefined) return true;
  if (typeof value !== 'string') return false;
  return value.charCodeAt(0) > 32 ? false : value.trim() === '';
}
