import type { Scalar } from '../../model/value.ts';
import { checkPrintPattern, checkReadPattern, hasTime } from './date-pattern.ts';
import type { Expression } from './expression.ts';

/** A call of a helper as written: `{{name operands key=option}}`. */
export type HelperCall = {
  readonly operands: readonly Expression[];
  readonly options: ReadonlyMap<string, Expression>;
};

export type ReadCall =
  | { readonly kind: 'read'; readonly expression: Expression }
  | { readonly kind: 'arguments'; readonly problem: string }
  | { readonly kind: 'pattern'; readonly pattern: string; readonly problem: string };

/** A helper: how it is written, and what a call of it means. */
export type Helper = {
  readonly usage: string;
  readonly options: readonly string[];
  readonly read: (call: HelperCall) => ReadCall;
};

/** The most decimals that formatNumber prints. */
const maxDecimals = 20;

/** All helpers by name. */
export const helpers: ReadonlyMap<string, Helper> = new Map<string, Helper>([
  ['default', { usage: "{{default nickname first_name 'friend'}}", options: [], read: readDefault }],
  ['formatDate', { usage: "{{formatDate appointment 'd MMMM' in='dd/MM/yyyy'}}", options: ['in'], read: readDate }],
  ['formatNumber', { usage: '{{formatNumber balance decimals=2}}', options: ['decimals'], read: readNumber }],
  ['upper', { usage: '{{upper code}}', options: [], read: (call) => readCase(call, 'upper') }],
  ['lower', { usage: '{{lower code}}', options: [], read: (call) => readCase(call, 'lower') }],
  ['eq', { usage: "{{#if (eq language 'pidgin')}}", options: [], read: readEqual }],
]);

/** What the call means, or what is wrong with it. */
export function readHelper(helper: Helper, call: HelperCall): ReadCall {
  const stranger = [...call.options.keys()].find((option) => !helper.options.includes(option));
  if (stranger !== undefined) return wrong(`it has no option ${stranger}`);
  return helper.read(call);
}

function readDefault({ operands }: HelperCall): ReadCall {
  if (operands.length < 2) return wrong('it takes a value and what stands in for it');
  return { kind: 'read', expression: { kind: 'default', choices: operands } };
}

function readEqual({ operands }: HelperCall): ReadCall {
  const [left, right, ...more] = operands;
  if (left === undefined || right === undefined || more.length > 0) return wrong('it compares two values');
  return { kind: 'read', expression: { kind: 'eq', left, right } };
}

function readCase({ operands }: HelperCall, to: 'upper' | 'lower'): ReadCall {
  const [of, ...more] = operands;
  if (of === undefined || more.length > 0) return wrong('it takes one value');
  return { kind: 'read', expression: { kind: 'case', to, of } };
}

function readDate({ operands, options }: HelperCall): ReadCall {
  const [of, second, ...more] = operands;
  const pattern = second && literal(second);
  if (of === undefined || typeof pattern !== 'string' || more.length > 0) {
    return wrong('it takes a value and a pattern in quotes');
  }
  const problem = checkPrintPattern(pattern);
  if (problem !== undefined) return { kind: 'pattern', pattern, problem };
  const option = options.get('in');
  if (option === undefined) return { kind: 'read', expression: { kind: 'date', of, pattern } };
  return readWritten({ of, pattern, written: literal(option) });
}

function readWritten(date: { of: Expression; pattern: string; written: Scalar | undefined }): ReadCall {
  const { of, pattern, written } = date;
  if (typeof written !== 'string') return wrong('in takes a pattern in quotes');
  const problem = checkReadPattern(written);
  if (problem !== undefined) return { kind: 'pattern', pattern: written, problem };
  if (hasTime(pattern) && !hasTime(written)) {
    return { kind: 'pattern', pattern, problem: `it prints a time of day, which ${written} does not have` };
  }
  return { kind: 'read', expression: { kind: 'date', of, pattern, written } };
}

function readNumber({ operands, options }: HelperCall): ReadCall {
  const [of, ...more] = operands;
  if (of === undefined || more.length > 0) return wrong('it takes one value');
  const option = options.get('decimals');
  if (option === undefined) return { kind: 'read', expression: { kind: 'number', of } };
  const decimals = literal(option);
  if (typeof decimals !== 'number' || !Number.isInteger(decimals) || decimals < 0 || decimals > maxDecimals) {
    return wrong(`decimals is a whole number from 0 to ${String(maxDecimals)}`);
  }
  return { kind: 'read', expression: { kind: 'number', of, decimals } };
}

function literal(expression: Expression): Scalar | undefined {
  return expression.kind === 'constant' ? expression.value : undefined;
}

function wrong(problem: string): ReadCall {
  return { kind: 'arguments', problem };
}
