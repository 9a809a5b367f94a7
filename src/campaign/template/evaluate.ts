import type { RowReason } from '../../model/recipient.ts';
import type { RenderInput } from '../../model/template.ts';
import type { Scalar } from '../../model/value.ts';
import { isBlank } from './blank.ts';
import type { Expression } from './expression.ts';
import { dateFormatter } from './format-date.ts';
import { numberFormatter } from './format-number.ts';
import { namesInExpression } from './names.ts';

/** An expression made ready to be asked a million times: its value for one recipient, or why it has none. */
export type Evaluate = (input: RenderInput) => Scalar | RowReason;

/** True where there is no value, but a reason to reject the row. */
export function isReason(value: Scalar | RowReason): value is RowReason {
  return typeof value === 'object';
}

/** True where the value is not there: `default` and `#if` go on, everything else rejects the row. */
export function isMissing(value: Scalar | RowReason): boolean {
  return isReason(value) ? value.code === 'ROW_VALUE_MISSING' : isBlank(value);
}

/** Makes the expression ready. */
export function evaluator(expression: Expression, locale: string): Evaluate {
  switch (expression.kind) {
    case 'constant': {
      const { value } = expression;
      return () => value;
    }
    case 'name':
      return nameEvaluator(expression.name);
    case 'missing':
      return missing(expression.name);
    case 'default':
      return firstOf(expression.choices.map((choice) => evaluator(choice, locale)));
    case 'eq':
      return equality(evaluator(expression.left, locale), evaluator(expression.right, locale));
    case 'case': {
      const { to } = expression;
      return mapped(evaluator(expression.of, locale), (value) =>
        to === 'upper' ? String(value).toLocaleUpperCase(locale) : String(value).toLocaleLowerCase(locale),
      );
    }
    case 'date': {
      const format = dateFormatter(expression, locale, namesInExpression(expression)[0]);
      return mapped(evaluator(expression.of, locale), (value, { zone }) => format(String(value), zone));
    }
    case 'number':
      return mapped(
        evaluator(expression.of, locale),
        numberFormatter(expression, locale, namesInExpression(expression)[0]),
      );
  }
}

function missing(name: string): Evaluate {
  const reason: RowReason = { code: 'ROW_VALUE_MISSING', column: name };
  return () => reason;
}

function nameEvaluator(name: string): Evaluate {
  const reason: RowReason = { code: 'ROW_VALUE_MISSING', column: name };
  return ({ values }) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    return value === undefined || isBlank(value) ? reason : value;
  };
}

/** The last choice is not guarded by another, so it may fail or be an empty text on purpose. */
function firstOf(choices: readonly Evaluate[]): Evaluate {
  const last = choices.length - 1;
  return (input) => {
    for (const [index, choice] of choices.entries()) {
      const value = choice(input);
      if (index === last || !isMissing(value)) return value;
    }
    return '';
  };
}

function equality(left: Evaluate, right: Evaluate): Evaluate {
  return (input) => {
    const a = left(input);
    if (isReason(a)) return a;
    const b = right(input);
    return isReason(b) ? b : String(a) === String(b);
  };
}

function mapped(of: Evaluate, change: (value: Scalar, input: RenderInput) => Scalar | RowReason): Evaluate {
  return (input) => {
    const value = of(input);
    return isReason(value) ? value : change(value, input);
  };
}
