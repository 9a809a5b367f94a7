import { numberAt } from '../read-quantity.ts';
import { entriesAt, at, keyPlaceAt } from '../sourced.ts';
import type { Rule } from './rule.ts';

/** Retries need room, and room for attempts needs retries. */
export const attempts: Rule = ({ root }) => {
  const isMaxSaid = at(root, ['execution', 'attempts', 'max']) !== undefined;
  const max = numberAt(root, ['execution', 'attempts', 'max']);
  const retries = entriesAt(root, ['execution', 'attempts', 'retry']).size > 0;
  const here = keyPlaceAt(root, ['execution', 'attempts', retries ? 'retry' : 'max']);
  if (here === undefined) return [];
  if (retries && (!isMaxSaid || max === 1)) {
    return [{ code: 'RETRY_WITHOUT_MAX', args: max === undefined ? {} : { max }, at: here }];
  }
  if (!retries && max !== undefined && max > 1) {
    return [{ code: 'MAX_WITHOUT_RETRY', args: { max }, at: here }];
  }
  return [];
};
