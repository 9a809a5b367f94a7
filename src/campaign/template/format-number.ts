import type { RowReason } from '../../model/recipient.ts';
import type { Scalar } from '../../model/value.ts';
import type { NumberExpression } from './expression.ts';

/** What a number has to look like, in words. */
const numberForm = 'digits with a decimal point were expected, such as 1500.50';

/** Longer ones are no amounts, and printing them takes long. */
const form = /^[+-]?\d{1,30}(?:\.\d{1,20})?$/;

/** Prints one value, or says why not; a number is never guessed from `1,5` or `1.500,00`. */
export type FormatNumber = (value: Scalar) => string | RowReason;

/** formatNumber for one expression of a template. */
export function numberFormatter(
  { decimals }: Pick<NumberExpression, 'decimals'>,
  locale: string,
  column: string | undefined,
): FormatNumber {
  const digits =
    decimals === undefined
      ? { maximumFractionDigits: 20 }
      : { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  const print = new Intl.NumberFormat(locale, digits);
  return (value) => {
    const text = String(value).trim();
    // As text, so that no digit is lost to binary fractions.
    if (isNumeric(text)) return print.format(text);
    return { code: 'ROW_VALUE_NUMBER', ...(column === undefined ? {} : { column }), detail: numberForm };
  };
}

function isNumeric(text: string): text is `${number}` {
  return form.test(text);
}
