import type { RecipientsSummary } from '../../recipients/summary.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';

/** Findings that end a run before anybody is called. */
export class Findings extends Error {
  readonly diagnostics: readonly Diagnostic[];
  readonly summary: RecipientsSummary | undefined;
  constructor(diagnostics: readonly Diagnostic[], summary?: RecipientsSummary) {
    super('findings');
    this.name = 'Findings';
    this.diagnostics = diagnostics;
    this.summary = summary;
  }
}
