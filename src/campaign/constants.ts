import type { Diagnostic } from '../model/diagnostic.ts';
import type { Scalar } from '../model/value.ts';
import type { SourcedMap } from './sourced.ts';
import { entriesAt } from './sourced.ts';

/** The campaign's constants. A number that would be spoken otherwise than it is written (`1.50`) is a finding. */
export function constantsOf(root: SourcedMap): {
  readonly values: Readonly<Record<string, Scalar>>;
  readonly diagnostics: readonly Diagnostic[];
} {
  const values: [string, Scalar][] = [];
  const diagnostics: Diagnostic[] = [];
  for (const [name, { value: node }] of entriesAt(root, ['variables'])) {
    if (node.kind !== 'scalar' || node.value === null) continue;
    values.push([name, node.value]);
    if (typeof node.value !== 'number' || String(node.value) === node.written) continue;
    const args = { written: node.written, read: String(node.value), line: `${name}: "${node.written}"` };
    diagnostics.push({ code: 'TRAP_NUMBER', args, at: node.place });
  }
  return { values: Object.fromEntries(values), diagnostics };
}
