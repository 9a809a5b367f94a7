import type { Diagnostic } from '../model/diagnostic.ts';
import { renderDiagnostics } from '../report/render-diagnostics.ts';
import { finding } from '../report/finding.ts';
import { version } from '../version.ts';
import { endingsOf } from './findings.ts';
import type { Report } from './report.ts';

/**
 * The report of a command that findings keep from its work: of kind `findings`, or as the command's own output with
 * nothing in it. `next` comes before the explanation of the first error.
 */
export function findingsReport(
  diagnostics: readonly Diagnostic[],
  texts: ReadonlyMap<string, string>,
  options: { readonly kind?: string; readonly empty?: object; readonly next?: readonly string[] } = {},
): Report {
  const findings = diagnostics.map(finding);
  const [first] = findings.filter(({ severity }) => severity === 'error');
  const { kind = 'findings', empty = {}, next = [] } = options;
  return {
    endings: endingsOf(diagnostics),
    kind,
    data: { tool_version: version, ...empty, diagnostics: findings },
    text: (view) => renderDiagnostics(diagnostics, texts, view),
    next: [...next, ...(first === undefined ? [] : [`callplan explain ${first.code}`])],
  };
}
