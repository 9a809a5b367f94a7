import { at } from '../sourced.ts';
import type { Rule } from './rule.ts';

/** A wave without quotes is a number or, to many other tools, a date; what it is called must not depend on the reader. */
export const wave: Rule = ({ root }) => {
  const node = at(root, ['wave']);
  if (node?.kind !== 'scalar' || node.style !== 'plain' || node.value === null) return [];
  const readsAsDate = /^\d{4}-\d{1,2}-\d{1,2}/.test(node.written);
  if (typeof node.value === 'string' && !readsAsDate) return [];
  return [{ code: 'TRAP_WAVE', args: { written: node.written, line: `wave: "${node.written}"` }, at: node.place }];
};
