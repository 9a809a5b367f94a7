/** A `${...}` of a text. */
export type Reference =
  | { readonly kind: 'env'; readonly name: string; readonly fallback?: string }
  | { readonly kind: 'file'; readonly path: string };

export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'reference'; readonly reference: Reference }
  /** A `${` that is neither. */
  | { readonly kind: 'unreadable'; readonly text: string };

/** `$${`, `${...}`, or a `${` that does not close; `${{` is a dollar sign before a template. */
const marks = /\$\$\{(?!\{)|\$\{(?!\{)([^{}]*)\}|\$\{(?!\{)/g;

/** Splits a text at its substitutions; `$${` becomes the text `${`. */
export function readReferences(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(marks)) {
    if (match.index > end) pieces.push({ kind: 'text', text: text.slice(end, match.index) });
    pieces.push(readMark(match[0], match[1]));
    end = match.index + match[0].length;
  }
  return end < text.length ? [...pieces, { kind: 'text', text: text.slice(end) }] : pieces;
}

/** Text in which nothing is substituted: the inverse of substituting. */
export function escapeReferences(text: string): string {
  return text.replaceAll(/\$\{(?!\{)/g, '$$$${');
}

function readMark(mark: string, inner: string | undefined): Piece {
  if (mark === '$${') return { kind: 'text', text: '${' };
  const [, name, fallback] = /^env\.([A-Za-z_]\w*)(?::-(.*))?$/s.exec(inner ?? '') ?? [];
  if (name !== undefined) {
    return { kind: 'reference', reference: { kind: 'env', name, ...(fallback !== undefined && { fallback }) } };
  }
  const path = /^file\.(.+)$/s.exec(inner ?? '')?.[1]?.trim();
  if (path !== undefined && path !== '') return { kind: 'reference', reference: { kind: 'file', path } };
  return { kind: 'unreadable', text: mark };
}
