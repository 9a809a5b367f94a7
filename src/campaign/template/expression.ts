/**
 * What a template is once Handlebars has parsed it: a short list of parts. Nothing of Handlebars' syntax tree or
 * runtime goes further, so a value can never be evaluated and no prototype can be reached. Folding, lowering and
 * rendering are three readings of this one structure.
 */
import type { Place } from '../../model/place.ts';
import type { Scalar } from '../../model/value.ts';

/** Something that has a value for one recipient. */
export type Expression =
  | { readonly kind: 'constant'; readonly value: Scalar }
  | { readonly kind: 'name'; readonly name: string }
  /** What folding leaves of an empty constant: it is as if the value were not there. */
  | { readonly kind: 'missing'; readonly name: string }
  /** The first that is there and not empty; the last must be. */
  | { readonly kind: 'default'; readonly choices: readonly Expression[] }
  /** Compared as text, since cells are text. */
  | { readonly kind: 'eq'; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'case'; readonly to: 'upper' | 'lower'; readonly of: Expression }
  | DateExpression
  | NumberExpression;

export type DateExpression = {
  readonly kind: 'date';
  readonly of: Expression;
  /** What is printed, in Luxon's tokens. */
  readonly pattern: string;
  /** How the value is written; undefined: ISO 8601. */
  readonly written?: string;
};

export type NumberExpression = {
  readonly kind: 'number';
  readonly of: Expression;
  /** Exact count of decimals; undefined: as many as the value has. */
  readonly decimals?: number;
};

/** Where a part stands and how it is written, for findings. */
export type Origin = { readonly at: Place; readonly expression: string };

export type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'value'; readonly of: Expression; readonly origin: Origin }
  | {
      readonly kind: 'choice';
      readonly when: Expression;
      readonly body: readonly Part[];
      readonly otherwise: readonly Part[];
      readonly origin: Origin;
    };

/** The expressions that an expression is made of. */
export function operands(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'constant':
    case 'name':
    case 'missing':
      return [];
    case 'default':
      return expression.choices;
    case 'eq':
      return [expression.left, expression.right];
    case 'case':
    case 'date':
    case 'number':
      return [expression.of];
  }
}
