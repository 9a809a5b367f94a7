import type { Recipient, RowReason } from '../model/recipient.ts';
import type { Scalar, Scalars } from '../model/value.ts';

/** Characters that no message holds: controls but tab and line ends, and what is left of a wrong encoding. */
// oxlint-disable-next-line no-control-regex -- these are what is looked for
const control = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\uFFFD]/;

/** The values that a provider's templates ask for: recipient variables, else columns, else constants. */
export function sentValues(
  recipient: Pick<Recipient, 'row' | 'variables'>,
  names: readonly string[],
  constants: Scalars,
): Scalars {
  const values: Record<string, Scalar> = {};
  for (const name of names) {
    const source = [recipient.variables, recipient.row, constants].find((known) => Object.hasOwn(known, name));
    const value = source?.[name];
    if (value !== undefined) values[name] = value;
  }
  return values;
}

/** Why a text cannot be sent; undefined where it can. */
export function checkText(
  text: Scalar,
  column: string | undefined,
  hasPlaceholder: (text: string) => boolean,
): RowReason | undefined {
  if (typeof text !== 'string') return undefined;
  const where = column === undefined ? {} : { column };
  if (control.test(text)) return { code: 'ROW_VALUE_CONTROL', ...where };
  return hasPlaceholder(text) ? { code: 'ROW_VALUE_PLACEHOLDER', ...where } : undefined;
}
