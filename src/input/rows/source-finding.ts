import type { Source } from '../../model/campaign.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { FileProblem } from '../../ports.ts';
import type { SourceItem, SourceProblem } from './source.ts';

type FileSource = Pick<Source & { readonly kind: 'csv' }, 'file' | 'at'>;

/** A problem of a source as its last item. */
export function broken(source: FileSource, problem: SourceProblem): SourceItem {
  return { kind: 'broken', diagnostics: [sourceFinding(source, problem)] };
}

/** A file that cannot be read, as a finding. Anything else that was thrown is a bug and thrown on. */
export function fileFinding(error: unknown, { file: path, at }: FileSource): Diagnostic {
  if (!(error instanceof FileProblem)) throw error;
  if (error.kind === 'missing') return { code: 'SOURCE_MISSING', args: { path }, at };
  const problem = error.kind === 'not_a_file' ? 'it is not a file' : 'it may not be read';
  return { code: 'SOURCE_UNREADABLE', args: { path, problem }, at };
}

function sourceFinding({ file: path, at }: FileSource, problem: SourceProblem): Diagnostic {
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
    case 'too_long':
      return { code: 'SOURCE_LINE_TOO_LONG', args: { path, line: problem.line, limit: problem.limit }, at };
  }
}
