import type { Cap } from './cap.ts';
import type { Execution } from './execution.ts';

/** All caps on calls to one phone: the campaign's own, then its policy's. */
export function capsOf({ perPerson = [], policy }: Pick<Execution, 'perPerson' | 'policy'>): readonly Cap[] {
  return [...perPerson, ...(policy?.perPerson ?? [])];
}
