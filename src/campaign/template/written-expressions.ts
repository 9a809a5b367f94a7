/** A stretch between braces as it is written, whether it can be read or not; offsets of the template. */
export type WrittenExpression = { readonly start: number; readonly end: number; readonly isClosed: boolean };

/** The expressions of a template that cannot be read, up to one that is not closed: it ends with its line or before the next. */
export function writtenExpressions(source: string): readonly WrittenExpression[] {
  const found: WrittenExpression[] = [];
  for (const { 0: braces, index: start } of source.matchAll(/(?<!\\)\{{2,}(?:!--)?/g)) {
    const inner = start + braces.length;
    if (start < (found.at(-1)?.end ?? 0)) continue;
    const isComment = braces.endsWith('!--');
    const closed = closedBy(isComment ? '--}}' : '}}', { source, start, inner });
    const next = isComment ? -1 : source.indexOf('{{', inner);
    if (closed === undefined || (next >= 0 && next < closed.end)) return [...found, openFrom(source, start, inner)];
    found.push(closed);
  }
  return found;
}

type Opened = { readonly source: string; readonly start: number; readonly inner: number };

function closedBy(mark: string, { source, start, inner }: Opened): WrittenExpression | undefined {
  const close = source.indexOf(mark, inner);
  if (close < 0) return undefined;
  const more = /^\}*/.exec(source.slice(close + mark.length))?.[0].length ?? 0;
  return { start, end: close + mark.length + more, isClosed: true };
}

function openFrom(source: string, start: number, inner: number): WrittenExpression {
  const rest = /^(?:(?!\{\{)[^\r\n])*/.exec(source.slice(inner))?.[0] ?? '';
  return { start, end: inner + rest.trimEnd().length, isClosed: false };
}
