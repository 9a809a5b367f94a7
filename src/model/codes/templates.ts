/** What a template cannot hold, though Handlebars knows it. */
export type TemplateConstruct =
  | 'partial'
  | 'decorator'
  | 'raw_block'
  | 'block_parameters'
  | 'data_variable'
  | 'parent_path'
  | 'this'
  | 'dotted_path'
  | 'literal';

/** Why an expression cannot be lowered to the provider's placeholders. */
export type LoweringObstacle = 'helper' | 'default' | 'condition' | 'zone';

/** Findings about templates. `expression` is the offending piece of the template, as written and shortened. */
export type TemplateCodes = {
  /** Handlebars cannot read it; `near` is what stands around the place. */
  TEMPLATE_SYNTAX: { readonly problem: string; readonly near: string };
  /** Something that Handlebars has and a campaign does not. */
  TEMPLATE_CONSTRUCT: { readonly construct: TemplateConstruct; readonly expression: string };
  /** `known` are the helpers there are, `meant` the likely one. */
  TEMPLATE_HELPER_UNKNOWN: {
    readonly helper: string;
    readonly expression: string;
    readonly known: readonly string[];
    readonly meant?: string;
  };
  /** A block other than #if and #unless. */
  TEMPLATE_BLOCK_UNKNOWN: { readonly block: string; readonly expression: string };
  TEMPLATE_HELPER_ARGUMENTS: {
    readonly helper: string;
    readonly expression: string;
    readonly problem: string;
    readonly usage: string;
  };
  /** A pattern of formatDate that would not print or read what it seems to say. */
  TEMPLATE_DATE_PATTERN: { readonly pattern: string; readonly problem: string };
  /** A name that every object of the language has: `constructor`, `__proto__`. */
  TEMPLATE_NAME_RESERVED: { readonly name: string };
  /** In UTF-16 units. */
  TEMPLATE_TOO_LONG: { readonly length: number; readonly limit: number };
  TEMPLATE_TOO_DEEP: { readonly limit: number };
  /** A constant that a template needs is empty: every row would be rejected. */
  TEMPLATE_CONSTANT_EMPTY: { readonly name: string; readonly expression: string };
  /** A helper cannot read its constant: every row would be rejected. */
  TEMPLATE_CONSTANT_VALUE: { readonly expression: string; readonly expected: string };
  /** The expression differs from row to row and is not a plain name. */
  TEMPLATE_NOT_LOWERABLE: { readonly expression: string; readonly obstacle: LoweringObstacle };
};
