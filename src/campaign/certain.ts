import { InternalError } from '../model/internal-error.ts';

/** A value that must be there by now, since an earlier step made sure of it. @throws InternalError where none did */
export function certain<T>(value: T | null | undefined, what: string): T {
  if (value === undefined || value === null) throw new InternalError(`there is no ${what}`);
  return value;
}
