import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Place } from '../../model/place.ts';
import { locator, quote } from './origin.ts';
import type { Span } from './origin.ts';
import { writtenExpressions } from './written-expressions.ts';
import type { WrittenExpression } from './written-expressions.ts';

/** What the parser stumbled over, by its token names, in words. */
const stumbles: Readonly<Record<string, string>> = {
  EOF: 'a block is not closed: {{#if …}} needs {{/if}}',
  OPEN_ENDBLOCK: 'it closes a block that is not open',
  INVERSE: '{{else}} stands outside a block',
  OPEN_INVERSE_CHAIN: '{{else …}} stands outside a block',
  CLOSE: 'something is missing before }}',
  CLOSE_UNESCAPED: 'two braces open and three close',
  CLOSE_SEXPR: 'a ) closes nothing, or nothing stands before it',
  INVALID: 'it holds a character that a name cannot have; a header with spaces is written {{[First Name]}}',
};

/** What Handlebars throws, as a finding. Its messages name tokens of its grammar, which mean nothing to a reader. */
export function syntaxFinding(error: unknown, source: string, where: { at: Place; exact: boolean }): Diagnostic {
  if (!(error instanceof Error)) throw error;
  const written = writtenExpressions(source);
  const open = written.find(({ isClosed }) => !isClosed);
  const problem = open === undefined ? problemOf(error) : '}} is missing behind it';
  const guilty = open ?? stumbledOver(error, source, written);
  if (guilty === undefined) {
    return { code: 'TEMPLATE_SYNTAX', args: { problem, near: quote(source) }, at: where.at };
  }
  const { at, expression } = locator(source, where.at, where.exact)(spanOf(source, guilty));
  return { code: 'TEMPLATE_SYNTAX', args: { problem, near: expression }, at };
}

/** The expression that the parser could not take; of a block that is not closed, its opening. */
function stumbledOver(
  error: Error,
  source: string,
  written: readonly WrittenExpression[],
): WrittenExpression | undefined {
  if (tokenOf(error) === 'EOF') return openBlock(source, written);
  const line = lineOf(error);
  // Of a block that another closes it knows the place of the name behind {{#.
  if ('column' in error) {
    return written.findLast((one) => {
      const { start } = spanOf(source, one);
      return start.line < line || (start.line === line && start.column < Number(error.column));
    });
  }
  const later = written.filter(({ end }) => spanOf(source, { start: end, end }).start.line >= line);
  const before = readBefore(error);
  return (
    later.findLast(({ start, end }) => before !== undefined && stoppedIn(source, { start, end, before })) ?? later[0]
  );
}

function openBlock(source: string, written: readonly WrittenExpression[]): WrittenExpression | undefined {
  const open: WrittenExpression[] = [];
  for (const one of written) {
    const text = source.slice(one.start, one.end);
    if (/^\{\{~?(?:#|\^\s*[^\s~}])/.test(text)) open.push(one);
    else if (/^\{\{~?\//.test(text)) open.pop();
  }
  return open.at(-1);
}

/** The text before the token that was not expected, as the message shows it: its end, without line ends. */
function readBefore({ message }: Error): string | undefined {
  const [, excerpt = '', marks = ''] = message.split('\n');
  return /^-*\^$/.test(marks) ? excerpt.slice(0, marks.length - 1).replace(/^\.\.\./, '') : undefined;
}

function stoppedIn(source: string, { start, end, before }: { start: number; end: number; before: string }): boolean {
  for (let offset = start; offset < end; offset += 1) {
    const seen = source.slice(Math.max(0, offset - 3 * before.length), offset).replaceAll('\n', '');
    if (seen.endsWith(before)) return true;
  }
  return false;
}

function spanOf(source: string, { start, end }: { readonly start: number; readonly end: number }): Span {
  const spot = (offset: number): Span['start'] => {
    const lines = source.slice(0, offset).split(/\r\n?|\n/);
    return { line: lines.length, column: lines.at(-1)?.length ?? 0 };
  };
  return { start: spot(start), end: spot(end) };
}

/** Its parser says "Parse error on line 3:", its checks carry `lineNumber`. */
function lineOf(error: Error): number {
  if ('lineNumber' in error && typeof error.lineNumber === 'number') return error.lineNumber;
  return Number(/^(?:Parse|Lexical) error on line (\d+)/.exec(error.message)?.[1] ?? 1);
}

function problemOf(error: Error): string {
  const mismatch = /^(\S+) doesn't match (\S+) - /.exec(error.message);
  if (mismatch) return `{{#${mismatch[1] ?? ''}}} is closed by {{/${mismatch[2] ?? ''}}}`;
  return stumbles[tokenOf(error)] ?? 'it is not a Handlebars template';
}

function tokenOf({ message }: Error): string {
  return /got '(\w+)'$/.exec(message)?.[1] ?? '';
}
