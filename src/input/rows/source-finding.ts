import type { Diagnostic } from '../../model/diagnostic.ts';
import { nearest } from '../../model/nearest.ts';
import type { Place } from '../../model/place.ts';
import { FileProblem } from '../../ports.ts';
import type { SourceItem, SourceProblem } from './source.ts';

/** What findings say of a source: its name as shown, and where it is written. */
export type Named = { readonly file: string; readonly at: Place };

/** A problem of a source as its last item. */
export function broken(source: Named, problem: SourceProblem): SourceItem {
  return { kind: 'broken', diagnostics: [sourceFinding(source, problem)] };
}

/** A file that cannot be read, as a finding. Anything else that was thrown is a bug and thrown on. */
export function fileFinding(error: unknown, { file: path, at }: Named): Diagnostic {
  if (!(error instanceof FileProblem)) throw error;
  if (error.kind === 'missing') return { code: 'SOURCE_MISSING', args: { path }, at };
  const problem = error.kind === 'not_a_file' ? 'it is not a file' : 'it may not be read';
  return { code: 'SOURCE_UNREADABLE', args: { path, problem }, at };
}

function sourceFinding({ file: path, at }: Named, problem: SourceProblem): Diagnostic {
  switch (problem.kind) {
    case 'empty':
      return { code: 'SOURCE_EMPTY', args: { path, lacks: problem.lacks }, at };
    case 'foreign':
      return { code: 'SOURCE_NOT_CSV', args: { path, found: problem.found }, at };
    case 'encoding':
      return { code: 'SOURCE_ENCODING', args: { path, encoding: problem.encoding, line: problem.line }, at };
    case 'encoding_unknown':
      return { code: 'SOURCE_ENCODING_UNKNOWN', args: { path, encoding: problem.encoding }, at };
    case 'delimiter':
      return { code: 'SOURCE_DELIMITER', args: { path, candidates: problem.candidates }, at };
    case 'quotes':
      return { code: 'SOURCE_QUOTES', args: { path, line: problem.line }, at };
    case 'json':
      return { code: 'SOURCE_JSON', args: { path, where: problem.where, problem: problem.problem }, at };
    case 'items':
      return { code: 'SOURCE_ITEMS', args: { path, items: problem.items, found: problem.found }, at };
    case 'too_large':
      return { code: 'SOURCE_TOO_LARGE', args: { path, size: problem.size, limit: problem.limit }, at };
    case 'workbook':
      return { code: 'SOURCE_WORKBOOK', args: { path, problem: problem.problem }, at };
    case 'sheet':
      return sheetFinding(path, problem, at);
    case 'query':
      return { code: 'SOURCE_QUERY', args: { path, problem: problem.problem }, at };
    case 'database':
      return { code: 'SOURCE_DATABASE', args: { path, problem: problem.problem }, at };
    case 'too_long':
      return { code: 'SOURCE_LINE_TOO_LONG', args: { path, line: problem.line, limit: problem.limit }, at };
  }
}

function sheetFinding(
  path: string,
  { sheet, sheets }: SourceProblem & { readonly kind: 'sheet' },
  at: Place,
): Diagnostic {
  if (sheet === undefined) return { code: 'SOURCE_SHEET', args: { path, sheets }, at };
  const meant = nearest(sheet, sheets);
  return { code: 'SOURCE_SHEET', args: { path, sheet, sheets, ...(meant !== undefined && { meant }) }, at };
}
