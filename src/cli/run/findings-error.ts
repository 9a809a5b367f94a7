import type { Diagnostic } from '../../model/diagnostic.ts';

/** Findings that end a run before anybody is called. */
export class Findings extends Error {
  readonly diagnostics: readonly Diagnostic[];
  constructor(diagnostics: readonly Diagnostic[]) {
    super('findings');
    this.name = 'Findings';
    this.diagnostics = diagnostics;
  }
}
