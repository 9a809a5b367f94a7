import { sortDiagnostics } from '../campaign/sort-diagnostics.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { say } from '../report/words.ts';
import type { Ending } from './exit.ts';

/** What findings mean for the exit code: a guard is 5, every other error 3, the rest nothing. */
export function endingsOf(diagnostics: readonly Diagnostic[]): readonly Ending[] {
  return diagnostics
    .filter((diagnostic) => say(diagnostic).severity === 'error')
    .map(({ code }) => (code === 'GUARD_RECIPIENTS' ? 'refused' : 'invalid'));
}

/** Whether one of the findings stops what the command would do. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return endingsOf(diagnostics).length > 0;
}

/** Findings of several steps as one list, sorted by place. */
export function together(...lists: readonly (readonly Diagnostic[])[]): readonly Diagnostic[] {
  return sortDiagnostics(lists.flat());
}
