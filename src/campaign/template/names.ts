import type { Expression, Part } from './expression.ts';
import { operands } from './expression.ts';

/** A name that any object of the language answers to, so that no header and no template may use it. */
export function isReservedName(name: string): boolean {
  return name in Object.prototype;
}

/** Every name in the parts, each once, in order. */
export function namesIn(parts: readonly Part[]): readonly string[] {
  return [...new Set(parts.flatMap(namesInPart))];
}

/** The names that every recipient must have: those outside `default`, `#if` and `#unless`. Each once, in order. */
export function neededNames(parts: readonly Part[]): readonly string[] {
  return [...new Set(parts.flatMap((part) => (part.kind === 'value' ? neededIn(part.of) : [])))];
}

/** Every name in the expression, in order. */
export function namesInExpression(expression: Expression): readonly string[] {
  if (expression.kind === 'name') return [expression.name];
  return operands(expression).flatMap(namesInExpression);
}

function namesInPart(part: Part): readonly string[] {
  switch (part.kind) {
    case 'text':
      return [];
    case 'value':
      return namesInExpression(part.of);
    case 'choice':
      return [...namesInExpression(part.when), ...[...part.body, ...part.otherwise].flatMap(namesInPart)];
  }
}

function neededIn(expression: Expression): readonly string[] {
  if (expression.kind === 'name') return [expression.name];
  if (expression.kind === 'default') return [];
  return operands(expression).flatMap(neededIn);
}
