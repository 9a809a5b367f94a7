import type { Place } from './place.ts';
import type { RowReason } from './recipient.ts';
import type { Scalar, Value } from './value.ts';

/** What a template may look at while it renders one recipient. */
export type RenderInput = {
  /** Columns, constants and, where allowed, recipient variables: name to value. No prototype is looked at. */
  readonly values: Readonly<Record<string, Scalar>>;
  /** IANA zone of the recipient for formatDate; without it a value with an offset of its own cannot be told. */
  readonly zone?: string;
};

export type Rendered<T = Scalar> =
  | { readonly kind: 'rendered'; readonly value: T }
  | { readonly kind: 'failed'; readonly reason: RowReason };

/** A field that is rendered per recipient, compiled once. A value is never evaluated as a template. */
export interface Template {
  readonly source: string;
  readonly at: Place;
  /** Every name it mentions, each once. */
  readonly uses: readonly string[];
  /** The names whose value must be there and not empty (those outside `default` and `#if`). */
  readonly needs: readonly string[];
  /** A template that is one expression keeps a number or boolean; any other gives a string. */
  readonly render: (input: RenderInput) => Rendered;
}

/** `call` and everything else that is rendered: templates at the leaves of plain data. */
export type TemplateTree =
  | { readonly kind: 'literal'; readonly value: Value }
  | { readonly kind: 'template'; readonly template: Template }
  | { readonly kind: 'list'; readonly items: readonly TemplateTree[] }
  | { readonly kind: 'map'; readonly entries: Readonly<Record<string, TemplateTree>> };
