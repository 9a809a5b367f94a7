/** Values of campaign files and of requests. Handlebars ends here: what is left of a template is text and names. */

/** Text with names in it, in order; a provider prints the names in its own placeholder syntax. */
export type Text = readonly (string | { readonly variable: string })[];

/** Any value that may stand in a resource, a call or a request body. */
export type Value =
  | null
  | boolean
  | number
  | string
  /** Text to be printed in the provider's placeholder syntax. */
  | { readonly $text: Text }
  /** A secret by what it was written as (`${env.NAME}`); only remote/send learns its value. */
  | { readonly $secret: string }
  | readonly Value[]
  | Fields;

/** Named values, such as a resource's fields. */
export type Fields = { readonly [name: string]: Value };

/** What a rendered template may be. */
export type Scalar = string | number | boolean;

/** Named scalars: variables of one recipient. */
export type Scalars = Readonly<Record<string, Scalar>>;

/** True for text with names in it; a string is none. */
export function isText(value: Value): value is { readonly $text: Text } {
  return typeof value === 'object' && value !== null && '$text' in value;
}

/** True for a secret, of which only its name is here. */
export function isSecret(value: Value): value is { readonly $secret: string } {
  return typeof value === 'object' && value !== null && '$secret' in value;
}

/** True for a list of values. */
export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

/** True for a plain map of values: not a list, not text, not a secret. */
export function isFields(value: Value): value is Fields {
  return typeof value === 'object' && value !== null && !isList(value) && !isText(value) && !isSecret(value);
}

/** The names that a text holds, each once, in order. */
export function namesOf(text: Text): readonly string[] {
  const names = text.flatMap((part) => (typeof part === 'string' ? [] : [part.variable]));
  return [...new Set(names)];
}
