/**
 * Puts the campaign's constants in for their names and works out what then no longer depends on the recipient.
 * What is left mentions only names that differ from row to row. Names are whole names of the parsed template, so
 * a constant `clinic` never touches `clinic_phone`.
 */
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Scalar } from '../../model/value.ts';
import { isBlank } from './blank.ts';
import { printsZone } from './date-pattern.ts';
import { evaluator, isReason } from './evaluate.ts';
import { operands } from './expression.ts';
import type { DateExpression, Expression, Origin, Part } from './expression.ts';
import { readDate } from './read-date.ts';
import { isTrue } from './truth.ts';

export type FoldOptions = {
  readonly constants: Readonly<Record<string, Scalar>>;
  /** BCP 47. */
  readonly locale: string;
};

export type Folded = { readonly parts: readonly Part[]; readonly diagnostics: readonly Diagnostic[] };

type Fold = FoldOptions & { readonly findings: Diagnostic[] };

/** Folds the parts; texts that come to stand side by side are joined. */
export function foldParts(parts: readonly Part[], options: FoldOptions): Folded {
  const findings: Diagnostic[] = [];
  const folded = foldAll(parts, { ...options, findings });
  return { parts: folded, diagnostics: findings };
}

function foldAll(parts: readonly Part[], fold: Fold): readonly Part[] {
  return joinTexts(parts.flatMap((part) => foldPart(part, fold)));
}

function foldPart(part: Part, fold: Fold): readonly Part[] {
  switch (part.kind) {
    case 'text':
      return [part];
    case 'value':
      return [foldValue(part, fold)];
    case 'choice':
      return foldChoice(part, fold);
  }
}

function foldValue(part: Part & { kind: 'value' }, fold: Fold): Part {
  const of = foldExpression(part.of, part.origin, fold);
  if (of.kind === 'missing') {
    const { at, expression } = part.origin;
    fold.findings.push({ code: 'TEMPLATE_CONSTANT_EMPTY', args: { name: of.name, expression }, at });
  }
  return { ...part, of };
}

function foldChoice(part: Part & { kind: 'choice' }, fold: Fold): readonly Part[] {
  const when = foldExpression(part.when, part.origin, fold);
  if (when.kind === 'missing') return foldAll(part.otherwise, fold);
  if (when.kind === 'constant') return foldAll(isTrue(when.value) ? part.body : part.otherwise, fold);
  return [{ ...part, when, body: foldAll(part.body, fold), otherwise: foldAll(part.otherwise, fold) }];
}

function foldExpression(expression: Expression, origin: Origin, fold: Fold): Expression {
  switch (expression.kind) {
    case 'constant':
    case 'missing':
      return expression;
    case 'name':
      return foldName(expression.name, fold);
    case 'default':
      return foldDefault(expression.choices.map((choice) => foldExpression(choice, origin, fold)));
    case 'eq': {
      const left = foldExpression(expression.left, origin, fold);
      const right = foldExpression(expression.right, origin, fold);
      return settle({ kind: 'eq', left, right }, origin, fold);
    }
    case 'case':
    case 'date':
    case 'number':
      return settle({ ...expression, of: foldExpression(expression.of, origin, fold) }, origin, fold);
  }
}

function foldName(name: string, { constants }: Fold): Expression {
  const value = Object.hasOwn(constants, name) ? constants[name] : undefined;
  if (value === undefined) return { kind: 'name', name };
  return isBlank(value) ? { kind: 'missing', name } : { kind: 'constant', value };
}

/** Choices that are certainly missing are passed over, those behind a certain one are never reached. */
function foldDefault(choices: readonly Expression[]): Expression {
  const open = choices.filter((choice, index) => index === choices.length - 1 || !isCertainlyMissing(choice));
  const certain = open.findIndex((choice) => choice.kind === 'constant');
  const reached = certain === -1 ? open : open.slice(0, certain + 1);
  const [first, ...more] = reached;
  return first !== undefined && more.length === 0 ? first : { kind: 'default', choices: reached };
}

function isCertainlyMissing(choice: Expression): boolean {
  return choice.kind === 'missing' || (choice.kind === 'constant' && isBlank(choice.value));
}

/** The value of an expression whose operands are all constants, unless the recipient's zone decides it. */
function settle(expression: Expression, { at, expression: quoted }: Origin, fold: Fold): Expression {
  const parts = operands(expression);
  const lacking = parts.find((part) => part.kind === 'missing');
  if (lacking) return lacking;
  if (parts.some((part) => part.kind !== 'constant')) return expression;
  if (expression.kind === 'date' && dependsOnZone(expression, fold.locale)) return expression;
  const value = evaluator(expression, fold.locale)({ values: {} });
  if (!isReason(value)) return { kind: 'constant', value };
  fold.findings.push({
    code: 'TEMPLATE_CONSTANT_VALUE',
    args: { expression: quoted, expected: value.detail ?? '' },
    at,
  });
  return { kind: 'constant', value: '' };
}

/** An instant is shown in the recipient's zone; a local time prints as it is written, in any zone. */
function dependsOnZone({ of, pattern, written }: DateExpression, locale: string): boolean {
  if (of.kind !== 'constant' || printsZone(pattern)) return true;
  const read = readDate(String(of.value).trim(), { written, locale, zone: 'UTC' });
  return read.kind === 'read' && read.absolute;
}

function joinTexts(parts: readonly Part[]): readonly Part[] {
  const joined: Part[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (part.kind === 'text' && last?.kind === 'text') joined[joined.length - 1] = textPart(last.text + part.text);
    else joined.push(part);
  }
  return joined;
}

function textPart(text: string): Part {
  return { kind: 'text', text };
}
