import type { Diagnostic, Severity } from '../model/diagnostic.ts';
import type { Place } from '../model/place.ts';
import { cleanLine } from './clean.ts';
import { frame } from './frame.ts';
import { hang } from './hang.ts';
import { countOf } from './quantity.ts';
import type { Style } from './style.ts';
import { styleOf } from './style.ts';
import { say } from './words.ts';

export type DiagnosticsView = { readonly color: boolean; readonly columns: number };

/**
 * Findings as text: for each its place, what is wrong, the lines around it with a mark, and what to do. `texts` are the
 * files that they point into, by the paths of their places. Empty where there is none.
 */
export function renderDiagnostics(
  diagnostics: readonly Diagnostic[],
  texts: ReadonlyMap<string, string>,
  { color, columns }: DiagnosticsView,
): string {
  const view = { columns, style: styleOf({ color }) };
  const lines = new Map([...texts].map(([file, text]) => [file, shownLines(file, text, diagnostics)]));
  const blocks = diagnostics.map((diagnostic) => renderOne(diagnostic, lines, view).join('\n'));
  return blocks.length === 0 ? '' : `${[...blocks, summary(diagnostics)].join('\n\n')}\n`;
}

/** A file's lines, with asterisks for secrets that stand in it: what is printed may go to the log of a build. */
function shownLines(file: string, text: string, diagnostics: readonly Diagnostic[]): readonly string[] {
  const lines = text.split(/\r?\n/);
  for (const { code, at } of diagnostics) {
    if (code !== 'SECRET_WRITTEN' || at?.file !== file) continue;
    const { line, col, endLine = line, endCol } = at;
    for (let number = line; number <= endLine; number += 1) {
      const written = lines[number - 1] ?? '';
      const from = number === line ? col - 1 : 0;
      const to = number === endLine && endCol !== undefined ? endCol - 1 : written.length;
      lines[number - 1] = `${written.slice(0, from)}${'*'.repeat(Math.max(0, to - from))}${written.slice(to)}`;
    }
  }
  return lines;
}

/** `a.yaml:3:5`, as editors and terminals make it a link. */
function printPlace({ file, line, col }: Place): string {
  return `${file}:${String(line)}:${String(col)}`;
}

type View = { readonly columns: number; readonly style: Style };

function renderOne(
  diagnostic: Diagnostic,
  files: ReadonlyMap<string, readonly string[]>,
  { columns, style }: View,
): readonly string[] {
  const { severity, message, help } = say(diagnostic);
  const paint = paints(style)[severity];
  const { at, related = [] } = diagnostic;
  const head = `${at === undefined ? '' : `${style.bold(cleanLine(printPlace(at)))} `}${paint(severity)} ${diagnostic.code}`;
  const lines = at === undefined ? undefined : files.get(at.file);
  const framed = at === undefined || lines === undefined ? [] : frame(lines, at, { columns, style, mark: paint });
  return [
    head,
    ...hang(cleanLine(message), columns, { first: '  ' }),
    ...framed,
    ...related.flatMap((place) => hang(cleanLine(printPlace(place)), columns, { first: '  see also ' }).map(style.dim)),
    ...hang(cleanLine(help), columns, { first: '  help: ' }).map(style.cyan),
  ];
}

function paints(style: Style): Readonly<Record<Severity, (text: string) => string>> {
  return { error: style.red, warning: style.yellow, note: style.cyan };
}

function summary(diagnostics: readonly Diagnostic[]): string {
  const severities = diagnostics.map((diagnostic) => say(diagnostic).severity);
  const counts = (['error', 'warning', 'note'] as const).flatMap((severity) => {
    const found = severities.filter((one) => one === severity).length;
    return found === 0 ? [] : [countOf(found, severity)];
  });
  const files = new Set(diagnostics.flatMap(({ at }) => (at === undefined ? [] : [at.file])));
  const where = files.size > 1 ? ` in ${countOf(files.size, 'file')}` : '';
  return `${counts.join(', ')}${where}. "callplan explain CODE" says more about each.`;
}
