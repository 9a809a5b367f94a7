import type { Diagnostic } from '../model/diagnostic.ts';

/** Findings in the order of files, lines and columns, equal ones once. What has no place comes first. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const each = new Map(diagnostics.map((one) => [JSON.stringify([one.code, one.args, one.at]), one]));
  return [...each.values()].toSorted(byPlace);
}

function byPlace(a: Diagnostic, b: Diagnostic): number {
  const [here, there] = [a.at, b.at];
  if (here === undefined || there === undefined) return Number(here !== undefined) - Number(there !== undefined);
  if (here.file !== there.file) return here.file < there.file ? -1 : 1;
  return here.line - there.line || here.col - there.col || (a.code < b.code ? -1 : Number(a.code > b.code));
}
