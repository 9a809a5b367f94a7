import type { Place } from '../../model/place.ts';
import type { Origin } from './expression.ts';

/** The most of an expression that a finding quotes. */
const quoteLength = 80;

/** A stretch of a template, as Handlebars tells it: lines from 1, columns from 0. */
export type Span = {
  readonly start: { readonly line: number; readonly column: number };
  readonly end: { readonly line: number; readonly column: number };
};

/** Finds where stretches of one template stand and how they are written. */
export type Locate = (span: Span) => Origin;

/**
 * `exact` says that the source stands in its file as it is, beginning at `at`: a template file. In a YAML scalar
 * folding and quotes move characters about, so every finding points at the scalar and quotes the expression.
 */
export function locator(source: string, at: Place, exact: boolean): Locate {
  const starts = lineStarts(source);
  const offset = ({ line, column }: Span['start']): number => (starts[line - 1] ?? source.length) + column;
  return (span) => ({
    at: exact ? shifted(at, span) : at,
    expression: quote(source.slice(offset(span.start), offset(span.end))),
  });
}

/** One line of at most 80 characters. */
export function quote(text: string): string {
  const line = text.trim().replaceAll(/\s+/g, ' ');
  return line.length > quoteLength ? `${line.slice(0, quoteLength - 1)}…` : line;
}

function lineStarts(source: string): readonly number[] {
  const starts = [0];
  // Handlebars' lexer ends a line at each of these.
  for (const match of source.matchAll(/\r\n?|\n/g)) starts.push(match.index + match[0].length);
  return starts;
}

function shifted(at: Place, { start, end }: Span): Place {
  const from = position(at, start);
  const to = position(at, end);
  return { file: at.file, line: from.line, col: from.col, endLine: to.line, endCol: to.col };
}

function position(at: Place, { line, column }: Span['start']): { line: number; col: number } {
  return { line: at.line + line - 1, col: line === 1 ? at.col + column : column + 1 };
}
