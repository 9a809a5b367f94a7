/**
 * The text of a campaign file becomes a tree of values with places, or findings. In goes YAML 1.2 (core schema, with
 * merge keys) that nobody has looked at; whatever it holds, nothing is thrown. It must not know what a campaign is.
 */
import { Composer, LineCounter, Parser } from 'yaml';
import type { CST, Document, YAMLParseError, YAMLWarning } from 'yaml';
import type { Diagnostic } from '../model/diagnostic.ts';
import { certain } from './certain.ts';
import type { SourcedMap } from './sourced.ts';
import { correctLine } from './traps.ts';
import { depthLimit, readTree } from './read-tree.ts';

export type Parsed = { readonly root?: SourcedMap; readonly diagnostics: readonly Diagnostic[] };

/** Parses a file's text. Where a line falls into a known trap it is read as it was meant, so that all else is still checked. */
export function parse(file: string, text: string): Parsed {
  const first = parseDocument(file, text);
  if (first.trapped.length === 0) return { ...first.parsed };
  const lines = text.split('\n');
  for (const { line, corrected } of first.trapped) lines[line - 1] = corrected;
  const second = parseDocument(file, lines.join('\n')).parsed;
  const trappedLines = new Set(first.trapped.map(({ line }) => line));
  const others = second.diagnostics.filter(({ at }) => at === undefined || !trappedLines.has(at.line));
  return { ...second, diagnostics: [...first.trapped.map(({ diagnostic }) => diagnostic), ...others] };
}

type Trapped = { readonly line: number; readonly corrected: string; readonly diagnostic: Diagnostic };

function parseDocument(file: string, text: string): { parsed: Parsed; trapped: readonly Trapped[] } {
  const lines = new LineCounter();
  const tokens = [...new Parser(lines.addNewLine).parse(text)];
  const deep = tooDeep(tokens);
  if (deep !== undefined) {
    const { line, col } = lines.linePos(deep);
    return failed({ code: 'YAML_TOO_DEEP', args: { limit: depthLimit }, at: { file, line, col } });
  }
  const documents = [
    ...new Composer({ merge: false, prettyErrors: false, uniqueKeys: false }).compose(tokens, true, text.length),
  ];
  const [document, ...more] = documents.filter((one) => one.errors.length > 0 || !isEmpty(one));
  if (document === undefined || isEmpty(document)) {
    return failed({ code: 'FILE_EMPTY', args: { path: file }, at: { file, line: 1, col: 1 } });
  }
  const [second] = more;
  if (second !== undefined) {
    const { line, col } = lines.linePos(second.range[0]);
    return failed({ code: 'YAML_DOCUMENTS', args: {}, at: { file, line, col } });
  }
  return readDocument({ file, text, lines }, document);
}

type Source = { readonly file: string; readonly text: string; readonly lines: LineCounter };

function readDocument(source: Source, document: Document.Parsed): { parsed: Parsed; trapped: readonly Trapped[] } {
  const { version, explicit } = document.directives.yaml;
  if (explicit === true && version !== '1.2') {
    const at = { file: source.file, line: 1, col: 1 };
    return failed({ code: 'YAML_VERSION', args: { version }, at });
  }
  const { syntax, trapped } = problemsByLine(source, [...document.errors, ...document.warnings]);
  if (syntax.length > 0 || trapped.length > 0) return { parsed: { diagnostics: syntax }, trapped };
  return { parsed: readTree(source, document), trapped };
}

/**
 * One finding a line: what follows on the same line is mostly an echo of the first. Behind a tab that indents nothing can
 * be told any more.
 */
function problemsByLine(
  { file, text, lines }: Source,
  problems: readonly (YAMLParseError | YAMLWarning)[],
): { syntax: readonly Diagnostic[]; trapped: readonly Trapped[] } {
  const written = text.split('\n');
  const syntax = new Map<number, Diagnostic>();
  const trapped = new Map<number, Trapped>();
  const tabs = new Set(problems.filter(isTab).map(({ pos }) => lines.linePos(pos[0]).line));
  const end = Math.min(...tabs);
  for (const problem of problems.toSorted((a, b) => Number(isTab(b)) - Number(isTab(a)) || a.pos[0] - b.pos[0])) {
    const { line, col } = lines.linePos(problem.pos[0]);
    if (line > end || syntax.has(line) || trapped.has(line)) continue;
    const whole = certain(written[line - 1], `line ${String(line)}`);
    const correction = isTab(problem) ? undefined : correctLine(whole);
    const at = { file, line, col };
    if (isTab(problem)) syntax.set(line, { code: 'YAML_TAB', args: { lines: tabs.size }, at });
    else if (correction === undefined) syntax.set(line, syntaxDiagnostic(problem, at));
    else {
      const diagnostic = { code: correction.code, args: { line: correction.line.trim() }, at: wholeLine(at, whole) };
      trapped.set(line, { line, corrected: correction.line, diagnostic });
    }
  }
  const sorted = [...syntax].toSorted(([a], [b]) => a - b).map(([, diagnostic]) => diagnostic);
  return { syntax: sorted, trapped: [...trapped.values()] };
}

function isTab({ code }: YAMLParseError | YAMLWarning): boolean {
  return code === 'TAB_AS_INDENT';
}

function syntaxDiagnostic(problem: YAMLParseError | YAMLWarning, at: NonNullable<Diagnostic['at']>): Diagnostic {
  const tag = /^Unresolved tag: (.*)$/.exec(problem.message)?.[1];
  if (tag !== undefined) return { code: 'YAML_TAG', args: { tag }, at };
  return { code: 'YAML_SYNTAX', args: { problem: problem.code, detail: problem.message }, at };
}

function wholeLine(at: NonNullable<Diagnostic['at']>, line: string): NonNullable<Diagnostic['at']> {
  const text = line.trim();
  const col = line.indexOf(text) + 1;
  return { file: at.file, line: at.line, col, endLine: at.line, endCol: col + text.length };
}

function isEmpty(document: Document.Parsed): boolean {
  const contents: unknown = document.contents;
  return contents === null || document.contents?.range?.[0] === document.contents?.range?.[1];
}

function failed(diagnostic: Diagnostic): { parsed: Parsed; trapped: readonly Trapped[] } {
  return { parsed: { diagnostics: [diagnostic] }, trapped: [] };
}

/** The offset of a token that nests deeper than the limit. The composer is recursive, so this is asked before it runs. */
function tooDeep(tokens: readonly CST.Token[]): number | undefined {
  const open: { readonly token: CST.Token; readonly depth: number }[] = tokens.map((token) => ({ token, depth: 0 }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.depth > depthLimit) return next.token.offset;
    for (const token of childTokens(next.token)) open.push({ token, depth: next.depth + 1 });
  }
  return undefined;
}

function childTokens(token: CST.Token): readonly CST.Token[] {
  if (token.type === 'document') return token.value === undefined ? [] : [token.value];
  if (!('items' in token)) return [];
  return token.items.flatMap(({ key, value }) => [key, value].filter((one) => one !== undefined && one !== null));
}
