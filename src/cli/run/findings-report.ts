import { renderDiagnostics } from '../../report/diagnostics.ts';
import { finding } from '../../report/finding.ts';
import { endingsOf } from '../findings.ts';
import type { Report } from '../report.ts';
import type { Findings } from './findings-error.ts';

/** Findings of files or rows that kept a command from its work. */
export function findingsReport(
  { diagnostics }: Pick<Findings, 'diagnostics'>,
  texts: ReadonlyMap<string, string>,
): Report {
  return {
    endings: endingsOf(diagnostics),
    kind: 'findings',
    data: { diagnostics: diagnostics.map(finding) },
    text: (view) => renderDiagnostics(diagnostics, texts, view),
    next: ['callplan validate shows all findings and the first invalid rows'],
  };
}
