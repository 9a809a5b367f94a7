import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Place } from '../../model/place.ts';
import { quote } from './origin.ts';

/** What the parser stumbled over, by its token names, in words. */
const stumbles: Readonly<Record<string, string>> = {
  EOF: 'a block is not closed: {{#if …}} needs {{/if}}',
  OPEN_ENDBLOCK: 'it closes a block that is not open',
  INVERSE: '{{else}} stands outside a block',
  OPEN_INVERSE_CHAIN: '{{else …}} stands outside a block',
  CLOSE: 'something is missing before }}',
  CLOSE_UNESCAPED: 'two braces open and three close',
  CLOSE_SEXPR: 'a ) closes nothing, or nothing stands before it',
  OPEN: '{{ stands inside an expression that is not closed',
  INVALID:
    'the expression is not closed, or holds a character that a name cannot have; a header with spaces is written {{[First Name]}}',
};

/** What Handlebars throws, as a finding. Its messages name tokens of its grammar, which mean nothing to a reader. */
export function syntaxFinding(error: unknown, source: string, where: { at: Place; exact: boolean }): Diagnostic {
  if (!(error instanceof Error)) throw error;
  const line = lineOf(error);
  const near = quote(source.split(/\r\n?|\n/)[line - 1] ?? source);
  const at = where.exact ? { file: where.at.file, line: where.at.line + line - 1, col: 1 } : where.at;
  return { code: 'TEMPLATE_SYNTAX', args: { problem: problemOf(error), near }, at };
}

/** Its parser says "Parse error on line 3:", its checks carry `lineNumber`. */
function lineOf(error: Error): number {
  if ('lineNumber' in error && typeof error.lineNumber === 'number') return error.lineNumber;
  return Number(/^(?:Parse|Lexical) error on line (\d+)/.exec(error.message)?.[1] ?? 1);
}

function problemOf(error: Error): string {
  const mismatch = /^(\S+) doesn't match (\S+) - /.exec(error.message);
  if (mismatch) return `{{#${mismatch[1] ?? ''}}} is closed by {{/${mismatch[2] ?? ''}}}`;
  const token = /got '(\w+)'$/.exec(error.message)?.[1] ?? '';
  return stumbles[token] ?? 'it is not a Handlebars template';
}
